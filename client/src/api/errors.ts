/** How a call to the server fails, whichever way it was made. */

import { errorText } from "@/messages/errors";

export interface Problem {
  field: string;
  reason: string;
}

/** What the server, or its edge, said about a failure. */
export interface Failure {
  code: string;
  message: string;
  status?: number | undefined;
  details?: unknown;
  requestId?: string | undefined;
  retryAfterS?: number | undefined;
}

/** A failed call. `code` is one of docs/errors.md, or NETWORK when nobody answered. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly problems: Problem[];
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = "ApiError";
    this.code = failure.code;
    this.status = failure.status;
    this.problems = problemsOf(failure.details);
    this.requestId = textOf(failure.details, "request_id") ?? failure.requestId;
    this.retryAfterS = numberOf(failure.details, "retry_after_s") ?? failure.retryAfterS;
  }
}

const SIGN_IN_CODES = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED"]);

/** Whether a fresh access token may mend it. */
export function wantsToken(error: unknown): error is ApiError {
  return error instanceof ApiError && SIGN_IN_CODES.has(error.code);
}

const PASSING_CODES = new Set(["NETWORK", "UNAVAILABLE", "TIMEOUT"]);

/** Whether asking again, later, may do better. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && PASSING_CODES.has(error.code);
}

/** Field names, in camelCase and without `input.`, to what is wrong with them. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  const found: Record<string, string> = {};
  for (const { field, reason } of error.problems) {
    const name = field
      .replace(/^input\./, "")
      .replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
    found[name] ??= reason;
  }
  return found;
}

/** Words for people. The server's own where they say more than the code does. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ApiError)) return errorText.unknown;
  if (error.code === "RATE_LIMITED") return errorText.rateLimited(error.retryAfterS);
  return errorText.byCode[error.code] ?? (error.message || errorText.unknown);
}

/** Nobody answered, or something on the way did. */
export function unreachable(cause: unknown): ApiError {
  return new ApiError({ code: "NETWORK", message: "No answer" }, { cause });
}

function problemsOf(details: unknown): Problem[] {
  const errors = partOf(details, "errors");
  if (Array.isArray(errors)) return errors.flatMap(problemOf);
  return problemOf(details);
}

function problemOf(value: unknown): Problem[] {
  const [field, reason] = [textOf(value, "field"), textOf(value, "reason")];
  return field === undefined || reason === undefined ? [] : [{ field, reason }];
}

function textOf(value: unknown, key: string): string | undefined {
  const found = partOf(value, key);
  return typeof found === "string" ? found : undefined;
}

function numberOf(value: unknown, key: string): number | undefined {
  const found = partOf(value, key);
  return typeof found === "number" ? found : undefined;
}

function partOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}
