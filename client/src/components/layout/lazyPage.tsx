import { type ComponentType, lazy, Suspense } from "react";
import { useLocation } from "react-router-dom";
import { PageBoundary } from "@/components/layout/PageBoundary";
import { PageSkeleton } from "@/components/layout/PageSkeleton";

/** Its code could not be fetched: newer files on the server, or no connection. */
export class ChunkError extends Error {
  override readonly name = "ChunkError";
}

/** A page fetched when first shown, failing inside the shell. What failed is fetched anew. */
export function lazyPage(load: () => Promise<{ default: ComponentType }>): ComponentType {
  const fetched = () =>
    lazy(() =>
      load().catch((cause: unknown) => {
        throw new ChunkError("The page's code could not be loaded", { cause });
      }),
    );
  let Page = fetched();
  const fetchAnew = () => {
    Page = fetched();
  };
  return function LazyPage() {
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
  };
}
