// Where the signed-in person is signed in. What happens elsewhere comes by invalidation (api/live).

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import { RevokeSessionDocument, SessionsDocument, type SessionsQuery } from "@/api/gql/graphql";
import { useApiQuery } from "@/hooks/useApiQuery";
import type { Session } from "@/types/session";

const ALL = ["sessions"];
const MINE = ["sessions", "mine"];
// When a device was last active is no event, so it is asked for.
const LOOK_AGAIN_MS = 30_000;

/** This device first, then by when they were last active. */
export function useSessions() {
  return useApiQuery(
    MINE,
    SessionsDocument,
    {},
    { refetchInterval: LOOK_AGAIN_MS, select: ({ sessions }) => inOrder(sessions) },
  );
}

/** Ends sessions: gone from the list at once, and back in it if the server did not end them. */
export function useRevokeSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => revokeAll(ids),
    onMutate: async (ids) => {
      // An answer under way would bring back what is about to go.
      await client.cancelQueries({ queryKey: ALL });
      const held = client.getQueryData<SessionsQuery>(MINE);
      takeOut(client, ids);
      return { held };
    },
    onSuccess: (failed, ids, context) => {
      if (failed.length === 0) return;
      client.setQueryData(MINE, context.held);
      takeOut(
        client,
        ids.filter((id) => !failed.some((one) => one.id === id)),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ALL }),
  });
}

export interface RevokeFailure {
  id: string;
  error: unknown;
}

/** Those that could not be ended; one of them does not keep the others. */
async function revokeAll(ids: readonly string[]): Promise<RevokeFailure[]> {
  const failed: RevokeFailure[] = [];
  for (const id of ids) {
    try {
      await execute(RevokeSessionDocument, { id });
    } catch (error) {
      // Over already, which is what was wanted.
      if (error instanceof ApiError && error.code === "NOT_FOUND") continue;
      failed.push({ id, error });
    }
  }
  return failed;
}

function takeOut(client: QueryClient, ids: readonly string[]): void {
  client.setQueryData<SessionsQuery>(
    MINE,
    (held) => held && { ...held, sessions: held.sessions.filter(({ id }) => !ids.includes(id)) },
  );
}

export function inOrder(sessions: readonly Session[]): Session[] {
  return [...sessions].sort(
    (one, other) =>
      Number(other.current) - Number(one.current) ||
      other.lastSeenAt.localeCompare(one.lastSeenAt) ||
      one.id.localeCompare(other.id),
  );
}
