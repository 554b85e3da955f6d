import type { ReactNode } from "react";
import { TimeText } from "@/components/common/TimeText";

/** A moment in a cell, and below it what is to be said of it. */
export function NotedTime({ at, children }: { at: string; children: ReactNode }) {
  return (
    <span className="inline-flex flex-col whitespace-nowrap max-sm:items-end">
      <TimeText at={at} mode="absolute" />
      <span className="text-caption text-subtle">{children}</span>
    </span>
  );
}
