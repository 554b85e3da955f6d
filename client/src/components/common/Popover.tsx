import {
  cloneElement,
  type ReactElement,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { cn } from "@/components/common/cn";
import { Floating } from "@/components/common/Floating";
import { floatClass } from "@/components/common/overlayClass";
import type { Align } from "@/components/common/place";
import { useAnchor } from "@/components/common/useAnchor";
import { useDismiss } from "@/components/common/useDismiss";

interface PopoverProps {
  /** A button. */
  trigger: ReactElement;
  /** Its name for screen readers. */
  label: string;
  align?: Align | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className?: string | undefined;
  children: ReactNode;
}

/** A small form beside its button. The page stays usable: pressing or focusing elsewhere closes it. */
export function Popover({ trigger, open, onOpenChange, ...rest }: PopoverProps) {
  const id = useId();
  const [anchor, wrapper] = useAnchor();
  return (
    <span ref={wrapper} className="contents">
      {cloneElement(trigger, {
        "aria-haspopup": "dialog",
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        onClick: () => onOpenChange(!open),
      })}
      {open && anchor && <Body {...rest} id={id} anchor={anchor} onOpenChange={onOpenChange} />}
    </span>
  );
}

interface BodyProps extends Omit<PopoverProps, "trigger" | "open"> {
  id: string;
  anchor: HTMLElement;
}

const FIELDS = "input, select, textarea, button";

function Body({
  id,
  anchor,
  label,
  align = "start",
  onOpenChange,
  className,
  children,
}: BodyProps) {
  const box = useRef<HTMLDivElement>(null);
  useDismiss(box, anchor, () => onOpenChange(false));
  useLayoutEffect(() => {
    const own = box.current;
    own?.querySelector<HTMLElement>(FIELDS)?.focus();
    return () => {
      // What was chosen in it closed it: whoever uses the keyboard goes on from its button.
      if (own?.contains(document.activeElement)) anchor.focus({ preventScroll: true });
    };
  }, [anchor]);
  return (
    <Floating
      ref={box}
      id={id}
      role="dialog"
      aria-label={label}
      anchor={anchor}
      align={align}
      className={cn(floatClass, "p-3", className)}
    >
      {children}
    </Floating>
  );
}
