import { useCallback, useMemo, useState } from "react";
import type { UserFieldsFragment } from "@/api/gql/graphql";

const NOBODY: ReadonlySet<string> = new Set();

export interface Selection {
  /** Who is selected, as they are now; who left the page is not. */
  users: readonly UserFieldsFragment[];
  all: boolean;
  has(id: string): boolean;
  toggle(id: string): void;
  toggleAll(): void;
  clear(): void;
}

/**
 * What is selected of the page in view: nothing is done to people one cannot see. `page`
 * names the page, and another one begins with nobody.
 */
export function useSelection(shown: readonly UserFieldsFragment[], page: string): Selection {
  const [chosen, setChosen] = useState({ page, ids: NOBODY });
  const ids = chosen.page === page ? chosen.ids : NOBODY;
  const users = useMemo(() => shown.filter((user) => ids.has(user.id)), [shown, ids]);
  const all = shown.length > 0 && users.length === shown.length;

  const toggle = useCallback(
    (id: string) =>
      setChosen((before) => {
        const next = new Set(before.page === page ? before.ids : NOBODY);
        if (!next.delete(id)) next.add(id);
        return { page, ids: next };
      }),
    [page],
  );
  const clear = useCallback(() => setChosen({ page, ids: NOBODY }), [page]);

  return {
    users,
    all,
    has: (id) => ids.has(id),
    toggle,
    toggleAll: () =>
      all ? clear() : setChosen({ page, ids: new Set(shown.map((user) => user.id)) }),
    clear,
  };
}
