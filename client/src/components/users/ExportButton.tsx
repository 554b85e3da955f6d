import { Download } from "lucide-react";
import { messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { toast } from "@/components/common/toast";
import { useDownload } from "@/hooks/useDownload";
import { useUsersPage } from "@/hooks/useUsers";
import { usersText } from "@/messages/users";
import { csvPath, type UserListState, variablesOf } from "./listState";

/** The whole filtered list as a file, however many pages it has. */
export function ExportButton({ state }: { state: UserListState }) {
  const file = useDownload();
  const { data, isPlaceholderData } = useUsersPage(variablesOf(state));
  const count = isPlaceholderData ? undefined : data?.totalCount;

  function save() {
    file.mutate(
      { path: csvPath(state), filename: usersText.exportFile },
      {
        onSuccess: () => toast.success(usersText.exported),
        onError: (error) => toast.error(messageOf(error)),
      },
    );
  }

  return (
    <Button busy={file.isPending} reason={reasonAgainst(state, count)} onClick={save}>
      <Download aria-hidden />
      <span>
        {usersText.exportCsv}
        {/* Where it would make the line break as it comes, it is only told. */}
        {count !== undefined && (
          <span className="max-sm:sr-only">{usersText.exportCount(count)}</span>
        )}
      </span>
    </Button>
  );
}

function reasonAgainst(state: UserListState, count: number | undefined): string | undefined {
  if (state.presence !== null) return usersText.exportPresence;
  return count === 0 ? usersText.exportNone : undefined;
}
