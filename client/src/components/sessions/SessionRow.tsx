import { Badge } from "@/components/common/Badge";
import { Button } from "@/components/common/Button";
import { cn } from "@/components/common/cn";
import { NotedTime } from "@/components/common/NotedTime";
import { StatusDot } from "@/components/common/StatusDot";
import { Td } from "@/components/common/Td";
import { TimeText } from "@/components/common/TimeText";
import { Tr } from "@/components/common/Tr";
import { DeviceIcon } from "@/components/sessions/DeviceIcon";
import { sessionsText } from "@/messages/sessions";
import { useConnection } from "@/store/connection";
import type { Session } from "@/types/session";

interface SessionRowProps {
  session: Session;
  /** It came while the page was open. */
  fresh: boolean;
  onRevoke: () => void;
}

export function SessionRow({ session, fresh, onRevoke }: SessionRowProps) {
  const { device, ip, current } = session;
  const liveConnections = useLiveConnections(session);
  const { columns } = sessionsText;
  return (
    <Tr className={cn("transition-colors duration-500", fresh && "bg-accent-soft")}>
      <Td className="max-sm:mb-1 max-sm:justify-start">
        <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-1 text-start">
          <DeviceIcon device={device} />
          <span className="font-medium">{device}</span>
          {current && <Badge tone="accent">{sessionsText.thisDevice}</Badge>}
          {fresh && <Badge tone="warn">{sessionsText.isNew}</Badge>}
        </span>
      </Td>
      <Td label={columns.ip}>
        <span className="font-mono text-caption">{ip}</span>
      </Td>
      <Td label={columns.created} className="whitespace-nowrap">
        <TimeText at={session.createdAt} mode="absolute" />
      </Td>
      <Td label={columns.lastSeen}>
        <NotedTime at={session.lastSeenAt}>
          <LastActive at={session.lastSeenAt} live={liveConnections > 0} />
        </NotedTime>
      </Td>
      <Td label={columns.live} className="whitespace-nowrap">
        <StatusDot
          tone={liveConnections > 0 ? "ok" : "neutral"}
          label={sessionsText.live(liveConnections)}
        />
      </Td>
      <Td className="text-end max-sm:mt-1 max-sm:justify-end">
        {!current && (
          <Button size="sm" onClick={onRevoke} aria-label={sessionsText.revokeOf(device, ip)}>
            {sessionsText.revoke}
          </Button>
        )}
      </Td>
    </Tr>
  );
}

/** The list may have been asked for before this page was connected. */
function useLiveConnections({ current, liveConnections }: Session): number {
  const connected = useConnection((connection) => connection.state === "live");
  return current && connected ? Math.max(1, liveConnections) : liveConnections;
}

/** The server notes a use once a minute: who is connected is active now, whatever was noted. */
function LastActive({ at, live }: { at: string; live: boolean }) {
  return live ? sessionsText.activeNow : <TimeText at={at} mode="relative" />;
}
