import { LoaderCircle } from "lucide-react";
import { cn } from "@/components/common/cn";

/** For buttons that wait; panels use skeletons instead. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
