import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { bySystem, toThemselves } from "@/components/audit/auditView";
import { SeverityBadge } from "@/components/audit/SeverityBadge";
import { Avatar } from "@/components/common/Avatar";
import { cn } from "@/components/common/cn";
import { IconButton } from "@/components/common/IconButton";
import { Td } from "@/components/common/Td";
import { TimeText } from "@/components/common/TimeText";
import { Tr } from "@/components/common/Tr";
import { auditText } from "@/messages/audit";
import type { AuditEntry } from "@/types/audit";

interface AuditRowProps {
  entry: AuditEntry;
  open: boolean;
  onToggle: () => void;
  /** Drawn below the row while it is open. */
  details: () => ReactNode;
}

export const COLUMNS = 6;

export function AuditRow({ entry, open, onToggle, details }: AuditRowProps) {
  const { columns } = auditText;
  const detailsId = useId();
  const needless = !entry.targetType || toThemselves(entry);
  return (
    <>
      <Tr
        onOpen={onToggle}
        onToggle={onToggle}
        className={cn("align-top max-sm:flex max-sm:flex-col", open && "border-b-0")}
      >
        <Td label={columns.expand} className="w-9 max-sm:order-last max-sm:w-auto sm:pe-0">
          <IconButton
            size="sm"
            label={auditText.expand(entry.summary)}
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            icon={<ChevronRight className={cn("transition-transform", open && "rotate-90")} />}
            onClick={onToggle}
          />
        </Td>
        <Td label={columns.when} className="text-muted sm:min-w-38 sm:py-2.5 lg:whitespace-nowrap">
          <TimeText at={entry.occurredAt} mode="absolute" seconds />
        </Td>
        <Td label={columns.actor} className="sm:py-2">
          <span className="flex min-w-0 items-center gap-2">
            <Avatar
              name={entry.actorLabel}
              system={bySystem(entry)}
              url={entry.actor?.avatarUrl}
              size="sm"
            />
            <span title={entry.actorLabel} className="min-w-0 sm:max-w-40 sm:truncate">
              {entry.actorLabel}
            </span>
          </span>
        </Td>
        <Td className="max-sm:order-first max-sm:pb-1 max-sm:text-start sm:py-2.5">
          <span className="block wrap-anywhere">
            {entry.summary}
            <span className="block text-caption text-subtle">
              <span className="font-mono">{entry.action}</span>
              {!needless && <span className="hidden sm:max-xl:inline"> · {targetText(entry)}</span>}
            </span>
          </span>
        </Td>
        <Td
          label={columns.target}
          className={cn("sm:py-2.5 sm:max-xl:hidden", needless && "max-sm:hidden")}
        >
          <Target entry={entry} />
        </Td>
        <Td
          label={columns.severity}
          className={cn("sm:py-2.5", entry.severity === "INFO" && "max-sm:hidden")}
        >
          <SeverityBadge severity={entry.severity} />
        </Td>
      </Tr>
      {open && (
        <tr id={detailsId} className="border-b border-hairline last:border-b-0">
          <td
            colSpan={COLUMNS}
            className="max-sm:block max-sm:pb-2 sm:px-3 sm:pt-1 sm:pb-4 sm:ps-13"
          >
            {details()}
          </td>
        </tr>
      )}
    </>
  );
}

const targetText = ({ targetType, targetLabel, targetId }: AuditEntry) =>
  targetLabel ?? targetId ?? targetType;

function Target({ entry }: { entry: AuditEntry }) {
  const { targetType } = entry;
  const text = targetText(entry);
  if (!targetType) return <span className="text-subtle">{auditText.noTarget}</span>;
  return (
    <span className="block min-w-0 sm:max-w-44">
      <span className="block truncate" title={text ?? undefined}>
        {text}
      </span>
      {text !== targetType && <span className="block text-caption text-subtle">{targetType}</span>}
    </span>
  );
}
