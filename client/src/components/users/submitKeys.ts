import type { KeyboardEvent } from "react";
import { submitForm } from "@/components/common/submitForm";

/** Ctrl+Enter presses the form's button, wherever it stands. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  submitForm(event.currentTarget);
}
