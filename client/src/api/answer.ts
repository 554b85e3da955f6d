/** One HTTP exchange, and what to make of an answer that is not ours. */

import { ApiError, unreachable } from "@/api/errors";

// Longer than the server lets an operation run: a network that swallows answers nothing, ever.
const PATIENCE_MS = 20_000;

/** Sends; no answer, or none in time, is an `ApiError` NETWORK, an abort stays an abort. */
export async function send(
  url: string,
  init: RequestInit,
  patienceMs: number = PATIENCE_MS,
): Promise<Response> {
  const signals = [AbortSignal.timeout(patienceMs), ...(init.signal ? [init.signal] : [])];
  try {
    return await fetch(url, {
      ...{ credentials: "same-origin", ...init },
      signal: AbortSignal.any(signals),
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

/** The body as JSON; what a proxy answers in our place is told by its status. */
export async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw notOurs(response);
    throw cause.name === "TimeoutError" ? unreachable(cause) : cause;
  }
}

/** The parts of a failure that stand in the head of an answer. */
export function headOf(response: Response) {
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return {
    status: response.status,
    requestId: response.headers.get("X-Request-ID") ?? undefined,
    retryAfterS: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  429: "RATE_LIMITED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "TIMEOUT",
};

export function notOurs(response: Response): ApiError {
  const code = CODE_OF_STATUS[response.status] ?? "INTERNAL_ERROR";
  return new ApiError({ code, message: `HTTP ${response.status}`, ...headOf(response) });
}
