import { useState } from "react";
import { Card } from "@/components/common/Card";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { Skeleton } from "@/components/common/Skeleton";
import { toast } from "@/components/common/toast";
import { SessionTable } from "@/components/sessions/SessionTable";
import { useRevokeSessionOf } from "@/hooks/useUserChanges";
import { useUserSessions } from "@/hooks/useUsers";
import { sessionsText } from "@/messages/sessions";
import { profileText } from "@/messages/users";
import type { Session } from "@/types/session";

const NONE_FRESH: ReadonlySet<string> = new Set();

/** Where somebody is signed in; administrators may sign them out. */
export function UserSessions({ id }: { id: string }) {
  const { data: sessions, error, refetch } = useUserSessions(id);
  const [asked, setAsked] = useState<Session | null>(null);
  const revoke = useRevokeSessionOf(id);

  async function signOut({ id: sessionId, device }: Session) {
    await revoke.mutateAsync({ id: sessionId });
    toast.success(sessionsText.revoked(device));
  }

  return (
    <Card className="overflow-hidden p-0">
      {error && (
        <div className="px-4 py-2">
          <ErrorState error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {sessions === undefined && !error && <Skeleton lines={4} className="p-4" />}
      {sessions?.length === 0 && (
        <EmptyState title={profileText.sessionsEmpty} body={profileText.sessionsEmptyBody} />
      )}
      {sessions && sessions.length > 0 && (
        <SessionTable sessions={sessions} fresh={NONE_FRESH} onRevoke={setAsked} />
      )}
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={sessionsText.confirmTitle(asked.device)}
          body={sessionsText.confirmBody(asked.ip)}
          confirmLabel={sessionsText.revoke}
          danger
          onConfirm={() => signOut(asked)}
        />
      )}
    </Card>
  );
}
