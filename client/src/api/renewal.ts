/** A fresh token for a connection that outlives its first one; no subscription notices. */

import type { Client } from "graphql-ws";
import { AuthenticateDocument, type AuthenticateMutation } from "@/api/gql/graphql";
import { freshToken, renewsAt } from "@/api/session";

const AGAIN_MS = 10_000;
// Timers fire early by a little; `freshToken` must find the moment passed.
const LATE_MS = 250;
// The longest a browser's timer takes.
const MOST_MS = 2 ** 31 - 1;

/** Renews ahead of each token's end, until the returned function is called. */
export function renewInPlace(client: Client): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  plan();
  return () => {
    over = true;
    clearTimeout(timer);
  };

  function plan(leastMs = 0): void {
    const at = renewsAt();
    if (over || at === null) return;
    const waitMs = Math.max(leastMs, at - Date.now() + LATE_MS);
    timer = setTimeout(() => void renewOnce(), Math.min(waitMs, MOST_MS));
  }

  async function renewOnce(): Promise<void> {
    // Should it fail, the server closes with 4403 once the old token has ended, and the
    // next connection has another.
    const token = await freshToken().catch(() => null);
    if (token !== null && !over) await authenticate(client, token);
    plan(AGAIN_MS);
  }
}

function authenticate(client: Client, accessToken: string): Promise<void> {
  return new Promise((resolve) => {
    const payload = { query: String(AuthenticateDocument), variables: { accessToken } };
    client.subscribe<AuthenticateMutation>(payload, {
      next: () => {},
      error: () => resolve(),
      complete: () => resolve(),
    });
  });
}
