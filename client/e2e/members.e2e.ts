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
    await page.getByRole("dialog").getByRole("combobox").fill("user");
    expect(await page.getByRole("option", { name: "New user" }).count()).toBe(0);
  });

  test.for(["/users", "/users/new", "/api-keys"])(
    "is told so at %s, inside the shell",
    async (path, { visit, admin }) => {
      const { page } = await visit(path, { as: await admin.newPerson() });
      await seePage(page, "Not allowed");
      await page.getByRole("navigation", { name: "Main navigation" }).waitFor();
    },
  );

  test("is refused by the API itself", async ({ admin }) => {
    const member = await Api.signIn(admin.url, await admin.newPerson());
    await expect(member.ask("{ users { totalCount } }")).rejects.toThrow("FORBIDDEN");
  });
});
