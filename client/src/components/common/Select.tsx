import { ChevronDown } from "lucide-react";
import { forwardRef, type SelectHTMLAttributes } from "react";
import { cn } from "@/components/common/cn";
import { controlClass } from "@/components/common/controlClass";

export interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  /** Instead of `<option>` children. */
  options?: readonly { value: string; label: string }[] | undefined;
}

/** The browser's own list, which phones and screen readers know, in our skin. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { options, className, children, ...rest },
  ref,
) {
  return (
    <span className={cn("relative inline-block w-full", className)}>
      <select {...rest} ref={ref} className={controlClass("appearance-none pe-8")}>
        {options?.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-2.5 my-auto size-4 text-subtle"
      />
    </span>
  );
});
