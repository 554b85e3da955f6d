import { describe, expect } from "vitest";
import { endedDialog, seeLive, seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("my sessions", () => {
  test("a sign-in elsewhere appears live, and revoking it signs it out at once", async ({
    visit,
    admin,
  }) => {
    const person = await admin.newPerson();
    const { page } = await visit("/sessions", { as: person });
    await page.getByText("This device", { exact: true }).waitFor();
    await seeLive(page);

    const other = await visit("/me", { as: person });
    other.allow(/401/);
    await seeLive(other.page);
    const revoke = page.getByRole("button", { name: /^Revoke / });
    await expect.poll(() => revoke.count()).toBe(1);

    await revoke.click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
    await endedDialog(other.page).waitFor();
    await expect.poll(() => revoke.count()).toBe(0);
  });

  test("everywhere else is signed out together, and this device stays", async ({
    visit,
    admin,
  }) => {
    const person = await admin.newPerson();
    const others = [await visit("/me", { as: person }), await visit("/sessions", { as: person })];
    for (const { page, allow } of others) {
      allow(/401/);
      await seeLive(page);
    }
    const { page } = await visit("/sessions", { as: person });
    const everywhere = { name: "Sign out everywhere else" };
    await expect.poll(() => page.getByRole("button", { name: /^Revoke / }).count()).toBe(2);
    await page.getByRole("button", everywhere).click();
    await page.getByRole("alertdialog").getByRole("button", everywhere).click();
    for (const other of others) await endedDialog(other.page).waitFor();
    await page.reload();
    await seePage(page, "My sessions");
  });
});
