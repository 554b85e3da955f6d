/** The system's Chromium; playwright-core brings none. */

import { existsSync } from "node:fs";
import { type BrowserServer, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Whatever a page asks of the internet fails at once; that it asks is noticed besides.
const NO_INTERNET = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
// Two pages of its address bar, which Chromium draws for every window, cost as much as one of ours.
// It heeds the last such list only: the others are those that Playwright names.
const NO_FEATURES = `--disable-features=${[
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
]}`;
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  return named ?? PLACES.find((path) => existsSync(path));
}

export function startChromium(executablePath: string): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath, args: [NO_INTERNET, NO_FEATURES, ...asRoot] });
}
