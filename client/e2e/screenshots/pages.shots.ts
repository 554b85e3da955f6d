/** `make screenshots`: every page in both themes, on a desk and on a phone. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { Api } from "../support/api.ts";
import { seeLive, seePage } from "../support/pages.ts";
import { webp } from "../support/pictures.ts";
import { ROOT } from "../support/service.ts";
import { test } from "../support/test.ts";

const ALL = join(ROOT, "client/screenshots");
const KEPT = join(ROOT, "docs/images");
// What a README may carry.
const KEPT_BYTES = 150_000;
const SIZES = { 1440: 900, 375: 812 } as const;

type Shot = [name: string, path: string, title: string, act?: (page: Page) => Promise<void>];

const key = (stroke: string) => (page: Page) => page.keyboard.press(stroke);
const SHOTS: Shot[] = [
  ["dashboard", "/", "Dashboard"],
  ["dashboard-past", "/?range=7d&compare=week&show=response", "Dashboard"],
  ["users", "/users", "Users"],
  ["user-new", "/users/new", "Users"],
  ["profile", "/me", "Dana Whitfield"],
  ["sessions", "/sessions", "My sessions"],
  ["audit", "/audit", "Audit log"],
  ["api-keys", "/api-keys", "API keys"],
  ["settings", "/settings", "Settings"],
  ["explorer", "/explorer", "API explorer"],
  ["not-found", "/no-such-page", "Page not found"],
  ["palette", "/settings", "Settings", key("Control+k")],
  ["shortcuts", "/settings", "Settings", key("Shift+?")],
  [
    "notifications",
    "/sessions",
    "My sessions",
    (page) => page.getByRole("button", { name: /^Notifications/ }).click(),
  ],
];

async function settle(page: Page): Promise<void> {
  await expect.poll(() => page.locator("main [aria-busy=true]").count()).toBe(0);
  await page.evaluate(() => document.fonts.ready);
  // Who is online comes one by one.
  const online = page.getByRole("region", { name: /^Online/ });
  if ((await online.count()) > 0) await online.getByRole("listitem").nth(1).waitFor();
}

/** What a workspace that was just made has none of. */
async function somethingToSee(admin: Api): Promise<void> {
  const { apiKeys } = await admin.ask<{ apiKeys: unknown[] }>("{ apiKeys { id } }");
  if (apiKeys.length > 0) return;
  for (const name of ["Nightly backup", "Web shop"])
    await admin.ask("mutation ($name: String!) { createApiKey(name: $name) { apiKey { id } } }", {
      name,
    });
  await admin.notify(admin.user.id, "The weekly report is ready", "/audit");
  await admin.notify(admin.user.id, "Response times have been above 250 ms for 10 minutes");
}

async function take(page: Page, name: string, fullPage = true): Promise<void> {
  await page.screenshot({ path: join(ALL, `${name}.png`), fullPage });
}

describe.for(["light", "dark"] as const)("%s", (colorScheme) => {
  test.for([1440, 375] as const)("%i px wide", async (width, { visit, admin }) => {
    await mkdir(ALL, { recursive: true });
    const options = {
      colorScheme,
      viewport: { width, height: SIZES[width] },
      reducedMotion: "reduce",
    } as const;
    const suffix = `${colorScheme}-${width}`;
    await somethingToSee(admin);
    const signIn = await visit("/login", options);
    await seePage(signIn.page, "Sign in");
    await take(signIn.page, `sign-in-${suffix}`);
    const { page, allow } = await visit("/", { as: admin.credentials, ...options });
    allow(/404/);
    for (const [name, path, title, act] of SHOTS) {
      await page.goto(path);
      await seePage(page, title).catch(() => page.getByRole("dialog").waitFor());
      await seeLive(page);
      await settle(page);
      if (act) {
        await act(page);
        await page.getByRole("dialog").waitFor();
      }
      await take(page, `${name}-${suffix}`, !act);
    }
  });

  test("kept for the README", async ({ visit, admin }) => {
    await mkdir(KEPT, { recursive: true });
    const { page, context } = await visit("/?metric=shop.orders", {
      as: admin.credentials,
      colorScheme,
      viewport: { width: 1280, height: 800 },
    });
    await seeLive(page);
    await settle(page);
    const picture = await webp(context, await page.screenshot());
    expect(picture.length).toBeLessThan(KEPT_BYTES);
    await writeFile(join(KEPT, `dashboard-${colorScheme}.webp`), picture);
  });
});
