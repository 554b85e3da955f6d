import type { Tone } from "@/components/common/Badge";
import { cn } from "@/components/common/cn";

const fills: Record<Tone, string> = {
  neutral: "border-2 border-subtle",
  accent: "bg-accent forced-colors:bg-[CanvasText]",
  ok: "bg-ok forced-colors:bg-[CanvasText]",
  warn: "bg-warn forced-colors:bg-[CanvasText]",
  bad: "bg-bad forced-colors:bg-[CanvasText]",
};

interface StatusDotProps {
  tone: Tone;
  label: string;
  /** Leaves the word to screen readers, where the same word stands beside it anyway. */
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

export function StatusDot({ tone, label, hideLabel = false, className }: StatusDotProps) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", className)}>
      <span
        aria-hidden
        className={cn("size-2 shrink-0 rounded-full forced-color-adjust-none", fills[tone])}
      />
      <span className={cn(hideLabel && "sr-only")}>{label}</span>
    </span>
  );
}
