import { UsersPageDocument } from "@/api/gql/graphql";
import { useApiQuery } from "@/hooks/useApiQuery";
import { useDebounced } from "@/hooks/useDebounced";

const WAIT_MS = 200;
const FIRST = 6;

/** The first few people whose name or e-mail has these letters; none for fewer than two letters. */
export function usePeopleSearch(query: string) {
  const search = useDebounced(query.trim(), WAIT_MS);
  const enabled = search.length >= 2;
  const { data, isFetching, isError } = useApiQuery(
    ["users", "palette", search],
    UsersPageDocument,
    { first: FIRST, filter: { search } },
    { enabled, keepPrevious: true },
  );
  return {
    people: (enabled && data?.users.nodes) || [],
    searching: enabled && isFetching,
    failed: enabled && isError,
  };
}
