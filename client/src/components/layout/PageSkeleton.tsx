import { Skeleton } from "@/components/common/Skeleton";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";
import { shellText } from "@/messages/shell";

/** While a page's code is on its way. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-4">
      <VisuallyHidden role="status">{shellText.loadingPage}</VisuallyHidden>
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-24" />
      <Skeleton className="h-64" />
    </div>
  );
}
