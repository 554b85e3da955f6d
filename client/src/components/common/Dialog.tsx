import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/common/cn";
import { DialogHeader } from "@/components/common/DialogHeader";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, at the end and always in view. */
  footer?: ReactNode;
  className?: string | undefined;
  children?: ReactNode;
}

/** Traps focus, gives it back, closes with Esc. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, footer, className, children } = props;
  const focus = useDialogFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "outline-none fixed inset-x-3 top-1/2 z-50 mx-auto flex max-h-[calc(100dvh-24px)] max-w-md -translate-y-1/2 animate-rise flex-col rounded-card border border-hairline bg-card shadow-overlay",
            className,
          )}
        >
          <DialogHeader title={title} description={description} />
          <div className="min-h-0 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-hairline px-5 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
