import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { Api } from "./support/api.ts";
import { seeLive, seeNoDialog, seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

/** Goes on with Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let steps = 0; steps < 80; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

describe("with the keyboard alone", () => {
  test("one signs in, makes an account, revokes a session and zooms a chart", async ({
    visit,
    admin,
  }) => {
    const person = await admin.newPerson({ role: "ADMIN" });
    const name = `Keys ${randomUUID().slice(0, 8)}`;
    const { page } = await visit("/login");
    await seePage(page, "Sign in");
    const keys = page.keyboard;
    await tabTo(page, page.getByLabel("E-mail"));
    await keys.type(person.email);
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await keys.type(person.password);
    await keys.press("Enter");
    await seePage(page, "Dashboard");
    await seeLive(page);

    await keys.press("g");
    await keys.press("u");
    await seePage(page, "Users");
    await tabTo(
      page,
      page
        .getByRole("main")
        .getByRole("link", { name: "New user" })
        .or(page.getByRole("main").getByRole("button", { name: "New user" })),
    );
    await keys.press("Enter");
    await tabTo(page, page.getByLabel("Name", { exact: true }));
    await keys.type(name);
    await keys.press("Tab");
    await keys.type(`${randomUUID()}@example.com`);
    await tabTo(page, page.getByRole("button", { name: "Generate a password" }));
    await keys.press("Enter");
    await keys.press("Control+Enter");
    await page.getByRole("row").filter({ hasText: name }).waitFor();
    await seeNoDialog(page);

    await Api.signIn(admin.url, person);
    await keys.press("g");
    await keys.press("s");
    await seePage(page, "My sessions");
    const revoke = page.getByRole("button", { name: /^Revoke / });
    await tabTo(page, revoke.first());
    await keys.press("Enter");
    await tabTo(page, page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }));
    await keys.press("Enter");
    await seeNoDialog(page);
    await expect.poll(() => revoke.count()).toBe(0);

    await keys.press("g");
    await keys.press("d");
    await seePage(page, "Dashboard");
    const chart = page.getByRole("slider", { name: /^Requests and errors/ });
    await tabTo(page, chart);
    const said = await chart.getAttribute("aria-valuetext");
    await keys.press("Home");
    await expect.poll(() => chart.getAttribute("aria-valuetext")).not.toBe(said);
    await keys.press("+");
    await expect.poll(() => page.url()).toContain("zoom=");
    await page.getByText("Viewing the past").waitFor();
    await keys.press("Escape");
    await expect.poll(() => page.url()).not.toContain("zoom=");
  });

  test("a phone's navigation opens, closes and gives the focus back", async ({ visit, admin }) => {
    const { page } = await visit("/sessions", {
      as: admin.credentials,
      viewport: { width: 375, height: 700 },
      hasTouch: true,
    });
    const open = page.getByRole("button", { name: "Open navigation" });
    await open.tap();
    const drawer = page.getByRole("dialog", { name: "User Dashboard" });
    await drawer.getByRole("link", { name: "Settings" }).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
    await expect
      .poll(() => open.evaluate((element) => element === document.activeElement))
      .toBe(true);
    await open.tap();
    await drawer.getByRole("link", { name: "Settings" }).tap();
    await seePage(page, "Settings");
    await drawer.waitFor({ state: "hidden" });
  });
});
