/**
 * The tab's one WebSocket, and the subscriptions on it.
 *
 * It is there while somebody is signed in and something is subscribed. Whatever ends it
 * but a sign-out, it comes back, and every subscription with it, asked again with
 * variables of that moment.
 */

import { backoffMs, patiently, wakeAll } from "@/api/backoff";
import type { ApiError } from "@/api/errors";
import { type GraphQLFailure, graphQLError } from "@/api/execute";
import type { TypedDocumentString } from "@/api/gql/graphql";
import { codeOf, connect, type Line } from "@/api/line";
import { endSession, heldToken } from "@/api/session";
import { sessionOf } from "@/api/token";
import { useAuth } from "@/store/auth";
import * as connection from "@/store/connection";

export interface Handlers<R> {
  next(data: R): void;
  error?(error: ApiError): void;
}

/** Something somebody wants to be told, whether or not the socket is there. */
interface Wish {
  payload: { query: string; readonly variables: Record<string, unknown> };
  take(result: { data?: unknown; errors?: readonly GraphQLFailure[] }): void;
  refuse(error: ApiError): void;
  stop: (() => void) | undefined;
  tries: number;
}

const SIGNED_OUT = 4401;

const wishes = new Set<Wish>();
let line: Line | undefined;
let userId: string | undefined;

/**
 * Listens until the returned function is called.
 *
 * `variables` as a function are asked for at every (re)subscription, so that a log goes
 * on from its latest cursor. An `error` is told, and the subscription tried again later.
 */
export function subscribe<R, V>(
  document: TypedDocumentString<R, V>,
  variables: V | (() => V),
  handlers: Handlers<R>,
): () => void {
  const wish: Wish = {
    payload: {
      query: String(document),
      get variables() {
        const asked = variables instanceof Function ? variables() : variables;
        return asked as Record<string, unknown>;
      },
    },
    take: ({ data, errors }) => {
      if (errors?.[0]) handlers.error?.(graphQLError(errors[0]));
      else handlers.next(data as R);
    },
    refuse: (error) => handlers.error?.(error),
    stop: undefined,
    tries: 0,
  };
  wishes.add(wish);
  start(wish);
  return () => {
    wishes.delete(wish);
    wish.stop?.();
  };
}

function start(wish: Wish): void {
  if (!wishes.has(wish) || useAuth.getState().status !== "signedIn") return;
  line ??= connect();
  wish.stop?.();
  let current = true;
  const stop = line.client.subscribe(wish.payload, {
    next: (result) => {
      wish.tries = 0;
      if (current) wish.take(result as Parameters<Wish["take"]>[0]);
    },
    error: (cause) => current && void retry(wish, cause),
    complete: () => current && void retry(wish, undefined),
  });
  wish.stop = () => {
    current = false;
    wish.stop = undefined;
    stop();
  };
}

/** After an end that graphql-ws takes for final, or the server's word on this one alone. */
async function retry(wish: Wish, cause: unknown): Promise<void> {
  wish.stop?.();
  const code = codeOf(cause);
  if (code === SIGNED_OUT && isOurSession()) return endSession();
  if (Array.isArray(cause)) wish.refuse(graphQLError(cause[0] as GraphQLFailure));
  const waitMs = backoffMs(wish.tries++);
  if (code !== undefined) connection.isTrying(wish.tries, Date.now() + waitMs);
  await patiently(waitMs);
  if (!wish.stop) start(wish);
}

/** Another tab may have signed in again since this socket was opened. */
function isOurSession(): boolean {
  return sessionOf(line?.token() ?? null) === sessionOf(heldToken());
}

/** A sign-in brings every wish to life, its end silences them; they stay wishes. */
function follow(): void {
  const { status, user } = useAuth.getState();
  const now = status === "signedIn" ? user?.id : undefined;
  if (now === userId) return;
  userId = now;
  for (const wish of wishes) wish.stop?.();
  line?.hangUp();
  line = undefined;
  connection.hasRested();
  for (const wish of wishes) start(wish);
}

function comeBack(): void {
  connection.lookAgain();
  if (document.hidden) return;
  wakeAll();
  line?.hurry();
}

connection.retryBy(() => {
  if (connection.useConnection.getState().state === "stale") line?.client.terminate();
  else line?.hurry();
  wakeAll();
});
useAuth.subscribe(follow);
follow();
addEventListener("online", comeBack);
addEventListener("offline", connection.lookAgain);
document.addEventListener("visibilitychange", comeBack);
