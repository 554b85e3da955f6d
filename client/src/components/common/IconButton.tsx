import { type ButtonHTMLAttributes, forwardRef, type ReactNode } from "react";
import { ariaKeys } from "@/components/common/ariaKeys";
import type { ButtonSize, ButtonVariant } from "@/components/common/buttonClass";
import { buttonClass } from "@/components/common/buttonClass";
import { Spinner } from "@/components/common/Spinner";
import { Tooltip } from "@/components/common/Tooltip";

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its name, also shown as a tooltip. */
  label: string;
  icon: ReactNode;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  busy?: boolean | undefined;
  /** Keys that do the same, shown in the tooltip. */
  keys?: string | undefined;
  /** Off where focus lands by itself, as on a dialog's close button. */
  tooltip?: boolean | undefined;
}

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, icon, variant = "ghost", size = "md", busy, keys, tooltip = true, className, ...rest },
  ref,
) {
  const square = size === "sm" ? "w-(--control-sm) px-0" : "w-(--control-md) px-0";
  const button = (
    <button
      type="button"
      aria-keyshortcuts={ariaKeys(keys)}
      {...rest}
      ref={ref}
      aria-label={label}
      aria-busy={busy || undefined}
      className={buttonClass(variant, size, `${square} ${className ?? ""}`)}
    >
      {busy ? <Spinner /> : icon}
    </button>
  );
  if (!tooltip) return button;
  return (
    <Tooltip label={label} keys={keys}>
      {button}
    </Tooltip>
  );
});
