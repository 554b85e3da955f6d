import { useRef } from "react";

const CONTROLS = "[data-autofocus], input:not([hidden], [type=checkbox], [type=radio]), textarea";

/**
 * Focus of a dialog that its owner opens: the library gives it back to a trigger alone, and ours
 * have none. Back it goes to what had it before, or to the heading when that is gone.
 */
export function useDialogFocus({ first = true }: { first?: boolean } = {}) {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus(event: Event) {
      const { activeElement } = document;
      opener.current = activeElement instanceof HTMLElement ? activeElement : null;
      if (first) focusFirst(event);
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      // Where a link in it led has focus already.
      if (document.activeElement !== document.body) return;
      const heading = document.querySelector<HTMLElement>("h1[tabindex]");
      (opener.current?.isConnected ? opener.current : heading)?.focus({ preventScroll: true });
    },
  };
}

/**
 * Its first field, else the dialog itself, whose title is then read. On touch screens always the
 * dialog: a keyboard sliding in would hide what it asks.
 */
function focusFirst(event: Event): void {
  const dialog = event.currentTarget;
  if (!(dialog instanceof HTMLElement)) return;
  event.preventDefault();
  const touch = window.matchMedia("(pointer: coarse)").matches;
  const control = touch ? null : dialog.querySelector<HTMLElement>(CONTROLS);
  (control ?? dialog).focus();
}
