import { create } from "zustand";
import { persist } from "zustand/middleware";
import { zoneOf } from "@/store/zone";

export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";

interface Preferences {
  theme: Theme;
  density: Density;
  /** An IANA name, or "system" for the browser's own. */
  timeZone: string;
  hour12: boolean;
  reducedMotion: boolean;
  shortcuts: boolean;
  sidebarCollapsed: boolean;
}

interface UiState extends Preferences {
  set(patch: Partial<Preferences>): void;
}

function prefers12Hours(): boolean {
  return new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12 ?? false;
}

/** How this browser likes to see things: kept here, never sent. public/theme.js reads the same key. */
export const useUi = create<UiState>()(
  persist(
    (set) => ({
      theme: "system",
      density: "comfortable",
      timeZone: "system",
      hour12: prefers12Hours(),
      reducedMotion: false,
      shortcuts: true,
      sidebarCollapsed: false,
      set: (patch) => set(patch),
    }),
    { name: "user-dashboard.ui" },
  ),
);

/** The zone times are shown in, as an IANA name. */
export function useZone(): string {
  return useUi(({ timeZone }) => zoneOf(timeZone));
}
