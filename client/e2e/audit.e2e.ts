import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { search, seeLive, textOf } from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("the audit log", () => {
  test("is filtered, and read page by page in both directions", async ({ visit, admin }) => {
    const tag = `tag${randomUUID().slice(0, 8)}`;
    const all = Array.from({ length: 70 }, (_, i) => `${tag} number ${i}.`);
    await admin.record(...all);
    const { page } = await visit("/audit", { as: admin.credentials });
    await search(page, "Search events", tag);
    const seen = async () => {
      const texts = await page.getByRole("table", { name: "Events" }).innerText();
      return [...texts.matchAll(new RegExp(`${tag} number \\d+\\.`, "g"))].map(([text]) => text);
    };
    const first = await seen();
    expect(first).toHaveLength(50);
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
    await search(page, "Search events", tag);
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
    const { activity: audited } = await admin.ask<{ activity: { nodes: { action: string }[] } }>(
      '{ activity(first: 1, filter: { actions: ["activity.exported"] }) { nodes { action } } }',
    );
    expect(audited.nodes).toHaveLength(1);
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
