import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { messageOf } from "@/api/errors";
import { AuditFilters } from "@/components/audit/AuditFilters";
import { AuditList } from "@/components/audit/AuditList";
import {
  type AuditView,
  auditParams,
  csvPath,
  FIRST_PAGE,
  filterKey,
  filterOf,
  hasFilter,
  NO_FILTER,
  variablesOf,
} from "@/components/audit/auditView";
import { ChosenActor } from "@/components/audit/ChosenActor";
import { ExportButton } from "@/components/audit/ExportButton";
import { LinkedEvent } from "@/components/audit/LinkedEvent";
import { NewEventsPill } from "@/components/audit/NewEventsPill";
import { PersonField } from "@/components/audit/PersonField";
import { Button } from "@/components/common/Button";
import { PageHeader } from "@/components/common/PageHeader";
import { toast } from "@/components/common/toast";
import { cachedPage, readAgain, useAuditEvent, useAuditPage } from "@/hooks/useAudit";
import { useDownload } from "@/hooks/useDownload";
import { useNewEvents } from "@/hooks/useNewEvents";
import { usePeopleSearch } from "@/hooks/usePeopleSearch";
import { useShortcut } from "@/hooks/useShortcut";
import { useUrlState } from "@/hooks/useUrlState";
import { useUser } from "@/hooks/useUsers";
import { auditText } from "@/messages/audit";
import { commonText } from "@/messages/common";
import { useIsAdmin } from "@/store/auth";
import { useZone } from "@/store/ui";

export default function AuditPage() {
  const admin = useIsAdmin();
  const zone = useZone();
  const [view, patch] = useUrlState(auditParams);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcut("/", () => searchBox.current?.focus(), { label: auditText.search });
  const { page, news, showNewest } = usePage(view, () => patch(FIRST_PAGE));
  const file = useDownload();
  const only = (filter: Partial<AuditView>) => patch({ ...FIRST_PAGE, event: null, ...filter });
  const chosen = view.actor !== null;
  return (
    <>
      <PageHeader
        title={admin ? auditText.title : auditText.ownTitle}
        description={admin ? auditText.description : auditText.ownDescription}
        actions={
          <>
            {hasFilter(view) && (
              <Button variant="ghost" onClick={() => only(NO_FILTER)}>
                <X aria-hidden />
                {commonText.clearFilters}
              </Button>
            )}
            <ExportButton
              busy={file.isPending}
              onExport={() =>
                file.mutate(
                  { path: csvPath(view, Date.now()), filename: auditText.exportFile(!admin) },
                  told,
                )
              }
            />
          </>
        }
      />
      {view.event !== null && (
        <Linked
          id={view.event}
          byActor={admin}
          onOnly={only}
          onClose={() => patch({ event: null })}
        />
      )}
      <AuditFilters
        view={view}
        zone={zone}
        onPatch={patch}
        searchRef={searchBox}
        byOutcome={admin}
        actorField={
          admin &&
          (chosen ? (
            <Actor id={view.actor ?? ""} onClear={() => only({ actor: null })} />
          ) : (
            <People onPick={(actor) => only({ actor })} />
          ))
        }
      />
      <NewEventsPill {...news} onShow={showNewest} />
      <AuditList
        view={view}
        page={page.data}
        loading={page.isPending}
        busy={page.isPlaceholderData}
        refreshing={page.isFetching && !page.isPending}
        error={page.error}
        updatedAt={page.dataUpdatedAt}
        onRetry={() => void page.refetch()}
        onTurn={(to) => patch(to, "turn")}
        onOnly={only}
        onClear={() => only(NO_FILTER)}
        byActor={admin}
      />
    </>
  );
}

const told = {
  onSuccess: () => toast.success(auditText.exported),
  onError: (error: unknown) =>
    toast.error(auditText.exportFailed, { description: messageOf(error) }),
};

/** The page of the address, and what came after its list was first read. */
function usePage(view: AuditView, toFirst: () => void) {
  const client = useQueryClient();
  const filter = filterKey(view);
  const page = useAuditPage({ ...filter, after: view.after, before: view.before }, () =>
    variablesOf(view, Date.now()),
  );
  const first = cachedPage(client, { ...filter, ...FIRST_PAGE });
  // News are past any start, so a relative range need not move with them.
  const ahead = filterOf({ ...view, range: null, from: null }, 0);
  const since = page.isPlaceholderData ? undefined : (first ?? page.data)?.newestCursor;
  const shown = [...(first?.nodes ?? []), ...(page.data?.nodes ?? [])];
  const news = useNewEvents(since, ahead, shown);
  const showNewest = () => {
    toFirst();
    void readAgain(client);
    window.scrollTo({ top: 0 });
  };
  return { page, news, showNewest };
}

interface LinkedProps {
  id: string;
  byActor: boolean;
  onOnly: (filter: Partial<AuditView>) => void;
  onClose: () => void;
}

function Linked({ id, ...rest }: LinkedProps) {
  const { data, error, refetch } = useAuditEvent(id);
  return <LinkedEvent {...rest} entry={data} error={error} onRetry={() => void refetch()} />;
}

function Actor({ id, onClear }: { id: string; onClear: () => void }) {
  const { data } = useUser(id);
  return <ChosenActor name={data?.name ?? id} avatarUrl={data?.avatarUrl} onClear={onClear} />;
}

function People({ onPick }: { onPick: (id: string) => void }) {
  const [text, setText] = useState("");
  const { people, searching } = usePeopleSearch(text);
  return (
    <PersonField
      text={text}
      onText={setText}
      found={people}
      searching={searching}
      onPick={(person) => onPick(person.id)}
    />
  );
}
