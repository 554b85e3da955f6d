/** Questions asked before the code that shows the answers is there: it brings nothing along. */

import type { TypedDocumentString } from "@/api/gql/graphql";

interface Asked {
  at: number;
  answer: Promise<Response | null>;
}

// Whoever comes later than this asks for what is true then.
const FRESH_MS = 10_000;
const asked = new Map<string, Asked>();

export function requestBody<R, V>(document: TypedDocumentString<R, V>, variables?: V): string {
  return JSON.stringify({ query: String(document), variables });
}

export function request(body: string, token: string | null): RequestInit {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json, application/json",
  };
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  return { method: "POST", credentials: "same-origin", headers, body };
}

/** Asks with the token as it is stored, where it is one that need not be renewed first. */
export function askEarly<R, V>(document: TypedDocumentString<R, V>, variables: V): void {
  const { token, renewsAt = 0 } = stored("user-dashboard.auth");
  if (typeof token !== "string" || Number(renewsAt) < Date.now()) return;
  const body = requestBody(document, variables);
  const signal = AbortSignal.timeout(FRESH_MS);
  const answer = fetch("/graphql", { ...request(body, token), signal }).catch(() => null);
  asked.set(token + body, { at: performance.now(), answer });
}

/** The answer to this very question of this very session, once; null where there is none. */
export async function takeEarly(body: string, token: string | null): Promise<Response | null> {
  const found = asked.get(token + body);
  asked.delete(token + body);
  return found && performance.now() - found.at < FRESH_MS ? found.answer : null;
}

/** What a store of this name keeps in this browser. */
export function stored(name: string): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "{}").state ?? {};
  } catch {
    // No storage, or nonsense in it.
    return {};
  }
}
