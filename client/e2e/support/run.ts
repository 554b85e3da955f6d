/** Before the first test: a browser, and a service with people and figures in it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { Api, type Pass } from "./api.ts";
import { findChromium, startChromium } from "./chromium.ts";
import { ROOT, Service } from "./service.ts";
import { type StorageState, storageOf } from "./storage.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the browser is spoken to. */
    browser: string;
    admin: Pass;
    /** What a browser of the administrator keeps. */
    storage: StorageState;
  }
}

export default async function run(project: TestProject): Promise<() => Promise<void>> {
  const path = findChromium();
  if (path === undefined) throw new Error("There is no Chromium");
  if (!existsSync(join(ROOT, "client/dist/index.html"))) {
    throw new Error("The web client is not built: run `make client`");
  }
  const service = await Service.start("--demo");
  const browser = await startChromium(path);
  project.provide("browser", browser.wsEndpoint());
  project.provide("admin", (await Api.signIn(service.url, service.admin)).pass);
  project.provide("storage", await storageOf(service.url, service.admin));
  return async () => {
    await Promise.all([browser.close(), service.stop()]);
  };
}
