import { create } from "zustand";

interface DashboardState {
  /** Everything on the dashboard stands still until resumed. Never kept: a reload is live. */
  paused: boolean;
  /** Somebody asked for everything anew, and some of it is on its way. */
  refreshing: boolean;
  /** Where the crosshair of all charts stands, ms. */
  cursorAt: number | null;
  /** Whether the range picker is open. */
  choosing: boolean;
  togglePaused(): void;
  set(patch: Partial<Pick<DashboardState, "refreshing" | "cursorAt" | "choosing">>): void;
}

export const useDashboard = create<DashboardState>()((set) => ({
  paused: false,
  refreshing: false,
  cursorAt: null,
  choosing: false,
  togglePaused: () => set((state) => ({ paused: !state.paused })),
  set: (patch) => set(patch),
}));
