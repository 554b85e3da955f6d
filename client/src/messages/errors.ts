/** What people read when something fails, by the code it failed with. */
export const errorText = {
  unknown: "Something went wrong. Try again.",
  byCode: {
    NETWORK: "The server cannot be reached. Check the connection and try again.",
    INVALID_CREDENTIALS: "E-mail or password is wrong.",
    INVALID_REFRESH_TOKEN: "Your session has ended. Sign in again.",
    UNAUTHENTICATED: "Your session has ended. Sign in again.",
    TOKEN_EXPIRED: "Your session has ended. Sign in again.",
    FORBIDDEN: "You are not allowed to do this.",
    NOT_FOUND: "It does not exist, or you may not see it.",
    VERSION_MISMATCH: "Somebody changed it meanwhile. Load it again, then decide.",
    PAYLOAD_TOO_LARGE: "This is too much at once.",
    QUERY_TOO_COMPLEX: "This asks for too much at once.",
    INTERNAL_ERROR: "The server failed at this. Try again, or report the request id.",
    UNAVAILABLE: "The service is busy or a database is away. Try again shortly.",
    TIMEOUT: "This took too long. Ask for less, or try again.",
  } as Readonly<Record<string, string>>,
  rateLimited: (seconds: number | undefined) =>
    seconds === undefined
      ? "Too many requests. Wait a moment, then try again."
      : `Too many requests. Try again in ${seconds} s.`,
} as const;
