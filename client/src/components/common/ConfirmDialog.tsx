import type { ReactNode } from "react";
import { lazyLayer } from "@/components/common/lazyLayer";

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  body: ReactNode;
  confirmLabel: string;
  danger?: boolean | undefined;
  /** A word that must be typed first, such as the e-mail of who is to be deleted. */
  typed?: string | undefined;
  /** Nothing is sent: it can be done offline. */
  local?: boolean | undefined;
  /** Given a promise, waits: closes when it is kept, shows its error when not. */
  onConfirm: () => unknown;
}

/** Asks before something that cannot be taken back. */
export const ConfirmDialog = lazyLayer<ConfirmDialogProps>(() =>
  import("@/components/common/ConfirmLayer").then((code) => code.ConfirmLayer),
);
