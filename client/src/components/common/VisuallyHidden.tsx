import type { HTMLAttributes } from "react";

/** Text for screen readers alone. */
export function VisuallyHidden(props: HTMLAttributes<HTMLSpanElement>) {
  return <span {...props} className="sr-only" />;
}
