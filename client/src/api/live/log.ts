/** Following a log: its newest page, then everything past it, with nothing between lost. */

import { backoffMs, patiently } from "@/api/backoff";
import { ApiError } from "@/api/errors";
import { useAuth } from "@/store/auth";

export interface Log<P, E> {
  read(signal: AbortSignal): Promise<P>;
  /** Puts the newest page into the buffer; its `newestCursor`. */
  fill(page: P): string;
  /** Listens past what `after` says whenever it is asked. */
  listen(after: () => string, next: (event: E) => void, error: (e: ApiError) => void): () => void;
  /** Keeps an event; `isGap` when what it stands for has to be read again. */
  take(event: E): { cursor: string; isGap: boolean };
  /** What went wrong; null once it is mended. */
  failed(error: ApiError | null): void;
}

/** Follows until the returned function is called. */
export function followLog<P, E>(log: Log<P, E>): () => void {
  const over = new AbortController();
  let cursor = "";
  let unlisten = () => {};
  void begin();
  return () => {
    over.abort();
    unlisten();
  };

  async function begin(): Promise<void> {
    const found = await filled();
    if (over.signal.aborted) return;
    cursor = found;
    unlisten = log.listen(() => cursor, next, error);
  }

  function next(event: E): void {
    const taken = log.take(event);
    cursor = taken.cursor;
    if (taken.isGap) void filled();
  }

  function error(problem: ApiError): void {
    log.failed(problem);
    // The cursor is none any longer: the server's secret has changed.
    if (problem.code !== "VALIDATION_ERROR" || over.signal.aborted) return;
    unlisten();
    void begin();
  }

  async function filled(): Promise<string> {
    for (let tries = 0; ; tries++) {
      try {
        await signedIn(over.signal);
        const page = await log.read(over.signal);
        if (over.signal.aborted) return "";
        log.failed(null);
        return log.fill(page);
      } catch (cause) {
        if (over.signal.aborted) return "";
        if (cause instanceof ApiError) log.failed(cause);
        await patiently(backoffMs(tries + 1));
        if (over.signal.aborted) return "";
      }
    }
  }
}

/** Resolves once there is somebody to ask for, or `signal` says stop. */
function signedIn(signal: AbortSignal): Promise<void> {
  if (useAuth.getState().status === "signedIn") return Promise.resolve();
  return new Promise((resolve) => {
    const stop = useAuth.subscribe(({ status }) => status === "signedIn" && done());
    signal.addEventListener("abort", done);
    function done(): void {
      stop();
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
