import { Link as LinkIcon, ListFilter } from "lucide-react";
import type { ReactNode } from "react";
import { type AuditView, eventLink } from "@/components/audit/auditView";
import { ChangesTable } from "@/components/audit/ChangesTable";
import { Button } from "@/components/common/Button";
import { CopyButton } from "@/components/common/CopyButton";
import { toast } from "@/components/common/toast";
import { auditText, outcomeText } from "@/messages/audit";
import { commonText } from "@/messages/common";
import type { AuditEntry } from "@/types/audit";

interface EventDetailsProps {
  entry: AuditEntry;
  /** Narrows the list to what is like this entry. */
  onOnly: (filter: Partial<AuditView>) => void;
  /** Whether the list can be narrowed to an actor. */
  byActor: boolean;
}

/** All that is known of an entry, and ways on from it. */
export function EventDetails({ entry, onOnly, byActor }: EventDetailsProps) {
  const { id, action, actor, targetType, targetId, changes, outcome, sessionId } = entry;
  const target = targetType && (targetId ? `${targetType}:${targetId}` : targetType);
  const copyLink = () =>
    void navigator.clipboard
      .writeText(eventLink(id))
      .then(() => toast.success(commonText.copied, { id: "copied" }));
  return (
    <div className="grid gap-3 text-start">
      {changes.length > 0 && (
        <div className="overflow-hidden rounded-control border border-hairline bg-card">
          <ChangesTable changes={changes} />
        </div>
      )}
      <dl className="grid gap-x-6 gap-y-1 text-table sm:grid-cols-[auto_1fr]">
        <KnownId name={auditText.id} id={id} />
        {actor && <KnownId name={auditText.actorId} id={actor.id} />}
        {targetId && <KnownId name={auditText.targetId} id={targetId} />}
        {sessionId && <KnownId name={auditText.sessionId} id={sessionId} />}
        {outcome && <Known name={auditText.outcome}>{outcomeText[outcome]}</Known>}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={copyLink}>
          <LinkIcon aria-hidden />
          {auditText.copyLink}
        </Button>
        <Only label={auditText.onlyAction} onClick={() => onOnly({ action: [action] })} />
        {byActor && actor && (
          <Only label={auditText.onlyActor} onClick={() => onOnly({ actor: actor.id })} />
        )}
        {target && <Only label={auditText.onlyTarget} onClick={() => onOnly({ target })} />}
      </div>
    </div>
  );
}

function Only({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="sm" variant="ghost" onClick={onClick}>
      <ListFilter aria-hidden />
      {label}
    </Button>
  );
}

function Known({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex items-center text-subtle">{name}</dt>
      <dd className="flex min-h-7 min-w-0 items-center gap-1">{children}</dd>
    </>
  );
}

function KnownId({ name, id }: { name: string; id: string }) {
  return (
    <Known name={name}>
      <code className="min-w-0 font-mono text-caption wrap-anywhere">{id}</code>
      <CopyButton text={id} label={auditText.copyId(name)} />
    </Known>
  );
}
