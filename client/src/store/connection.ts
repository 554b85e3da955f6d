/** How live the page is, judged by the age of what was last heard. */

import { create } from "zustand";
import type { Stretch } from "@/types/api";

export type ConnectionStatus = "connecting" | "live" | "stale" | "reconnecting" | "offline";

interface ConnectionState {
  state: ConnectionStatus;
  /** ms; 0 = never. */
  heardAt: number;
  /** Tries since the connection was lost. */
  attempt: number;
  /** When the next try is due, ms; null while one is under way or none is needed. */
  nextTryAt: number | null;
  /** When the connection last came back, and for how long it was away; 0 = never. */
  resumedAt: number;
  missedMs: number;
  retryNow(): void;
}

export const STALE_MS = 6_000;
const OFFLINE_TRIES = 3;

let wake: () => void = () => {};
let connected = false;
let lostAt = 0;
const resumed = new Set<(gap: Stretch) => void>();

export const useConnection = create<ConnectionState>()(() => ({
  state: "connecting",
  heardAt: 0,
  attempt: 0,
  nextTryAt: null,
  resumedAt: 0,
  missedMs: 0,
  retryNow: () => wake(),
}));

/** Called with what was missed, each time the connection has come back. */
export function onResumed(listener: (gap: Stretch) => void): () => void {
  resumed.add(listener);
  return () => resumed.delete(listener);
}

/** What `retryNow` does. */
export function retryBy(retry: () => void): void {
  wake = retry;
}

/** Something came from the server. Many times a second: the store is told at most once. */
export function heard(now: number): void {
  const { heardAt, state } = useConnection.getState();
  if (connected && state !== "live") update({ heardAt: now });
  else if (now - heardAt >= 250) useConnection.setState({ heardAt: now });
}

/** The server has taken us in. */
export function hasConnected(now: number): void {
  connected = true;
  const from = lostAt;
  lostAt = 0;
  update({ heardAt: now, attempt: 0, nextTryAt: null });
  if (from === 0) return;
  useConnection.setState({ resumedAt: now, missedMs: now - from });
  for (const listener of resumed) listener({ from, to: now });
}

export function hasLost(now: number): void {
  if (connected) lostAt = useConnection.getState().heardAt || now;
  connected = false;
  update({});
}

/** The next try is `attempt`, due at `nextTryAt`, or now. */
export function isTrying(attempt: number, nextTryAt: number | null): void {
  update({ attempt, nextTryAt });
}

/** Nobody is signed in, or nothing is listened to: there is nothing to lose. */
export function hasRested(): void {
  connected = false;
  lostAt = 0;
  update({ heardAt: 0, attempt: 0, nextTryAt: null });
}

/** Looks at the clock and at the browser again. */
export function lookAgain(): void {
  update({});
}

function update(changes: Partial<ConnectionState>): void {
  const before = useConnection.getState();
  const state = statusOf({ ...before, ...changes }, Date.now());
  if (state === before.state && Object.keys(changes).length === 0) return;
  useConnection.setState({ ...changes, state });
}

function statusOf({ heardAt, attempt }: ConnectionState, now: number): ConnectionStatus {
  if (!navigator.onLine) return "offline";
  if (connected) return now - heardAt < STALE_MS ? "live" : "stale";
  if (attempt > OFFLINE_TRIES) return "offline";
  return lostAt > 0 || attempt > 0 ? "reconnecting" : "connecting";
}
