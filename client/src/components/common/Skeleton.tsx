import { cn } from "@/components/common/cn";

interface SkeletonProps {
  className?: string | undefined;
  /** As many text lines, the last one shorter. */
  lines?: number | undefined;
}

/** Holds the place of what is loading. Invisible for 150 ms, so that quick answers do not flicker. */
export function Skeleton({ className, lines }: SkeletonProps) {
  if (lines === undefined) return <Bone className={className} />;
  return (
    <div className={cn("grid gap-2", className)}>
      {Array.from({ length: lines }, (_, line) => (
        <Bone key={line} className={cn("h-4", line === lines - 1 && lines > 1 && "w-3/5")} />
      ))}
    </div>
  );
}

function Bone({ className }: { className?: string | undefined }) {
  return (
    <div aria-hidden className={cn("h-4 w-full animate-appear", className)}>
      <div className="size-full animate-pulse rounded-control bg-hairline" data-fill />
    </div>
  );
}
