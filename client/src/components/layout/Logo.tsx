import { cn } from "@/components/common/cn";

/** A pulse line that ends in who is online. */
export function Logo({ className }: { className?: string | undefined }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M7 21.5h3.4l2.8-9.2 4.6 12 3.2-8.3h4"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
      <circle cx="25" cy="9" r="2.6" className="fill-on-accent" />
    </svg>
  );
}
