import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { hold } from "./support/hold.ts";
import { search, seeLive, seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await row(page, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await page.getByRole("menuitem", { name: action }).click();
}

describe("the list of users", () => {
  test("keeps its search, order and filters when one is opened, and over a reload", async ({
    visit,
    admin,
  }) => {
    const tag = `Zz${randomUUID().slice(0, 6)}`;
    for (const name of ["Carla", "Anna", "Berta"])
      await admin.newPerson({ name: `${tag} ${name}` });
    const { page } = await visit("/users", { as: admin.credentials });
    const names = () => page.getByRole("link", { name: tag }).allInnerTexts();
    await search(page, "Search users", tag);
    await expect.poll(names).toEqual([`${tag} Berta`, `${tag} Anna`, `${tag} Carla`]);
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
    const sorted = [`${tag} Anna`, `${tag} Berta`, `${tag} Carla`];
    await expect.poll(names).toEqual(sorted);
    await page.getByLabel("Role", { exact: true }).selectOption({ label: "Member" });
    await page.getByRole("link", { name: `${tag} Anna` }).click();
    await seePage(page, `${tag} Anna`);
    await page.goBack();
    await expect.poll(names).toEqual(sorted);
    await page.reload();
    await expect.poll(names).toEqual(sorted);
    expect(await page.getByRole("searchbox").inputValue()).toBe(tag);
    expect(await page.getByLabel("Role", { exact: true }).inputValue()).toBe("MEMBER");
    const name = page.getByRole("columnheader", { name: "Name" });
    expect(await name.getAttribute("aria-sort")).toBe("ascending");
  });

  test("is paged through to its end and back", async ({ visit, admin }) => {
    const tag = `Page${randomUUID().slice(0, 6)}`;
    const all = Array.from({ length: 27 }, (_, i) => `${tag} ${String(i).padStart(2, "0")}`);
    await Promise.all(all.map((name) => admin.newPerson({ name })));
    const { page, context } = await visit("/users", { as: admin.credentials });
    const next = page.getByRole("button", { name: "Next" });
    await expect.poll(() => next.isEnabled()).toBe(true);
    const answer = await hold(context, tag);
    // What is shown until then is of no filter, and its pages are none of this one's.
    const isNoPageOfIt = async () => {
      await expect.poll(() => next.isDisabled()).toBe(true);
      answer();
    };
    await Promise.all([search(page, "Search users", tag), isNoPageOfIt()]);
    await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
    const names = () => page.getByRole("link", { name: tag }).allInnerTexts();
    await expect.poll(names).toEqual(all.slice(0, 25));
    await next.click();
    await expect.poll(names).toEqual(all.slice(25));
    await page.getByRole("button", { name: "Previous" }).click();
    await expect.poll(names).toEqual(all.slice(0, 25));
  });
});

describe("an account", () => {
  test("is made, changed and deleted, and another administrator sees it live", async ({
    visit,
    admin,
  }) => {
    const unique = randomUUID().slice(0, 8);
    const [name, email] = [`Ada ${unique}`, `ada.${unique}@example.com`];
    const { page } = await visit("/users/new", { as: admin.credentials });
    const watcher = await visit("/users", {
      as: await admin.newPerson({ role: "ADMIN" }),
    });
    await seePage(watcher.page, "Users");
    await seeLive(watcher.page);

    await field(page, "Name").fill(name);
    await field(page, "E-mail").fill(email);
    await field(page, "Password").fill("tidal-lantern-quartz");
    await page.getByRole("button", { name: "Create user" }).click();
    await row(page, name).waitFor();
    await row(watcher.page, name).waitFor();

    await choose(page, name, "Edit");
    await field(page, "Name").fill(`${name} Byron`);
    await page.getByRole("button", { name: "Save changes" }).click();
    await row(page, `${name} Byron`).waitFor();
    await row(watcher.page, `${name} Byron`).waitFor();

    await choose(page, `${name} Byron`, "Delete");
    const dialog = page.getByRole("alertdialog");
    const remove = dialog.getByRole("button", { name: "Delete" });
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByLabel(`Type ${email} to confirm`).fill(email);
    await remove.click();
    await row(page, name).waitFor({ state: "detached" });
    await row(watcher.page, name).waitFor({ state: "detached" });
  });

  test("with an address that is taken says so beside the field, and keeps what was typed", async ({
    visit,
    admin,
  }) => {
    const { email } = await admin.newPerson();
    const { page } = await visit("/users/new", { as: admin.credentials });
    await field(page, "Name").fill("Somebody Else");
    await field(page, "E-mail").fill(email);
    await field(page, "Password").fill("tidal-lantern-quartz");
    await page.getByRole("button", { name: "Create user" }).click();
    await page.getByText("Another account has this address").waitFor();
    expect(await field(page, "E-mail").getAttribute("aria-invalid")).toBe("true");
    expect(await field(page, "Name").inputValue()).toBe("Somebody Else");
  });

  test("that somebody else changed meanwhile is not overwritten unasked", async ({
    visit,
    admin,
  }) => {
    const person = await admin.newPerson();
    const { page } = await visit(`/users/${person.id}/edit`, { as: admin.credentials });
    await field(page, "Name").fill("Mine");
    await admin.ask(
      `mutation ($id: ID!) { updateUser(id: $id, input: { name: "Theirs" }) { id } }`,
      { id: person.id },
    );
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("alert").filter({ hasText: "changed this account meanwhile" }).waitFor();
    const read = async () => {
      const query = "query ($id: ID!) { user(id: $id) { name } }";
      return (await admin.ask<{ user: { name: string } }>(query, { id: person.id })).user.name;
    };
    expect(await read()).toBe("Theirs");
    await page.getByRole("button", { name: "Overwrite" }).click();
    await expect.poll(read).toBe("Mine");
  });
});
