import { describe, expect } from "vitest";
import { Api } from "./support/api.ts";
import {
  endedDialog,
  fillInSignIn,
  seeAtRest,
  seeLive,
  seePage,
  signOut,
} from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("signing in", () => {
  test("a wrong password is told without saying which part was wrong", async ({ visit, admin }) => {
    const { page, allow } = await visit("/login");
    allow(/401/);
    await fillInSignIn(page, { email: admin.user.email, password: "not-the-password" });
    const known = await page.getByRole("alert").innerText();
    const password = page.getByLabel("Password", { exact: true });
    await expect.poll(() => password.inputValue()).toBe("");
    await fillInSignIn(page, { email: "nobody@example.com", password: "not-the-password" });
    await expect.poll(() => password.inputValue()).toBe("");
    expect(await page.getByRole("alert").innerText()).toBe(known);
    expect(known).toBe("E-mail or password is wrong.");
  });

  test("leads to the page that was asked for, lasts over a reload, ends in all tabs", async ({
    visit,
    admin,
  }) => {
    const { page, context } = await visit("/settings?from=a-link");
    await fillInSignIn(page, await admin.newPerson());
    await seePage(page, "Settings");
    expect(page.url()).toContain("/settings?from=a-link");
    await page.reload();
    await seePage(page, "Settings");
    const other = await context.newPage();
    await other.goto("/me");
    await other.getByRole("tab", { name: "Overview" }).waitFor();
    // What is asked while the session ends is refused, and browsers complain of it.
    for (const tab of [page, other]) {
      await seeLive(tab);
      await seeAtRest(tab);
    }
    await signOut(page);
    await seePage(page, "Sign in");
    await seePage(other, "Sign in");
    await other.goto("/me");
    await seePage(other, "Sign in");
  });
});

describe("a session", () => {
  test("whose token is refused is refreshed once, by all tabs and queries together", async ({
    visit,
    admin,
  }) => {
    const { page, context, allow } = await visit("/login", { as: await admin.newPerson() });
    allow(/401/, /favicon\.ico/);
    const other = await context.newPage();
    await Promise.all([seePage(page, "Dashboard"), other.goto("/favicon.svg")]);
    await page.goto("/favicon.svg");
    await page.evaluate(() => {
      const stored = JSON.parse(localStorage.getItem("user-dashboard.auth") ?? "");
      stored.state.token = `${stored.state.token}x`;
      localStorage.setItem("user-dashboard.auth", JSON.stringify(stored));
    });
    const refreshes: string[] = [];
    context.on("request", (request) => {
      if (request.url().endsWith("/auth/refresh")) refreshes.push(request.url());
    });
    await Promise.all([page.goto("/"), other.goto("/sessions")]);
    await seeLive(page);
    await other.getByText("This device", { exact: true }).waitFor();
    expect(refreshes).toHaveLength(1);
  });

  test("that is ended keeps what was typed until its owner is back", async ({ visit, admin }) => {
    const person = await admin.newPerson({ role: "ADMIN" });
    const { page, allow } = await visit("/users/new", { as: person });
    allow(/401/);
    await page.getByLabel("Name", { exact: true }).fill("Half A Name");
    await seeLive(page);
    const elsewhere = await Api.signIn(admin.url, person);
    await elsewhere.ask("mutation { logout(everywhere: true) }");
    const dialog = endedDialog(page);
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half A Name");
  });

  test("ends on other devices with a new password, and the old one is refused", async ({
    visit,
    admin,
  }) => {
    const person = await admin.newPerson();
    const here = await visit("/settings", { as: person });
    const there = await visit("/sessions", { as: person });
    there.allow(/401/);
    await seeLive(there.page);
    await here.page.getByLabel("Current password").fill(person.password);
    await here.page.getByLabel("New password").fill("quite-another-one");
    await here.page.getByRole("button", { name: "Change password" }).click();
    await here.page.getByText("Password changed.").waitFor();
    await endedDialog(there.page).waitFor();
    await expect(Api.signIn(admin.url, person)).rejects.toThrow("INVALID_CREDENTIALS");
    await here.page.reload();
    await seePage(here.page, "Settings");
  });
});
