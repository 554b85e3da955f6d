import {
  type FetchQueryOptions,
  keepPreviousData,
  type QueryKey,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
} from "@tanstack/react-query";
import { execute } from "@/api/execute";
import type { TypedDocumentString } from "@/api/gql/graphql";

type Options<R, S> = Omit<
  UseQueryOptions<R, Error, S, QueryKey>,
  "queryKey" | "queryFn" | "placeholderData"
> & {
  /** Shows the last answer while one for other variables is on its way. */
  keepPrevious?: boolean;
};

/** A GraphQL query, as the cache is asked for it. */
export function apiQuery<R, V>(
  key: QueryKey,
  document: TypedDocumentString<R, V>,
  variables: V,
): FetchQueryOptions<R, Error, R, QueryKey> {
  return {
    queryKey: key,
    queryFn: ({ signal }) => execute(document, variables, { signal }),
  };
}

/** A GraphQL query in the cache, under a key that begins as docs/client.md says. */
export function useApiQuery<R, V, S = R>(
  key: QueryKey,
  document: TypedDocumentString<R, V>,
  variables: V,
  { keepPrevious = false, ...options }: Options<R, S> = {},
): UseQueryResult<S, Error> {
  return useQuery<R, Error, S, QueryKey>({
    ...options,
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...apiQuery(key, document, variables),
  } as UseQueryOptions<R, Error, S, QueryKey>);
}
