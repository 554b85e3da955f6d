import { Button } from "@/components/common/Button";
import { TimeText } from "@/components/common/TimeText";
import { conflictText } from "@/messages/users";
import { Changes } from "./Changes";
import type { Conflict } from "./conflict";

interface ConflictNoticeProps {
  conflict: Conflict;
  busy: boolean;
  onReload(): void;
  onOverwrite(): void;
}

/** Somebody was faster: says who, when and what, and lets the writer decide. */
export function ConflictNotice({ conflict, busy, onReload, onOverwrite }: ConflictNoticeProps) {
  return (
    <div role="alert" className="rounded-card border border-warn bg-warn-soft p-3 text-body">
      <p className="font-semibold">{conflictText.title(conflict.by)}</p>
      {conflict.at && (
        <p className="text-table text-muted">
          <TimeText at={conflict.at} mode="absolute" seconds />
        </p>
      )}
      <Changes changes={conflict.differences} />
      <p className="my-3 text-muted">{conflictText.body}</p>
      <div className="flex gap-2">
        <Button type="button" variant="secondary" size="sm" onClick={onReload}>
          {conflictText.reload}
        </Button>
        <Button type="button" variant="danger" size="sm" busy={busy} onClick={onOverwrite}>
          {conflictText.overwrite}
        </Button>
      </div>
    </div>
  );
}
