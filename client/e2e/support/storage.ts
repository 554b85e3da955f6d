import { type BrowserContextOptions, request } from "playwright-core";
import type { Credentials } from "./service.ts";

export type StorageState = Exclude<NonNullable<BrowserContextOptions["storageState"]>, string>;

// Sessions are named after it.
const AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Cookie and storage of somebody who has signed in. */
export async function storageOf(
  origin: string,
  { email, password }: Credentials,
): Promise<StorageState> {
  const api = await request.newContext({ baseURL: origin, userAgent: AGENT });
  const answer = await api.post("/api/v1/auth/login", {
    headers: { "X-Refresh-Token": "cookie" },
    data: { email, password },
  });
  const { cookies } = await api.storageState();
  const { data } = await answer.json();
  await api.dispose();
  const now = Date.now();
  const lifeMs = data.expires_in * 1000;
  const { avatar_url: avatarUrl, ...user } = data.user;
  const state = {
    user: { ...user, avatarUrl },
    token: data.access_token,
    expiresAt: now + lifeMs,
    renewsAt: now + lifeMs - 120_000,
    status: "signedIn",
  };
  const localStorage = [
    { name: "user-dashboard.auth", value: JSON.stringify({ state, version: 0 }) },
  ];
  return { cookies, origins: [{ origin, localStorage }] };
}
