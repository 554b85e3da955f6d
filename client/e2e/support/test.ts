/** `test`, with the service, an administrator's API, and as many browsers as a test opens. */

import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { test as base, expect, inject } from "vitest";
import { Api } from "./api.ts";
import { Complaints } from "./complaints.ts";
import { PATIENCE_MS } from "./patience.ts";
import type { Credentials } from "./service.ts";
import { type StorageState, storageOf } from "./storage.ts";

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Not to be held against the page: the test brings it about. */
  allow(...complaints: RegExp[]): void;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Signed in as; nobody unless given. */
  as?: Credentials;
  /** Another service than the one all tests share. */
  url?: string;
}

interface Fixtures {
  browser: Browser;
  /** An administrator of the service that all tests share. */
  admin: Api;
  /** A browser of its own, with its own cookies and storage, at the given path; or at none yet. */
  visit(path: string | null, options?: VisitOptions): Promise<Visit>;
}

export const test = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names from the pattern
    async ({}, use) => {
      const browser = await chromium.connect(inject("browser"));
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above
  admin: async ({}, use) => use(new Api(inject("admin"))),
  visit: async ({ browser, admin, task }, use) => {
    const open: { context: BrowserContext; complaints: Complaints }[] = [];
    await use(async (path, options = {}) => {
      const { as, url: origin = admin.url, ...rest } = options;
      const context = await browser.newContext({
        baseURL: origin,
        locale: "en-GB",
        timezoneId: "UTC",
        viewport: { width: 1440, height: 900 },
        ...(as && { storageState: await stateOf(origin, as) }),
        ...rest,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const complaints = new Complaints(context, origin);
      open.push({ context, complaints });
      const page = await context.newPage();
      if (path !== null) await page.goto(path);
      return { page, context, allow: (...patterns) => complaints.allow(...patterns) };
    });
    if (task.result?.state === "fail") await picture(task.name, open);
    const complaints = open.flatMap((one) => one.complaints.all);
    await Promise.all(open.map(({ context }) => context.close()));
    expect(complaints, "complaints of the browser").toEqual([]);
  },
});

/** One session will do for the administrator of all tests: people may have twenty. */
async function stateOf(origin: string, as: Credentials): Promise<StorageState> {
  const shared = inject("admin");
  const isShared = origin === shared.url && as.email === shared.credentials.email;
  return isShared ? inject("storage") : await storageOf(origin, as);
}

/** Left behind by a failed test, to be looked at. */
async function picture(test: string, open: { context: BrowserContext }[]): Promise<void> {
  const name = test.replace(/\W+/g, "-");
  const pages = open.flatMap(({ context }) => context.pages());
  await Promise.all(
    pages.map((page, i) => page.screenshot({ path: `e2e/failures/${name}-${i}.png` })),
  );
}
