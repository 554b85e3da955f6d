/** What lies over the page while a dialog is open. */
export const scrimClass = "fixed inset-0 z-40 animate-fade bg-scrim";
/** The skin of menus and popovers. */
export const floatClass =
  "z-50 animate-rise rounded-card border border-hairline bg-card shadow-overlay";
