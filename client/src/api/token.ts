/** What an access token says of itself. It is not verified: that is the server's part. */

/** The session a token is of; null when it is no token of ours. */
export function sessionOf(token: string | null): string | null {
  try {
    const claims: unknown = JSON.parse(fromBase64Url(token?.split(".")[1] ?? ""));
    const { sid } = claims as { sid?: unknown };
    return typeof sid === "string" ? sid : null;
  } catch {
    return null;
  }
}

function fromBase64Url(text: string): string {
  return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
}
