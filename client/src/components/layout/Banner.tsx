import type { ReactNode } from "react";
import { cn } from "@/components/common/cn";

interface BannerProps {
  tone: "neutral" | "warn" | "accent";
  icon: ReactNode;
  children: ReactNode;
}

const tones = {
  neutral: "bg-sunken text-text",
  warn: "bg-warn-soft text-text [&>svg]:text-warn",
  accent: "bg-accent-soft text-text [&>svg]:text-accent",
};

/** One line below the top bar, as long as what it says holds. */
export function Banner({ tone, icon, children }: BannerProps) {
  return (
    <div
      className={cn(
        "flex min-h-10 items-center gap-3 border-b border-hairline px-4 py-1.5 text-table lg:px-6 [&>svg]:size-4 [&>svg]:shrink-0",
        tones[tone],
      )}
    >
      {icon}
      <div className="flex grow flex-wrap items-center gap-x-4 gap-y-1">{children}</div>
    </div>
  );
}
