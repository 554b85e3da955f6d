// The trail, page by page, and one entry of it. An entry never changes.

import { keepPreviousData, type QueryClient, useQuery } from "@tanstack/react-query";
import { execute } from "@/api/execute";
import {
  AuditEventDocument,
  AuditPageDocument,
  type AuditPageQuery,
  type AuditPageQueryVariables,
} from "@/api/gql/graphql";
import { useApiQuery } from "@/hooks/useApiQuery";

type AuditPage = AuditPageQuery["activity"];

const PAGES = ["audit", "page"];

/**
 * A page of the trail; the one before stays until it is there. It does not change while
 * somebody reads it: what came since is counted by `useNewEvents`, and shown when asked for.
 * `variables` are made anew for every request, since a relative range ends at that moment.
 */
export function useAuditPage(key: unknown, variables: () => AuditPageQueryVariables) {
  return useQuery({
    queryKey: [...PAGES, key],
    queryFn: async ({ signal }) =>
      (await execute(AuditPageDocument, variables(), { signal })).activity,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 60_000,
  });
}

/** A page that was read a short while ago. */
export function cachedPage(client: QueryClient, key: unknown): AuditPage | undefined {
  return client.getQueryData<AuditPage>([...PAGES, key]);
}

/** Reads again whatever is shown of the trail. */
export function readAgain(client: QueryClient): Promise<void> {
  return client.resetQueries({ queryKey: PAGES });
}

/** The entry of a link; null when there is none, or none to be seen. */
export function useAuditEvent(id: string) {
  return useApiQuery(
    ["audit", "event", id],
    AuditEventDocument,
    { id },
    {
      staleTime: Number.POSITIVE_INFINITY,
      select: ({ node }) => (node?.__typename === "Activity" ? node : null),
    },
  );
}
