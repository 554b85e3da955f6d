/** What people do on pages, by the names they see. */

import { text } from "node:stream/consumers";
import type { Download, Page } from "playwright-core";
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

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** Waits until the status of the connection begins with these words, dialogs or not. */
export function seeConnection(page: Page, words: string): Promise<void> {
  const name = new RegExp(`^Connection: ${words}`);
  return page.getByRole("button", { name, includeHidden: true }).waitFor({ timeout: 30_000 });
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
