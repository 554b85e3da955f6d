import { useState } from "react";
import { AuditRow } from "@/components/audit/AuditRow";
import type { AuditView } from "@/components/audit/auditView";
import { EventDetails } from "@/components/audit/EventDetails";
import { Table } from "@/components/common/Table";
import { Th } from "@/components/common/Th";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { auditText } from "@/messages/audit";
import type { AuditEntry } from "@/types/audit";

interface AuditTableProps {
  entries: readonly AuditEntry[];
  /** Other entries are on their way. */
  busy: boolean;
  byActor: boolean;
  onOnly: (filter: Partial<AuditView>) => void;
}

export function AuditTable({ entries, busy, byActor, onOnly }: AuditTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const { columns } = auditText;
  return (
    <Table label={auditText.list} busy={busy}>
      <thead>
        <tr>
          <Th className="w-9 pe-0">
            <VisuallyHidden>{columns.expand}</VisuallyHidden>
          </Th>
          <Th>{columns.when}</Th>
          <Th>{columns.actor}</Th>
          <Th className="w-1/2 xl:w-2/5">{columns.event}</Th>
          <Th className="sm:max-xl:hidden">{columns.target}</Th>
          <Th>{columns.severity}</Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow
            key={entry.id}
            entry={entry}
            open={open.has(entry.id)}
            onToggle={() => toggle(entry.id)}
            details={() => <EventDetails entry={entry} byActor={byActor} onOnly={onOnly} />}
          />
        ))}
      </tbody>
    </Table>
  );
}
