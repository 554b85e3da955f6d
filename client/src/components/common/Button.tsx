import { type ButtonHTMLAttributes, forwardRef, type MouseEvent, useId } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "@/components/common/buttonClass";
import { Spinner } from "@/components/common/Spinner";
import { Tooltip } from "@/components/common/Tooltip";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Work is under way: keeps its focus and its size, and does not fire again. */
  busy?: boolean | undefined;
  /** Why it cannot be used now. Stays reachable by keyboard, so that the reason is. */
  reason?: string | undefined;
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = "secondary", size = "md", busy, reason, className, children, onClick, ...rest },
  ref,
) {
  const reasonId = useId();
  const blocked = busy || reason !== undefined;
  const button = (
    <button
      type="button"
      {...rest}
      ref={ref}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={reason === undefined ? rest["aria-describedby"] : reasonId}
      className={buttonClass(variant, size, className)}
      onClick={(event: MouseEvent<HTMLButtonElement>) => {
        if (blocked) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
  if (reason === undefined) return button;
  return (
    <>
      <Tooltip label={reason}>{button}</Tooltip>
      <VisuallyHidden id={reasonId}>{reason}</VisuallyHidden>
    </>
  );
});
