// What somebody else made of an account while it stood in a form.

import type { UserConflictQuery, UserFieldsFragment } from "@/api/gql/graphql";
import { changedFields, type EditableField, valuesOf } from "./accountForm";

export interface Conflict {
  current: UserFieldsFragment;
  /** Who changed it last, and when: unknown when the trail does not tell. */
  by: string | undefined;
  at: string | undefined;
  differences: { field: EditableField; before: string; after: string }[];
}

/** `base` is what the form was filled from. Null when the account is gone. */
export function conflictOf(base: UserFieldsFragment, found: UserConflictQuery): Conflict | null {
  const current = found.user;
  if (!current) return null;
  const [before, after] = [valuesOf(base), valuesOf(current)];
  const last = found.activity.nodes[0];
  return {
    current,
    by: last?.actorLabel,
    at: last?.occurredAt,
    differences: changedFields(before, after).map((field) => ({
      field,
      before: before[field],
      after: after[field],
    })),
  };
}
