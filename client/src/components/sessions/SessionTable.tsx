import { Table } from "@/components/common/Table";
import { Th } from "@/components/common/Th";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { SessionRow } from "@/components/sessions/SessionRow";
import { sessionsText } from "@/messages/sessions";
import type { Session } from "@/types/session";

interface SessionTableProps {
  sessions: readonly Session[];
  fresh: ReadonlySet<string>;
  onRevoke: (session: Session) => void;
}

export function SessionTable({ sessions, fresh, onRevoke }: SessionTableProps) {
  const { columns } = sessionsText;
  return (
    <Table label={sessionsText.list}>
      <thead>
        <tr>
          <Th>{columns.device}</Th>
          <Th>{columns.ip}</Th>
          <Th>{columns.created}</Th>
          <Th>{columns.lastSeen}</Th>
          <Th>{columns.live}</Th>
          <Th>
            <VisuallyHidden>{columns.actions}</VisuallyHidden>
          </Th>
        </tr>
      </thead>
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
