/** What this server says of itself to the page it serves. */

import { bodyOf, notOurs, send } from "@/api/answer";

export interface ClientConfig {
  version: string;
  /** The build the server has now; null where there is none. */
  build: string | null;
  /** Whom the API explorer is for. */
  graphiql: "nobody" | "admins" | "everybody";
  introspection: boolean;
}

export const clientConfigKey = ["clientConfig"] as const;

export async function clientConfig(signal?: AbortSignal): Promise<ClientConfig> {
  const response = await send("/client.json", { ...(signal && { signal }) });
  if (!response.ok) throw notOurs(response);
  return (await bodyOf(response)) as ClientConfig;
}

/** The build this page is of; null in development, where there is none. */
export function ownBuild(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? null;
}
