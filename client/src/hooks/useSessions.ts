// Where the signed-in person is signed in. What happens elsewhere comes by invalidation (api/live).

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";
import { execute } from "@/api/execute";
import {
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SessionsDocument,
  type SessionsQuery,
} from "@/api/gql/graphql";
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

/** Ends one. That it is over already is what was wanted. */
export function useRevokeSession() {
  return useEnding(
    async ({ id }: Session) => {
      try {
        await execute(RevokeSessionDocument, { id });
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "NOT_FOUND")) throw error;
      }
    },
    (one, { id }) => one.id === id,
  );
}

/** Ends all but this one, in one call; gives their ids. */
export function useRevokeOthers() {
  return useEnding(
    async () => (await execute(RevokeOtherSessionsDocument, {})).revokeOtherSessions,
    (one) => !one.current,
  );
}

/** What goes is gone from the list at once, and back in it if the server did not end it. */
function useEnding<Asked, Answer>(
  end: (asked: Asked) => Promise<Answer>,
  goes: (one: Session, asked: Asked) => boolean,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: end,
    onMutate: async (asked) => {
      // An answer under way would bring back what is about to go.
      await client.cancelQueries({ queryKey: ALL });
      const held = client.getQueryData<SessionsQuery>(MINE);
      if (!held) return;
      const sessions = held.sessions.filter((one) => !goes(one, asked));
      client.setQueryData<SessionsQuery>(MINE, { ...held, sessions });
      return held;
    },
    onError: (_, __, held) => client.setQueryData(MINE, held),
    onSettled: () => client.invalidateQueries({ queryKey: ALL }),
  });
}

export function inOrder(sessions: readonly Session[]): Session[] {
  return [...sessions].sort(
    (one, other) =>
      Number(other.current) - Number(one.current) ||
      other.lastSeenAt.localeCompare(one.lastSeenAt) ||
      one.id.localeCompare(other.id),
  );
}
