import { useEffect } from "react";

/** Closes what floats when something else is pressed or given focus; Esc gives focus back to its anchor. */
export function useDismiss(
  box: { current: HTMLElement | null },
  anchor: HTMLElement,
  onClose: () => void,
): void {
  useEffect(() => {
    const inside = ({ target }: Event) =>
      target instanceof Node && (box.current?.contains(target) || anchor.contains(target));
    const onOutside = (event: Event) => {
      if (!inside(event)) onClose();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // The topmost layer alone: a dialog below stays, and so does the chart's zoom.
      event.preventDefault();
      event.stopPropagation();
      anchor.focus();
      onClose();
    };
    document.addEventListener("pointerdown", onOutside, true);
    document.addEventListener("focusin", onOutside);
    window.addEventListener("keydown", onKeyDown, true);
    return () => {
      document.removeEventListener("pointerdown", onOutside, true);
      document.removeEventListener("focusin", onOutside);
      window.removeEventListener("keydown", onKeyDown, true);
    };
  }, [box, anchor, onClose]);
}
