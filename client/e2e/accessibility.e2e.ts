import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violations } from "./support/axe.ts";
import { goTo, seeAtRest, seeNoDialog, seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

const PAGES = [
  "Dashboard",
  "Users",
  "My sessions",
  "Audit log",
  "API keys",
  "Settings",
  "API explorer",
];
const ELSEWHERE = { "/me": "Dana Whitfield", "/no-such-page": "Page not found" };
const STILL = { reducedMotion: "reduce", colorScheme: "light" } as const;

/** Waits until nothing loads and nothing fades. */
async function settle(page: Page): Promise<void> {
  await seeAtRest(page);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
}

/** All that is wrong in both themes, on a desk and on a small phone. */
async function wrong(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await settle(page);
    found.push(...(await violations(page)));
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (scrolls > 0) found.push(`${scrolls} px too wide`);
  }
  // Nothing but colours differs in the dark.
  await page.emulateMedia({ ...STILL, colorScheme: "dark" });
  await settle(page);
  found.push(...(await violations(page, "color-contrast")).map((one) => `dark, ${one}`));
  await page.emulateMedia(STILL);
  return found;
}

test("every page is accessible and fits, in both themes, on desks and phones", async ({
  visit,
  admin,
}) => {
  const { page } = await visit("/login", STILL);
  await seePage(page, "Sign in");
  const found = { "/login": await wrong(page) } as Record<string, string[]>;
  const { page: inside } = await visit("/", { as: admin.credentials, ...STILL });
  for (const name of PAGES) {
    await goTo(inside, name);
    found[name] = await wrong(inside);
  }
  for (const [path, title] of Object.entries(ELSEWHERE)) {
    await inside.goto(path);
    await seePage(inside, title);
    found[path] = await wrong(inside);
  }
  expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([]);
});

test("every dialog is accessible, in both themes, on desks and phones", async ({
  visit,
  admin,
}) => {
  const { email } = await admin.newPerson();
  const path = `/users/new?search=${email}`;
  const { page } = await visit(path, { as: admin.credentials, ...STILL });
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    await page.getByRole("dialog").or(page.getByRole("alertdialog")).first().waitFor();
    found[name] = await wrong(page);
    await page.keyboard.press("Escape");
    await seeNoDialog(page);
  };
  await look("New user");
  await seePage(page, "Users");
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await look("Delete");
  await page.getByRole("button", { name: /^Notifications/ }).click();
  await look("Notifications");
  await page.keyboard.press("Control+k");
  await look("Palette");
  await page.keyboard.press("Shift+?");
  await look("Shortcuts");
  expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([]);
});

test("axe would have found what is wrong", async ({ visit }) => {
  const { page } = await visit("/login", STILL);
  await seePage(page, "Sign in");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<img src="/favicon.svg"><input>');
  });
  const rules = (await violations(page)).map((one) => one.split(":")[0]);
  expect(rules).toEqual(expect.arrayContaining(["image-alt", "label"]));
});
