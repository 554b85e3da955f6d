import { expect } from "vitest";
import { seeLive } from "./support/pages.ts";
import { test } from "./support/test.ts";

test("a notification arrives live, is read in all tabs at once, and stays read", async ({
  visit,
  admin,
}) => {
  const person = await admin.newPerson();
  const { page, context } = await visit("/settings", { as: person });
  const other = await context.newPage();
  await other.goto("/me");
  const bells = [page, other].map((tab) => tab.getByRole("button", { name: /^Notifications/ }));
  for (const tab of [page, other]) {
    await seeLive(tab);
  }
  await admin.notify(person.id, "The report is ready");
  for (const bell of bells) {
    await expect.poll(() => bell.getAttribute("aria-label")).toBe("Notifications, 1 unread");
  }
  await bells[0]?.click();
  await page.getByRole("button", { name: "Mark read: The report is ready" }).click();
  await page.keyboard.press("Escape");
  for (const bell of bells) {
    await expect.poll(() => bell.getAttribute("aria-label")).toBe("Notifications");
  }
  await other.reload();
  await other.getByRole("button", { name: "Notifications", exact: true }).click();
  await other.getByRole("dialog").getByText("The report is ready").waitFor();
  await other.getByText("All read").waitFor();
});
