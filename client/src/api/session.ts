/**
 * Signing in, out, and staying signed in.
 *
 * The refresh token lives in a cookie no script reads. However many calls find their
 * access token refused, in however many tabs, one of them refreshes it.
 */

import { send } from "@/api/answer";
import { opened } from "@/api/envelope";
import { ApiError, wantsToken } from "@/api/errors";
import { alone, closeElsewhere, openElsewhere, type Pass } from "@/api/tabs";
import type { Me } from "@/types/api";

/** Where the tab keeps its access token. */
export interface SessionKeeper {
  pass(): Pass | null;
  /** Reads again what another tab may have stored. */
  reload(): void;
  open(pass: Pass): void;
  close(why: "signedOut" | "ended"): void;
}

// Refreshed this long before its end, so that none is refused on its way; background
// tabs run their timers once a minute. A short-lived one lasts three quarters of its time.
const EARLY_MS = 120_000;
const AUTH = "/api/v1/auth";

let keeper: SessionKeeper = inMemory();
let refreshing: Promise<string | null> | undefined;

export function keepSessionIn(place: SessionKeeper): void {
  keeper = place;
}

export async function login(email: string, password: string): Promise<Me> {
  const pass = passOf(await post<Tokens>("login", { email, password }));
  keeper.open(pass);
  openElsewhere(pass);
  return pass.user;
}

/**
 * Ends this session, or all of yours.
 *
 * The tabs are signed out at once, and even when nobody answers; but with `everywhere`, which
 * is a promise about other devices, only when the server has done it.
 */
export async function logout(everywhere = false): Promise<void> {
  if (everywhere) {
    await withToken((token) => post("logout", { everywhere }, token));
    closeHere("signedOut");
    return;
  }
  const token = await freshToken().catch(heldToken);
  // First: the server's end of the session would be taken for somebody else's doing.
  closeHere("signedOut");
  await post("logout", {}, token).catch(() => {});
}

/** A fresh access token, in place of whatever there is; null when the session is over. */
export function refresh(): Promise<string | null> {
  return renew(heldToken());
}

/** The access token, refreshed if it is about to end; null when nobody is signed in. */
export async function freshToken(): Promise<string | null> {
  const pass = keeper.pass();
  if (pass === null) return null;
  if (Date.now() < pass.renewsAt) return pass.token;
  try {
    return await renew(pass.token);
  } catch (error) {
    if (Date.now() < pass.expiresAt) return pass.token;
    throw error;
  }
}

/** Runs a call with the token; one that is refused is renewed and the call made once more. */
export async function withToken<T>(call: (token: string | null) => Promise<T>): Promise<T> {
  const token = await freshToken();
  try {
    return await call(token);
  } catch (error) {
    if (token === null || !wantsToken(error)) throw error;
    const renewed = await renew(token);
    if (renewed === null) throw error;
    return await lastTry(() => call(renewed));
  }
}

/** The server has ended the session. */
export function endSession(): void {
  if (keeper.pass() !== null) closeHere("ended");
}

/** The token as it is; null when nobody is signed in. */
export function heldToken(): string | null {
  return keeper.pass()?.token ?? null;
}

/** When `freshToken` will want another one, ms by this machine's clock. */
export function renewsAt(): number | null {
  return keeper.pass()?.renewsAt ?? null;
}

/** A token in place of `refused`, unless somebody has got one already. */
export function renew(refused: string | null): Promise<string | null> {
  refreshing ??= alone(() => renewAlone(refused), isReplaced).finally(() => {
    refreshing = undefined;
  });
  return refreshing;

  function isReplaced(): boolean {
    keeper.reload();
    return keeper.pass()?.token !== refused;
  }
}

async function renewAlone(refused: string | null): Promise<string | null> {
  keeper.reload();
  const held = keeper.pass();
  if (held === null || held.token !== refused) return held?.token ?? null;
  try {
    const pass = passOf(await post<Tokens>("refresh", {}));
    // Somebody signed out, or in again, while this was on its way.
    if (heldToken() !== refused) return heldToken();
    keeper.open(pass);
    openElsewhere(pass);
    return pass.token;
  } catch (error) {
    if (!isOver(error)) throw error;
    closeHere("ended");
    return null;
  }
}

async function lastTry<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (wantsToken(error)) endSession();
    throw error;
  }
}

function isOver(error: unknown): boolean {
  return wantsToken(error) || (error instanceof ApiError && error.code === "INVALID_REFRESH_TOKEN");
}

function closeHere(why: "signedOut" | "ended"): void {
  keeper.close(why);
  closeElsewhere(why);
}

interface Tokens {
  access_token: string;
  expires_in: number;
  user: Omit<Me, "avatarUrl"> & { avatar_url: string | null };
}

function passOf(tokens: Tokens): Pass {
  const { id, email, name, avatar_url, role, status, version } = tokens.user;
  // By our own clock, which need not be the server's.
  const [now, lifeMs] = [Date.now(), tokens.expires_in * 1000];
  return {
    token: tokens.access_token,
    expiresAt: now + lifeMs,
    renewsAt: now + lifeMs - Math.min(EARLY_MS, lifeMs / 4),
    user: { id, email, name, avatarUrl: avatar_url, role, status, version },
  };
}

async function post<T>(action: string, body: object, token: string | null = null): Promise<T> {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "X-Refresh-Token": "cookie",
  };
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return opened<T>(await send(`${AUTH}/${action}`, init));
}

function inMemory(): SessionKeeper {
  let held: Pass | null = null;
  return {
    pass: () => held,
    reload: () => {},
    open: (pass) => {
      held = pass;
    },
    close: () => {
      held = null;
    },
  };
}
