import { forwardRef, type InputHTMLAttributes, type ReactNode } from "react";
import { cn } from "@/components/common/cn";
import { controlClass } from "@/components/common/controlClass";

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  /** Drawn inside, at the start. */
  icon?: ReactNode;
}

export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(
  { icon, className, ...rest },
  ref,
) {
  if (!icon) return <input {...rest} ref={ref} className={controlClass(className)} />;
  return (
    <span className={cn("relative block", className)}>
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-subtle [&_svg]:size-4"
      >
        {icon}
      </span>
      <input {...rest} ref={ref} className={controlClass("ps-8.5")} />
    </span>
  );
});
