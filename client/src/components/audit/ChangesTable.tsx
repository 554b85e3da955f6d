import { auditText } from "@/messages/audit";
import type { AuditEntry } from "@/types/audit";

const head = "px-2.5 py-1.5 text-start text-caption font-medium text-muted";

/** What became of each field. */
export function ChangesTable({ changes }: { changes: AuditEntry["changes"] }) {
  return (
    <table className="w-full table-fixed text-table">
      <caption className="sr-only">{auditText.changes}</caption>
      <thead>
        <tr className="border-b border-hairline">
          <th scope="col" className={`${head} w-1/4`}>
            {auditText.field}
          </th>
          <th scope="col" className={head}>
            {auditText.before}
          </th>
          <th scope="col" className={head}>
            {auditText.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="border-b border-hairline align-top last:border-b-0">
            <th
              scope="row"
              className="px-2.5 py-1.5 text-start font-mono text-caption font-normal wrap-anywhere"
            >
              {field}
            </th>
            <td data-label={auditText.before} className="px-2.5 py-1.5">
              <Value text={before} className="bg-bad-soft" />
            </td>
            <td data-label={auditText.after} className="px-2.5 py-1.5">
              <Value text={after} className="bg-ok-soft" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ text, className }: { text: string | null | undefined; className: string }) {
  if (text === null || text === undefined || text === "") {
    return <span className="text-subtle italic">{auditText.nothing}</span>;
  }
  return (
    <span
      data-fill
      className={`rounded-control box-decoration-clone px-1 font-mono text-caption wrap-anywhere ${className}`}
    >
      {text}
    </span>
  );
}
