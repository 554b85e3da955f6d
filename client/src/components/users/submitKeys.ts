import type { KeyboardEvent } from "react";

/** Ctrl+Enter presses the form's button, wherever it stands: the same path, as closed as it is. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const button = [...event.currentTarget.elements].find(
    (one): one is HTMLButtonElement => one instanceof HTMLButtonElement && one.type === "submit",
  );
  button?.click();
}
