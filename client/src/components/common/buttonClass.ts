import { cn } from "@/components/common/cn";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md";

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-control bg-card text-text hover:bg-sunken",
  ghost: "text-muted hover:bg-sunken hover:text-text",
  danger: "bg-bad text-on-bad hover:bg-bad-strong",
};

const sizes: Record<ButtonSize, string> = {
  sm: "h-(--control-sm) px-2.5 text-table gap-1.5",
  md: "h-(--control-md) px-3.5 text-body gap-2",
};

/** A button's looks, for links that act like one. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: ButtonSize = "md",
  className?: string,
): string {
  return cn(
    // Where colours are forced the border is what shows that it is a button.
    "inline-flex shrink-0 items-center justify-center rounded-control border border-transparent font-medium whitespace-nowrap",
    "transition-colors duration-120 select-none [&_svg]:size-4 [&_svg]:shrink-0",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50",
    variants[variant],
    sizes[size],
    className,
  );
}
