import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/components/common/cn";
import type { DialogProps } from "@/components/common/Dialog";
import { IconButton } from "@/components/common/IconButton";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";
import { commonText } from "@/messages/common";

const looks = {
  dialog:
    "inset-x-3 top-1/2 mx-auto max-h-[calc(100dvh-24px)] -translate-y-1/2 rounded-card border",
  sheet: "inset-y-0 end-0 w-full max-w-[460px] border-s",
};

/** What Dialog and Sheet are, fetched when one is opened. */
export function DialogLayer(props: DialogProps & { look: "dialog" | "sheet" }) {
  const { open, onOpenChange, title, description, footer, look, children } = props;
  const focus = useDialogFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrimClass} />
        <Radix.Content
          {...focus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed z-50 flex flex-col border-hairline bg-card shadow-overlay outline-none",
            looks[look],
            look === "sheet" ? "animate-drawer-end" : "animate-rise",
            look === "dialog" && (props.wide ? "max-w-3xl" : "max-w-md"),
          )}
        >
          <Header title={title} description={description} />
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

function Header({ title, description }: { title: ReactNode; description: ReactNode }) {
  return (
    <header className="flex items-start gap-3 px-5 pt-4 pb-3">
      <div className="min-w-0 grow pt-1">
        <Radix.Title className="text-section">{title}</Radix.Title>
        {description && (
          <Radix.Description className="mt-0.5 text-table text-muted">
            {description}
          </Radix.Description>
        )}
      </div>
      <Radix.Close asChild>
        <IconButton label={commonText.close} icon={<X />} tooltip={false} className="-me-2" />
      </Radix.Close>
    </header>
  );
}
