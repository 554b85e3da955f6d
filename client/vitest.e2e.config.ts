import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { findChromium } from "./e2e/support/chromium.ts";
import { PATIENCE_MS } from "./e2e/support/patience.ts";

const alias = { "@": fileURLToPath(new URL("./src", import.meta.url)) };

/** What all of them need: the real service and a real browser. */
function project(
  name: string,
  include: string,
  testTimeout: number,
): TestProjectInlineConfiguration {
  return {
    resolve: { alias },
    test: {
      name,
      include: [include],
      environment: "node",
      globalSetup: ["e2e/support/run.ts"],
      testTimeout,
      hookTimeout: 120_000,
      // Loading Playwright for every file anew would cost more than some of them take.
      isolate: false,
      expect: { poll: { timeout: PATIENCE_MS, interval: 50 } },
    },
  };
}

if (!findChromium()) {
  const words = "There is no Chromium: install it, or name it in CHROMIUM";
  if (process.env.CI) throw new Error(words);
  console.warn(`${words}. What needs it is skipped.`);
  process.exit();
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("e2e", "e2e/*.e2e.ts", 240_000),
      project("soak", "e2e/soak/*.soak.ts", 2 * 3_600_000),
      project("screenshots", "e2e/screenshots/*.shots.ts", 600_000),
    ],
  },
});
