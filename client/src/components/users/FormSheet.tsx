import type { ReactNode } from "react";
import { Button } from "@/components/common/Button";
import { Keys } from "@/components/common/Keys";
import { Sheet } from "@/components/common/Sheet";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { formText } from "@/messages/users";
import { UnsavedGuard } from "./UnsavedGuard";

interface FormSheetProps {
  title: string;
  description?: string | undefined;
  /** The form the button submits. */
  formId: string;
  submitLabel: string;
  busy: boolean;
  dirty: boolean;
  /** Why there is nothing to submit. */
  reason?: string | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A form at the edge of the page, which is not left with unsaved words in it by mistake. */
export function FormSheet(props: FormSheetProps) {
  const { title, description, formId, submitLabel, busy, dirty, reason, onClose } = props;
  const offline = useOfflineReason();
  return (
    <>
      <Sheet
        open
        onOpenChange={(open) => !open && onClose()}
        title={title}
        description={description}
        footer={
          <>
            <Button onClick={() => onClose()}>{formText.cancel}</Button>
            <Button
              type="submit"
              form={formId}
              variant="primary"
              busy={busy}
              reason={offline ?? reason}
            >
              {submitLabel}
              <span className="max-sm:hidden pointer-coarse:hidden">
                <Keys keys="mod+enter" inverted />
              </span>
            </Button>
          </>
        }
      >
        {props.children}
      </Sheet>
      <UnsavedGuard dirty={dirty} />
    </>
  );
}
