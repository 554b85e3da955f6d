import { Check, Minus } from "lucide-react";
import { forwardRef, type InputHTMLAttributes, type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/common/cn";
import { mergeRefs } from "@/components/common/mergeRefs";

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  label: ReactNode;
  /** Keeps the label for screen readers alone, as in a table's first column. */
  hideLabel?: boolean | undefined;
  indeterminate?: boolean | undefined;
  onCheckedChange?: ((checked: boolean) => void) | undefined;
}

export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(
  { label, hideLabel, indeterminate = false, onCheckedChange, onChange, className, ...rest },
  ref,
) {
  const own = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (own.current) own.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const Mark = indeterminate ? Minus : Check;
  return (
    <label
      className={cn(
        "inline-flex min-h-6 min-w-6 cursor-pointer items-center gap-2 text-body has-disabled:cursor-not-allowed has-disabled:text-subtle",
        hideLabel && "justify-center",
        className,
      )}
    >
      <span className="relative inline-flex">
        <input
          {...rest}
          ref={mergeRefs(own, ref)}
          type="checkbox"
          onChange={(event) => {
            onChange?.(event);
            onCheckedChange?.(event.currentTarget.checked);
          }}
          className="peer size-4 cursor-[inherit] appearance-none rounded-[4px] border border-control bg-card checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:opacity-50"
        />
        <Mark
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 hidden size-3 text-on-accent peer-checked:block peer-indeterminate:block"
        />
      </span>
      <span className={cn(hideLabel && "sr-only")}>{label}</span>
    </label>
  );
});
