import type { QueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense } from "react";
import { useLocation } from "react-router-dom";
import { patiently } from "@/api/backoff";
import { chunk } from "@/components/common/chunk";
import { PageBoundary } from "@/components/layout/PageBoundary";
import { PageSkeleton } from "@/components/layout/PageSkeleton";

/** Its code could not be fetched: newer files on the server, or no connection. */
export class ChunkError extends Error {
  override readonly name = "ChunkError";
}

export interface PageCode {
  default: ComponentType;
  /** Asks for what the page shows first. */
  prepare?(client: QueryClient, address: URL): Promise<void>;
}

export interface LazyPage {
  (): JSX.Element;
  /** Fetches its code and asks for what it shows first; what fails is told by the page. */
  fetch(client: QueryClient, address: URL): Promise<void>;
}

const SOON_MS = 30;

/** A page fetched when first shown, failing inside the shell. What failed is fetched anew. */
export function lazyPage(load: () => Promise<PageCode>): LazyPage {
  const code = chunk(() =>
    load().catch((cause: unknown) => {
      throw new ChunkError("The page's code could not be loaded", { cause });
    }),
  );
  const fetched = () => lazy(() => code.here() ?? code.fetch());
  let Page = fetched();
  const fetchAnew = () => {
    Page = fetched();
  };
  function LazyPage() {
    const { pathname } = useLocation();
    return (
      <PageBoundary place={pathname} onFailed={fetchAnew}>
        {() => (
          <Suspense fallback={<PageSkeleton />}>
            <Page />
          </Suspense>
        )}
      </PageBoundary>
    );
  }
  const fetch: LazyPage["fetch"] = async (client, address) => {
    const page = await code.fetch().catch(() => undefined);
    // What is already there is drawn at once, nothing else is waited for.
    await Promise.race([page?.prepare?.(client, address), patiently(SOON_MS)]);
  };
  return Object.assign(LazyPage, { fetch });
}
