import { describe, expect } from "vitest";
import { Api } from "./support/api.ts";
import { seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("who is no administrator", () => {
  test("is led to nothing that administrators do", async ({ visit, admin }) => {
    const { page } = await visit("/", { as: await admin.newPerson() });
    await page.getByRole("log", { name: "Live activity, newest first" }).waitFor();
    const names = await page
      .getByRole("navigation", { name: "Main navigation" })
      .getByRole("link")
      .allInnerTexts();
    expect(names).not.toContain("Users");
    expect(names).not.toContain("API keys");
    await page.keyboard.press("Control+k");
    const offered = page.getByRole("dialog").getByRole("option");
    await offered.filter({ hasText: "My sessions" }).waitFor();
    expect(await offered.filter({ hasText: "New user" }).count()).toBe(0);
    expect(await offered.filter({ hasText: "API keys" }).count()).toBe(0);
  });

  test("is told so where administrators go, inside the shell", async ({ visit, admin }) => {
    const { page } = await visit(null, { as: await admin.newPerson() });
    for (const path of ["/users", "/users/new", "/api-keys"]) {
      await page.goto(path);
      await seePage(page, "Not allowed");
      await page.getByRole("navigation", { name: "Main navigation" }).waitFor();
    }
  });

  test("is refused by the API itself", async ({ admin }) => {
    const member = await Api.signIn(admin.url, await admin.newPerson());
    await expect(member.ask("{ users { totalCount } }")).rejects.toThrow("FORBIDDEN");
  });
});
