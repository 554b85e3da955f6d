import { type ReactNode, useId } from "react";
import { cn } from "@/components/common/cn";

export interface RadioOption<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean | undefined;
}

interface RadioGroupProps<T extends string> {
  label: ReactNode;
  value: T;
  onValueChange: (value: T) => void;
  options: readonly RadioOption<T>[];
  /** `segmented` draws one row of joined buttons, for few short options. */
  look?: "list" | "segmented" | undefined;
  hideLabel?: boolean | undefined;
  className?: string | undefined;
}

export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, options, look = "list", hideLabel, className } = props;
  const name = useId();
  return (
    <fieldset className={cn("grid gap-1.5 border-0", className)}>
      <legend className={cn("mb-1 text-table font-medium", hideLabel && "sr-only")}>{label}</legend>
      <div
        className={cn(
          look === "list"
            ? "grid gap-1"
            : "inline-flex w-fit max-w-full flex-wrap gap-0.5 rounded-control bg-sunken p-0.5",
        )}
      >
        {options.map((option) => (
          <Option key={option.value} option={option} name={name} {...props} />
        ))}
      </div>
    </fieldset>
  );
}

function Option<T extends string>({
  option,
  name,
  value,
  onValueChange,
  look = "list",
}: RadioGroupProps<T> & { option: RadioOption<T>; name: string }) {
  const id = useId();
  const input = (
    <input
      id={id}
      type="radio"
      name={name}
      value={option.value}
      checked={option.value === value}
      disabled={option.disabled}
      onChange={() => onValueChange(option.value)}
      className={
        look === "segmented"
          ? "sr-only"
          : "mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-card checked:border-5 checked:border-accent"
      }
    />
  );
  if (look === "segmented") {
    return (
      <label
        htmlFor={id}
        className="relative inline-flex h-(--control-sm) cursor-pointer items-center gap-1.5 rounded-[4px] border border-transparent px-3 text-table text-muted select-none hover:text-text has-checked:border-control has-checked:bg-card has-checked:font-medium has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent forced-colors:has-checked:bg-[SelectedItem] forced-colors:has-checked:text-[SelectedItemText] forced-colors:has-checked:forced-color-adjust-none [&_svg]:size-4"
      >
        {input}
        {option.label}
      </label>
    );
  }
  return (
    <label
      htmlFor={id}
      className="flex min-h-6 cursor-pointer items-start gap-2 text-body has-disabled:cursor-not-allowed has-disabled:text-subtle"
    >
      {input}
      <span className="grid">
        {option.label}
        {option.hint && <span className="text-caption text-subtle">{option.hint}</span>}
      </span>
    </label>
  );
}
