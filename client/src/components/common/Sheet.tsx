import { Dialog as Radix } from "radix-ui";
import { cn } from "@/components/common/cn";
import type { DialogProps } from "@/components/common/Dialog";
import { DialogHeader } from "@/components/common/DialogHeader";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";

/** A dialog along the end edge, for forms and lists beside the page. */
export function Sheet(props: DialogProps) {
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
            "outline-none fixed inset-y-0 end-0 z-50 flex w-full max-w-[460px] animate-drawer-end flex-col border-s border-hairline bg-card shadow-overlay",
            className,
          )}
        >
          <DialogHeader title={title} description={description} />
          <div className="min-h-0 grow overflow-y-auto px-5 pt-1 pb-5">{children}</div>
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
