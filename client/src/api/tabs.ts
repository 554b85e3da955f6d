/** What the tabs of one browser tell each other about the session. */

import type { Me } from "@/types/api";

/** Being signed in: as whom, and with which access token. Times are ms of our clock. */
export interface Pass {
  token: string;
  expiresAt: number;
  /** When to get the next one. */
  renewsAt: number;
  user: Me;
}

export type TabMessage =
  | { type: "opened"; pass: Pass }
  | { type: "closed"; why: "signedOut" | "ended" };

const NAME = "user-dashboard.session";
const LOCK = "user-dashboard.refresh";
// How long to wait for the news of a tab that held the lock before us.
const NEWS_MS = 100;
const NEWS_STEP_MS = 10;

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined;

export function onTabMessage(listener: (message: TabMessage) => void): void {
  channel?.addEventListener("message", (event: MessageEvent<TabMessage>) => listener(event.data));
}

export function openElsewhere(pass: Pass): void {
  channel?.postMessage({ type: "opened", pass } satisfies TabMessage);
}

export function closeElsewhere(why: "signedOut" | "ended"): void {
  channel?.postMessage({ type: "closed", why } satisfies TabMessage);
}

/**
 * Runs `task` in one tab at a time.
 *
 * Whoever had to wait looks `isNews` up until the tab before it has been heard: the lock
 * is handed on sooner than messages and storage are.
 */
export async function alone<T>(task: () => Promise<T>, isNews: () => boolean): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return task();
  const first = await locks.request(LOCK, { ifAvailable: true }, async (lock) =>
    lock === null ? undefined : { value: await task() },
  );
  if (first) return first.value;
  return locks.request(LOCK, async () => {
    for (let waited = 0; waited < NEWS_MS && !isNews(); waited += NEWS_STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve, NEWS_STEP_MS));
    }
    return task();
  });
}
