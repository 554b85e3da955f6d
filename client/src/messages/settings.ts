import { plural } from "@/messages/common";

/** Words of the settings page. */
export const settingsText = {
  title: "Settings",
  saved: "Saved on this device",
  appearance: {
    title: "Appearance",
    theme: "Theme",
    system: "System",
    light: "Light",
    dark: "Dark",
    density: "Density",
    comfortable: "Comfortable",
    compact: "Compact",
    motion: "Reduce motion",
    motionHint: "No fades and slides, whatever the system is set to.",
  },
  time: {
    title: "Time",
    zone: "Time zone",
    zoneHint: (example: string) => `Now it is ${example}. Everything is stored in UTC.`,
    zoneSystem: (zone: string) => `System (${zone})`,
    clock: "Clock",
    hours24: "24 hours",
    hours12: "12 hours",
  },
  keyboard: {
    title: "Keyboard",
    shortcuts: "Character shortcuts",
    shortcutsHint:
      "Keys such as / and g d. Switch off for speech control, or when keys are pressed by accident. Shift+? lists them.",
  },
  password: {
    title: "Password",
    intro: "Changing it signs you out everywhere else.",
    current: "Current password",
    currentMissing: "Enter your current password.",
    next: "New password",
    nextHint: (min: number) => `At least ${min} characters. A few unrelated words are best.`,
    tooShort: (missing: number) =>
      `${missing} more ${plural(missing, { one: "character", other: "characters" })} needed`,
    tooLong: (max: number) => `At most ${max} characters.`,
    same: "Choose one that differs from the current password.",
    submit: "Change password",
    changed: "Password changed. Your other sessions are signed out.",
    strength: (word: string) => `Strength: ${word}`,
    words: { weak: "weak", fair: "fair", strong: "strong" },
  },
} as const;
