/** What people do on pages, by the names they see. */

import { text } from "node:stream/consumers";
import type { Download, Page } from "playwright-core";
import { expect } from "vitest";
import { PATIENCE_MS } from "./patience.ts";
import type { Credentials } from "./service.ts";

export async function fillInSignIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Waits until the page with this title is there. */
export async function seePage(page: Page, title: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
}

export async function goTo(page: Page, name: string, title = name): Promise<void> {
  const navigation = page.getByRole("navigation", { name: "Main navigation" });
  await navigation.getByRole("link", { name, exact: true }).click();
  await seePage(page, title);
}

/** Types into the search box of a list that nothing filters yet, and waits for what it finds. */
export async function search(page: Page, box: string, text: string): Promise<void> {
  await page.getByRole("searchbox", { name: box }).fill(text);
  // The address knows of a filter a little sooner than the page.
  await page.getByRole("button", { name: "Clear filters" }).first().waitFor();
  await seeRowsOf(page, text);
}

/** Waits until a list is there that has no row without this text, nor any other on its way. */
export async function seeRowsOf(page: Page, text: string): Promise<void> {
  const rows = page.getByRole("main").locator("table:not([aria-busy]) > tbody > tr");
  const others = async () => (await rows.count()) - (await rows.filter({ hasText: text }).count());
  await rows.first().waitFor();
  await expect.poll(others).toBe(0);
}

/** Waits until nothing that opened over the page is left of it. */
export async function seeNoDialog(page: Page): Promise<void> {
  const open = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  await expect.poll(() => open.count()).toBe(0);
}

/** Waits until nothing loads. */
export async function seeAtRest(page: Page): Promise<void> {
  await expect.poll(() => page.locator("main [aria-busy=true]").count()).toBe(0);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** Waits until the status of the connection begins with these words, dialogs or not. */
export function seeConnection(page: Page, words: string): Promise<void> {
  const name = new RegExp(`^Connection: ${words}`);
  const status = page.getByRole("button", { name, includeHidden: true });
  return status.waitFor({ timeout: 2 * PATIENCE_MS });
}

export function seeLive(page: Page): Promise<void> {
  return seeConnection(page, "Live");
}

export function endedDialog(page: Page) {
  return page.getByRole("alertdialog", { name: "Your session has ended" });
}

export async function textOf(download: Download): Promise<string> {
  return text(await download.createReadStream());
}
