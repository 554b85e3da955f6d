import { conflictText } from "@/messages/users";

interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** Field by field what was and what is. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <dl className="text-table text-muted">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="flex flex-wrap gap-x-2">
          <dt className="text-subtle">{conflictText.fields[field] ?? field}</dt>
          <dd className="break-all">
            {before && (
              <>
                <del>{before}</del> →{" "}
              </>
            )}
            <ins className="no-underline">{after || conflictText.none}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
