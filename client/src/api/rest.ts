/** REST, where GraphQL does not reach: files, and what is asked for by path. */

import { send } from "@/api/answer";
import { opened } from "@/api/envelope";
import { withToken } from "@/api/session";

// A whole audit log takes its time.
const LONG_MS = 600_000;

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** `data` of the answer; `path` begins with `/api/v1`. */
export function rest<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return withToken(async (token) => {
    const headers: Record<string, string> = { Accept: "application/json", ...bearer(token) };
    if (body === undefined) return opened<T>(await send(path, { method, headers }));
    headers["Content-Type"] = "application/json";
    return opened<T>(await send(path, { method, headers, body: JSON.stringify(body) }));
  });
}

/** Fetches a file as the signed-in user and saves it under `filename`. */
export async function download(path: string, filename: string): Promise<void> {
  const file = await withToken(async (token) => {
    const response = await send(path, { headers: bearer(token) }, LONG_MS);
    if (!response.ok) await opened(response);
    return response.blob();
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = filename;
  link.click();
  // Browsers take the file after the click, not within it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function bearer(token: string | null): Record<string, string> {
  return token === null ? {} : { Authorization: `Bearer ${token}` };
}
