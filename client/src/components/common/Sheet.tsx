import { DialogFrame, type DialogProps } from "@/components/common/Dialog";

/** A dialog along the end edge, for forms and lists beside the page. */
export function Sheet(props: DialogProps) {
  return <DialogFrame {...props} look="sheet" />;
}
