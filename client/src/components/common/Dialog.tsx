import type { ReactNode } from "react";
import { lazyLayer } from "@/components/common/lazyLayer";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, at the end and always in view. */
  footer?: ReactNode;
  /** For more than a form. */
  wide?: boolean | undefined;
  children?: ReactNode;
}

export const DialogFrame = lazyLayer(() =>
  import("@/components/common/DialogLayer").then((code) => code.DialogLayer),
);

/** Traps focus, gives it back, closes with Esc. */
export function Dialog(props: DialogProps) {
  return <DialogFrame {...props} look="dialog" />;
}
