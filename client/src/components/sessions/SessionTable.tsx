import { HeadRow } from "@/components/common/HeadRow";
import { Table } from "@/components/common/Table";
import { SessionRow } from "@/components/sessions/SessionRow";
import { sessionsText } from "@/messages/sessions";
import type { Session } from "@/types/session";

const { columns } = sessionsText;
const shown = [columns.device, columns.ip, columns.created, columns.lastSeen, columns.live];

interface SessionTableProps {
  sessions: readonly Session[];
  fresh: ReadonlySet<string>;
  onRevoke: (session: Session) => void;
}

export function SessionTable({ sessions, fresh, onRevoke }: SessionTableProps) {
  return (
    <Table label={sessionsText.list}>
      <HeadRow columns={shown} actions={columns.actions} />
      <tbody>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            fresh={fresh.has(session.id)}
            onRevoke={() => onRevoke(session)}
          />
        ))}
      </tbody>
    </Table>
  );
}
