import { X } from "lucide-react";
import type { AuditView } from "@/components/audit/auditView";
import { EventDetails } from "@/components/audit/EventDetails";
import { SeverityBadge } from "@/components/audit/SeverityBadge";
import { IconButton } from "@/components/common/IconButton";
import { Panel } from "@/components/common/Panel";
import { TimeText } from "@/components/common/TimeText";
import { auditText } from "@/messages/audit";
import type { AuditEntry } from "@/types/audit";

interface LinkedEventProps {
  /** Null when it is not there, or not for this person to see. */
  entry: AuditEntry | null | undefined;
  error: unknown;
  onRetry: () => void;
  onClose: () => void;
  onOnly: (filter: Partial<AuditView>) => void;
  byActor: boolean;
}

/** The event a link led to, above a list that may be far from it. */
export function LinkedEvent(props: LinkedEventProps) {
  const { entry, error, onRetry, onClose, onOnly, byActor } = props;
  return (
    <Panel
      title={auditText.linked}
      className="mb-4"
      loading={entry === undefined && !error}
      error={error ?? undefined}
      onRetry={onRetry}
      empty={entry === null && <p className="text-muted">{auditText.linkedGone}</p>}
      badge={entry && <SeverityBadge severity={entry.severity} />}
      actions={
        <IconButton size="sm" label={auditText.linkedClose} icon={<X />} onClick={onClose} />
      }
    >
      {entry && (
        <>
          <p className="mb-3 flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 wrap-anywhere">{entry.summary}</span>
            <span className="font-mono text-caption text-subtle">{entry.action}</span>
            <TimeText
              at={entry.occurredAt}
              mode="absolute"
              seconds
              className="text-table text-muted"
            />
          </p>
          <EventDetails entry={entry} byActor={byActor} onOnly={onOnly} />
        </>
      )}
    </Panel>
  );
}
