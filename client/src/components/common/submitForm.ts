/** As its button would: what keeps that from being pressed keeps the form from being sent. */
export function submitForm(form: HTMLFormElement | null | undefined): void {
  const isSubmit = (control: Element) =>
    control instanceof HTMLButtonElement && control.type === "submit";
  const button = [...(form?.elements ?? [])].find(isSubmit);
  if (button instanceof HTMLButtonElement) button.click();
}
