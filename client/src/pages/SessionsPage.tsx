import { LogOut } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { EmptyState } from "@/components/common/EmptyState";
import { PageHeader } from "@/components/common/PageHeader";
import { Panel } from "@/components/common/Panel";
import { toast } from "@/components/common/toast";
import { SessionTable } from "@/components/sessions/SessionTable";
import { useArrivals } from "@/hooks/useArrivals";
import { useRevokeOthers, useRevokeSession, useSessions } from "@/hooks/useSessions";
import { sessionsText } from "@/messages/sessions";
import type { Session } from "@/types/session";

type Asking = { kind: "one"; session: Session } | { kind: "others"; count: number };

export default function SessionsPage() {
  const { data, error, isPending, isFetching, dataUpdatedAt, refetch } = useSessions();
  const fresh = useArrivals(data, announce);
  const [asking, setAsking] = useState<Asking | null>(null);
  const others = (data ?? []).filter((session) => !session.current).length;
  return (
    <>
      <PageHeader
        title={sessionsText.title}
        description={sessionsText.description}
        actions={
          <Button
            onClick={() => setAsking({ kind: "others", count: others })}
            {...(data && others === 0 && { reason: sessionsText.othersNone })}
            disabled={!data}
          >
            <LogOut aria-hidden />
            {sessionsText.others}
          </Button>
        }
      />
      <Panel
        title={sessionsText.list}
        loading={isPending}
        refreshing={isFetching && !isPending && error !== null}
        error={error ?? undefined}
        updatedAt={dataUpdatedAt || undefined}
        empty={data?.length === 0 && <EmptyState title={sessionsText.emptyTitle} />}
        onRetry={() => void refetch()}
      >
        {data && (
          <SessionTable
            sessions={data}
            fresh={fresh}
            onRevoke={(session) => setAsking({ kind: "one", session })}
          />
        )}
        {data && others === 0 && (
          <p className="px-3 pt-3 text-table text-muted">{sessionsText.onlyThis}</p>
        )}
      </Panel>
      <RevokeDialog asking={asking} onClose={() => setAsking(null)} />
    </>
  );
}

function announce(session: Session): void {
  if (session.current) return;
  toast.info(sessionsText.appeared, {
    id: session.id,
    description: sessionsText.appearedWhere(session.device, session.ip),
  });
}

/** Closes as soon as it is confirmed: the list shows what will be, a toast what came of it. */
function RevokeDialog({ asking, onClose }: { asking: Asking | null; onClose: () => void }) {
  const revokeSession = useRevokeSession();
  const others = useRevokeOthers();
  const failed = (title: string) => (error: Error) =>
    void toast.error(title, { description: messageOf(error) });
  const revokeOne = (session: Session) =>
    revokeSession.mutate(session, {
      onSuccess: () => void toast.success(sessionsText.revoked(session.device)),
      onError: failed(sessionsText.revokeFailed(session.device)),
    });
  const revokeOthers = () =>
    others.mutate(undefined, {
      onSuccess: (ids) => void toast.success(sessionsText.othersDone(ids.length)),
      onError: failed(sessionsText.othersFailed),
    });
  const one = asking?.kind === "one" ? asking.session : undefined;
  return (
    <ConfirmDialog
      open={asking !== null}
      onOpenChange={(open) => !open && onClose()}
      danger
      title={
        one
          ? sessionsText.confirmTitle(one.device)
          : sessionsText.othersTitle(asking?.kind === "others" ? asking.count : 0)
      }
      body={one ? sessionsText.confirmBody(one.ip) : sessionsText.othersBody}
      confirmLabel={one ? sessionsText.revoke : sessionsText.others}
      onConfirm={() => {
        if (asking?.kind === "one") revokeOne(asking.session);
        if (asking?.kind === "others") revokeOthers();
      }}
    />
  );
}
