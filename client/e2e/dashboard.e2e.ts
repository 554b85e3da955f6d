import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { seeLive } from "./support/pages.ts";
import { test } from "./support/test.ts";

interface Stats {
  stats: { totalUsers: { value: number }; requests: { value: number } };
}

const figure = (page: Page, name: string) =>
  page.getByRole("region", { name: "Figures" }).getByRole("button", { name });
const chart = (page: Page) => page.getByRole("slider", { name: /^Requests and errors/ });
const preset = (page: Page, name: string) =>
  page.getByRole("group", { name: "Up to now" }).getByRole("button", { name });

/** What the large chart says, bucket by bucket. */
async function rows(page: Page): Promise<string[]> {
  const table = page.getByRole("table", { name: /^Requests and errors/ });
  return table.getByRole("row").allInnerTexts();
}

async function asTable(page: Page): Promise<void> {
  const panel = page.getByRole("region", { name: "Requests and errors" }).first();
  await panel.getByRole("button", { name: "View as table" }).click();
}

describe("the dashboard", () => {
  test("shows the figures that the API gives, and they move by themselves", async ({
    visit,
    admin,
  }) => {
    const { page } = await visit("/?range=24h", { as: admin.credentials });
    const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
    const query = "{ stats(range: LAST_24_HOURS) { requests { value } totalUsers { value } } }";
    const differs = async () => {
      const { stats } = await admin.ask<Stats>(query);
      const said = { Requests: stats.requests.value, "Active users": stats.totalUsers.value };
      const shown = Object.keys(said).map((name) => figure(page, name).innerText());
      const words = Object.values(said).map((value) => compact.format(value));
      return (await Promise.all(shown)).filter((text, i) => !text.includes(words[i] ?? ""));
    };
    await expect.poll(differs).toEqual([]);
    await preset(page, "Last 15 minutes").click();
    await asTable(page);
    const latest = async () => (await rows(page))[1];
    await expect.poll(latest).toContain("still open");
    const before = await latest();
    await expect.poll(latest).not.toBe(before);
  });

  test("has every range at hand, in its address, and Back undoes each", async ({
    visit,
    admin,
  }) => {
    const { page } = await visit("/", { as: admin.credentials });
    const ranges = { "Last hour": "1h", "Last 7 days": "7d", "Last 15 minutes": "15m" };
    for (const [name, range] of Object.entries(ranges)) {
      await preset(page, name).click();
      await expect.poll(() => page.url()).toContain(`range=${range}`);
      await expect.poll(() => preset(page, name).getAttribute("aria-pressed")).toBe("true");
    }
    await page.goBack();
    await expect.poll(() => page.url()).toContain("range=7d");
    await page.goBack();
    await expect.poll(() => preset(page, "Last hour").getAttribute("aria-pressed")).toBe("true");
  });

  test("is zoomed by dragging, unzoomed by Back, and led back to now", async ({ visit, admin }) => {
    const { page } = await visit("/?range=6h", { as: admin.credentials });
    const drag = async () => {
      const plot = chart(page).locator(".u-over");
      // Where the pointer is waited for, nothing moves any more.
      await plot.hover({ position: { x: 200, y: 40 } });
      const box = await plot.boundingBox();
      if (!box) throw new Error("The chart is not drawn");
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 5 });
      await page.mouse.up();
    };
    await seeLive(page);
    await drag();
    await expect.poll(() => page.url()).toContain("zoom=");
    await page.getByText("Viewing the past").waitFor();
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain("zoom=");
    await page.goForward();
    await page.getByRole("button", { name: "Return to live" }).click();
    await expect.poll(() => page.url()).not.toContain("zoom=");
    expect(page.url()).toContain("range=6h");
  });

  test("shows the same to whoever is sent its address, in their own zone", async ({
    visit,
    admin,
  }) => {
    const to = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000);
    const from = new Date(to.getTime() - 6 * 3_600_000);
    const address = `/?from=${from.toISOString()}&to=${to.toISOString()}&every=PT1H`;
    const here = await visit(address, { as: admin.credentials });
    const there = await visit(address, {
      as: await admin.newPerson({ role: "ADMIN" }),
      timezoneId: "Asia/Tokyo",
    });
    for (const { page } of [here, there]) {
      await chart(page).waitFor();
      await asTable(page);
      await expect.poll(() => rows(page)).toHaveLength(7);
    }
    const figures = (all: string[]) => all.map((row) => row.split("\t").slice(1).join());
    const [ours, theirs] = [await rows(here.page), await rows(there.page)];
    expect(figures(theirs)).toEqual(figures(ours));
    const clock = (zone: string) =>
      from.toLocaleTimeString("en-GB", { timeZone: zone, timeStyle: "short" });
    expect(ours.at(-1)).toContain(clock("UTC"));
    expect(theirs.at(-1)).toContain(clock("Asia/Tokyo"));
  });

  test("stands still while paused, and says how much waits", async ({ visit, admin }) => {
    const { page } = await visit("/", { as: admin.credentials });
    await seeLive(page);
    const feed = page.getByRole("log");
    await feed.getByRole("listitem").first().waitFor();
    await page.keyboard.press("Shift+L");
    const resume = page.getByRole("button", { name: "Resume" });
    await resume.waitFor();
    const before = await feed.innerText();
    await admin.record("First while paused", "Second while paused");
    const pill = page.getByRole("button", { name: /^Show \d+ new entries/ });
    await pill.waitFor();
    expect((await feed.innerText()).split("\n")[0]).toBe(before.split("\n")[0]);
    await resume.click();
    await feed.getByText("Second while paused").waitFor();
  });
});
