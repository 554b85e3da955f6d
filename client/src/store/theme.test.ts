import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchTheme } from "@/store/theme";
import { useUi } from "@/store/ui";

const beforePaint = readFileSync("public/theme.js", "utf8");
const root = document.documentElement;
let systemDark = false;
let systemChanged: () => void = () => {};
let stop: () => void = () => {};

beforeEach(() => {
  systemDark = false;
  const query = (media: string) => ({
    media,
    matches: media.includes("dark") && systemDark,
    addEventListener: (_: string, listener: () => void) => {
      systemChanged = listener;
    },
    removeEventListener: () => {},
  });
  vi.stubGlobal("matchMedia", query);
  useUi.setState({ theme: "system", density: "comfortable", reducedMotion: false });
  stop = watchTheme();
});

afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

test("the system's switch is followed until somebody chooses", () => {
  systemDark = true;
  systemChanged();
  expect(root.dataset.theme).toBe("dark");
  useUi.getState().set({ theme: "light" });
  systemChanged();
  expect(root.dataset.theme).toBe("light");
});

test.each([
  { theme: "dark", density: "compact", reducedMotion: true },
  { theme: "light", density: "comfortable", reducedMotion: false },
  { theme: "system", density: "comfortable", reducedMotion: false },
] as const)("before the first paint the page looks as it will after: %o", (chosen) => {
  systemDark = true;
  useUi.getState().set(chosen);
  const after = { ...root.dataset };
  for (const name of Object.keys(after)) delete root.dataset[name];
  new Function(beforePaint)();
  expect({ ...root.dataset }).toEqual(after);
});
