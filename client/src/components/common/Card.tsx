import type { HTMLAttributes } from "react";
import { cn } from "@/components/common/cn";

export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return (
    <div
      {...rest}
      className={cn("rounded-card border border-hairline bg-card p-(--pad)", className)}
    />
  );
}
