// Accounts, as lists and one by one. What others change comes by invalidation (api/live).

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { execute } from "@/api/execute";
import {
  ActiveAdminsDocument,
  UserActivityDocument,
  UserByIdDocument,
  UserConflictDocument,
  type UserConflictQuery,
  UserSessionsDocument,
  UsersPageDocument,
  type UsersPageQueryVariables,
} from "@/api/gql/graphql";
import { useApiQuery } from "@/hooks/useApiQuery";

const ACTIVITY_PAGE = 25;

/** A page of accounts; the one before stays until it is there. For administrators. */
export function useUsersPage(variables: UsersPageQueryVariables) {
  return useApiQuery(["users", "page", variables], UsersPageDocument, variables, {
    keepPrevious: true,
    select: (answer) => answer.users,
  });
}

/** The ids of up to two active administrators: one id alone is the last one's. */
export function useActiveAdmins(enabled: boolean) {
  const { data } = useApiQuery(
    ["users", "activeAdmins"],
    ActiveAdminsDocument,
    {},
    { enabled, select: (answer) => answer.users.nodes.map((user) => user.id) },
  );
  return data;
}

/** Anybody; null when there is nobody with this id. */
export function useUser(id: string) {
  return useApiQuery(["user", id], UserByIdDocument, { id }, { select: (answer) => answer.user });
}

/** What they did and what was done to them, newest first, page by page. */
export function useUserActivity(id: string) {
  return useInfiniteQuery({
    queryKey: ["user", id, "activity"],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { id, first: ACTIVITY_PAGE, after: pageParam };
      const { user } = await execute(UserActivityDocument, variables, { signal });
      return user?.activity ?? null;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null),
    select: ({ pages }) => pages.flatMap((page) => page?.nodes ?? []),
  });
}

/** Where they are signed in; null to who may not see it. */
export function useUserSessions(id: string) {
  return useApiQuery(
    ["user", id, "sessions"],
    UserSessionsDocument,
    { id },
    { select: (answer) => answer.user?.sessions ?? null },
  );
}

/** Asks what an account is now, and who made it so. */
export function useConflictCheck(): (id: string) => Promise<UserConflictQuery> {
  const client = useQueryClient();
  return useCallback(
    (id) =>
      client.fetchQuery({
        queryKey: ["user", id, "conflict"],
        queryFn: () => execute(UserConflictDocument, { id }),
        staleTime: 0,
      }),
    [client],
  );
}
