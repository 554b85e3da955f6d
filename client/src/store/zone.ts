export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** An IANA name for what the settings say, where "system" is the browser's own. */
export function zoneOf(setting: string): string {
  return setting === "system" ? browserZone() : setting;
}
