const english = new Intl.PluralRules("en");

/** `plural(3, {one: "1 user", other: "3 users"})`, by the rules of the language. */
export function plural(n: number, forms: { one: string; other: string }): string {
  return english.select(n) === "one" ? forms.one : forms.other;
}

/** Words every area shares. */
export const commonText = {
  appName: "User Dashboard",
  ago: (amount: string) => `${amount} ago`,
  cancel: "Cancel",
  close: "Close",
  clearFilters: "Clear filters",
  confirm: "Confirm",
  copied: "Copied",
  copy: "Copy",
  copyRequestId: "Copy request ID",
  delete: "Delete",
  inTime: (amount: string) => `in ${amount}`,
  loading: "Loading",
  menu: "More actions",
  never: "Never",
  next: "Next",
  none: "None",
  now: "now",
  offline: "Offline",
  online: "Online",
  previous: "Previous",
  refreshing: "Refreshing",
  requestId: "Request ID",
  required: "required",
  retry: "Retry",
  save: "Save",
  saved: "Saved",
  saving: "Saving…",
  search: "Search",
  showPassword: "Show password",
  hidePassword: "Hide password",
  capsLock: "Caps Lock is on",
  somethingFailed: "Something went wrong. Please try again.",
  sortBy: (column: string) => `Sort by ${column}`,
  typeToConfirm: (word: string) => `Type ${word} to confirm`,
  afterwards: "then",
  updated: "Updated",
  partial: (parts: string) => `Could not load: ${parts}`,
  partialBadge: "Incomplete",
  more: (n: number) => `+${n}`,
  morePeople: (n: number) => `${n} more ${plural(n, { one: "person", other: "people" })}`,
  notifications: "Notifications",
} as const;
