import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { seeLive, textOf } from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("the audit log", () => {
  test("is filtered, and read page by page in both directions", async ({ visit, admin }) => {
    const tag = `tag${randomUUID().slice(0, 8)}`;
    const all = Array.from({ length: 70 }, (_, i) => `${tag} number ${i}.`);
    await admin.record(...all);
    const { page } = await visit("/audit", { as: admin.credentials });
    await page.getByRole("searchbox", { name: "Search events" }).fill(tag);
    const seen = async () => {
      const texts = await page.getByRole("table", { name: "Events" }).innerText();
      return [...texts.matchAll(new RegExp(`${tag} number \\d+\\.`, "g"))].map(([text]) => text);
    };
    await expect.poll(async () => (await seen()).length).toBe(50);
    const first = await seen();
    await page.getByRole("button", { name: "Older" }).click();
    const both = async () => [...first, ...(await seen())].sort();
    await expect.poll(both).toEqual([...all].sort());
    await page.getByRole("button", { name: "Newer" }).click();
    await expect.poll(seen).toEqual(first);
  });

  test("is exported as the filter finds it, with formulas made harmless, and the export is in it", async ({
    visit,
    admin,
  }) => {
    const tag = `tag${randomUUID().slice(0, 8)}`;
    await admin.record(`${tag} plain`, `=HYPERLINK("x") ${tag}, "quoted"`, `${tag} last`);
    const { page } = await visit("/audit", { as: admin.credentials });
    await page.getByRole("searchbox", { name: "Search events" }).fill(tag);
    await expect.poll(() => page.getByRole("table", { name: "Events" }).innerText()).toContain(tag);
    await expect.poll(() => page.url()).toContain(tag);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    const csv = await textOf(download);
    const { activity } = await admin.ask<{ activity: { nodes: { id: string }[] } }>(
      "query ($filter: ActivityFilter) { activity(first: 100, filter: $filter) { nodes { id } } }",
      { filter: { search: tag, actions: ["report.made"] } },
    );
    const ids = csv
      .split(/\r?\n/)
      .slice(1)
      .filter(Boolean)
      .map((line) => line.split(",")[0]?.replaceAll('"', ""));
    expect(ids).toEqual(activity.nodes.map(({ id }) => id));
    expect(csv).toContain(`"'=HYPERLINK(""x"") ${tag}, ""quoted"""`);
    const audited = "{ activity(first: 20) { nodes { action } } }";
    const { activity: latest } = await admin.ask<{ activity: { nodes: { action: string }[] } }>(
      audited,
    );
    expect(latest.nodes.map(({ action }) => action)).toContain("activity.exported");
  });

  test("says what came since, and does not move under its reader", async ({ visit, admin }) => {
    const tag = `tag${randomUUID().slice(0, 8)}`;
    await admin.record(`${tag} before`);
    const { page } = await visit(`/audit?q=${tag}`, { as: admin.credentials });
    await page.getByText(`${tag} before`).first().waitFor();
    await seeLive(page);
    await admin.record(`${tag} after`);
    const pill = page.getByRole("button", { name: "1 new event" });
    await pill.waitFor();
    expect(await page.getByText(`${tag} after`).count()).toBe(0);
    await pill.click();
    await page.getByText(`${tag} after`).first().waitFor();
  });
});
