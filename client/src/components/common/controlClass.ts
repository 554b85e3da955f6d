import { cn } from "@/components/common/cn";

/** The looks inputs, selects and text areas share. */
export function controlClass(className?: string): string {
  return cn(
    "h-(--control-md) w-full min-w-0 rounded-control border border-control bg-card px-3 text-body text-text",
    "transition-colors duration-120 focus-visible:outline-offset-0",
    "aria-invalid:border-bad disabled:cursor-not-allowed disabled:bg-sunken disabled:text-subtle",
    // A select counts as read-only, too.
    "[&:is(input,textarea):read-only]:bg-sunken",
    // Below 16 px a phone zooms into the field it focuses.
    "pointer-coarse:text-[1rem]",
    className,
  );
}
