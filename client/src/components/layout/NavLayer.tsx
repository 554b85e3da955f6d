import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { IconButton } from "@/components/common/IconButton";
import { scrimClass } from "@/components/common/overlayClass";
import { useDialogFocus } from "@/components/common/useDialogFocus";
import { Logo } from "@/components/layout/Logo";
import { NavLinks } from "@/components/layout/NavLinks";
import { commonText } from "@/messages/common";
import { shellText } from "@/messages/shell";

interface NavLayerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The drawer itself: a titled dialog with a close button. */
export function NavLayer({ open, onOpenChange }: NavLayerProps) {
  const focus = useDialogFocus();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimClass} />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-y-0 start-0 z-50 flex w-64 max-w-[85vw] animate-drawer-start flex-col border-e border-hairline bg-card shadow-overlay outline-none"
        >
          <header className="flex h-(--topbar) items-center gap-2.5 ps-4 pe-2">
            <Logo />
            <Dialog.Title className="grow truncate font-semibold">
              {commonText.appName}
            </Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={commonText.close} icon={<X />} tooltip={false} />
            </Dialog.Close>
          </header>
          <nav aria-label={shellText.navigation} className="grow overflow-y-auto p-2">
            <NavLinks onNavigate={() => onOpenChange(false)} />
          </nav>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
