import { forwardRef, type InputHTMLAttributes, type ReactNode, useId } from "react";
import { cn } from "@/components/common/cn";

export interface SwitchProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  label: ReactNode;
  description?: ReactNode;
  onCheckedChange?: ((checked: boolean) => void) | undefined;
}

/** Takes effect at once; what is saved later is a Checkbox. */
export const Switch = forwardRef<HTMLInputElement, SwitchProps>(function Switch(
  { label, description, onCheckedChange, onChange, className, ...rest },
  ref,
) {
  const id = useId();
  return (
    <div className={cn("flex min-h-6 items-center justify-between gap-4", className)}>
      <span className="grid">
        <label htmlFor={id} className="cursor-pointer text-body">
          {label}
        </label>
        {description && (
          <span id={`${id}-hint`} className="text-caption text-subtle">
            {description}
          </span>
        )}
      </span>
      <input
        {...rest}
        ref={ref}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its checked state by itself
        role="switch"
        aria-describedby={description ? `${id}-hint` : undefined}
        onChange={(event) => {
          onChange?.(event);
          onCheckedChange?.(event.currentTarget.checked);
        }}
        className={cn(
          "relative h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-sunken transition-colors duration-120",
          "before:absolute before:inset-y-0.75 before:start-0.75 before:size-4 before:rounded-full before:bg-control before:transition-[translate] before:duration-120 forced-colors:before:bg-[ButtonText]",
          "checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent rtl:checked:before:-translate-x-4",
          "disabled:cursor-not-allowed disabled:opacity-50",
        )}
      />
    </div>
  );
});
