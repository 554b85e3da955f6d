import { useEffect, useRef } from "react";
import { useBlocker } from "react-router-dom";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";
import { formText } from "@/messages/users";

/** State of a navigation that leaves a form because it was saved. */
export const SAVED = { saved: true } as const;

/** Asks before a navigation, or the closing of the tab, takes unsaved words away. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);

  const blocker = useBlocker(({ nextLocation }) => dirty && nextLocation.state?.saved !== true);
  const leaving = useRef(false);

  function onOpenChange(open: boolean) {
    // The dialog closes after a "yes" as well: taking that back would block anew.
    if (!open && !leaving.current) blocker.reset?.();
    leaving.current = false;
  }

  function discard() {
    leaving.current = true;
    blocker.proceed?.();
  }

  return (
    <ConfirmDialog
      open={blocker.state === "blocked"}
      onOpenChange={onOpenChange}
      title={formText.discardTitle}
      body={formText.discardBody}
      confirmLabel={formText.discard}
      danger
      local
      onConfirm={discard}
    />
  );
}
