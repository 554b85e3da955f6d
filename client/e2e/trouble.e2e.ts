import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { hold } from "./support/hold.ts";
import { goTo, seeConnection, seeLive, seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

describe("when something goes wrong", () => {
  test("a form sent offline loses nothing, and can be sent when the network is back", async ({
    visit,
    admin,
  }) => {
    const name = `Offline ${randomUUID().slice(0, 8)}`;
    const { page, context, allow } = await visit("/users/new", { as: admin.credentials });
    allow(/ERR_INTERNET_DISCONNECTED/, /WebSocket/);
    await seeLive(page);
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("E-mail").fill(`${randomUUID()}@example.com`);
    await page.getByLabel("Password", { exact: true }).fill("tidal-lantern-quartz");
    await context.setOffline(true);
    await seeConnection(page, "Offline");
    const create = page.getByRole("button", { name: "Create user" });
    expect(await create.getAttribute("aria-disabled")).toBe("true");
    await create.click({ force: true });
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe(name);
    await context.setOffline(false);
    await seeLive(page);
    await create.click();
    await page.getByRole("row").filter({ hasText: name }).waitFor();
  });

  test("one panel fails alone, and says so with a reference", async ({ visit, admin }) => {
    const { page, context, allow } = await visit("/sessions", { as: admin.credentials });
    allow(/500/);
    await context.route("**/graphql", async (route) => {
      if (!/\bstats\(/.test(route.request().postData() ?? "")) return route.fallback();
      const errors = [{ message: "It broke", extensions: { code: "INTERNAL_ERROR" } }];
      return route.fulfill({
        status: 500,
        headers: { "x-request-id": "r_broken" },
        json: { data: null, errors },
      });
    });
    await goTo(page, "Dashboard");
    await page.getByText("The server failed at this.").first().waitFor();
    await page.getByRole("log").getByRole("listitem").first().waitFor();
    await page.getByRole("slider", { name: /^Requests and errors/ }).waitFor();
    await context.unrouteAll({ behavior: "wait" });
    await page.getByRole("button", { name: "Retry" }).first().click();
    await expect.poll(() => page.getByText("The server failed at this.").count()).toBe(0);
  });

  test("a slow answer is awaited on a skeleton that moves nothing when it comes", async ({
    visit,
    admin,
  }) => {
    const { page, context } = await visit("/settings", { as: admin.credentials });
    const answer = await hold(context);
    await goTo(page, "Dashboard");
    await page.locator("[aria-busy=true]").first().waitFor();
    await page.evaluate(() => {
      const moved = { score: 0 };
      Object.assign(globalThis, { moved });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
          moved.score += entry.value;
      }).observe({ type: "layout-shift", buffered: false });
    });
    answer();
    await page.getByRole("slider", { name: /^Requests and errors/ }).waitFor();
    await page.getByRole("log").getByRole("listitem").first().waitFor();
    const score = await page.evaluate(
      () => (globalThis as unknown as { moved: { score: number } }).moved.score,
    );
    expect(score).toBeLessThan(0.1);
  });

  test("a page whose code is gone offers the new version and breaks nothing else", async ({
    visit,
    admin,
  }) => {
    const { page, context, allow } = await visit(null, { as: admin.credentials });
    allow(/404/, /missing/, /ChunkError/, /Failed to fetch dynamically imported module/);
    await context.route(/\/assets\/SessionsPage.*\.js/, (route) => route.fulfill({ status: 404 }));
    await page.goto("/settings");
    await seePage(page, "Settings");
    await context.route("**/client.json", async (route) => {
      const response = await route.fetch();
      return route.fulfill({ json: { ...(await response.json()), build: "a-newer-one" } });
    });
    await page
      .getByRole("navigation", { name: "Main navigation" })
      .getByRole("link", { name: "My sessions" })
      .click();
    await page.getByText("A new version is available.").waitFor();
    await page.getByRole("button", { name: "Reload" }).first().waitFor();
    await goTo(page, "Settings");
  });

  test("markup in what people write is shown as they wrote it", async ({ visit, admin }) => {
    const unique = randomUUID().slice(0, 8);
    const evil = `<img src=x onerror="document.title='owned'"><b>${unique}</b>`;
    const person = await admin.newPerson({ name: evil, role: "ADMIN" });
    await admin.notify(person.id, evil);
    const { page } = await visit("/", { as: person });
    await seeLive(page);
    await admin.record(`${evil} was here`);
    await page.getByRole("log").getByText(`${evil} was here`).first().waitFor();
    await page.getByRole("button", { name: /^Notifications/ }).click();
    await page.getByRole("dialog").getByText(evil).first().waitFor();
    await page.goto(`/users?search=${person.email}`);
    await page.getByRole("row").getByText(evil).first().waitFor();
    await page.goto(`/users/${person.id}`);
    await seePage(page, evil);
    await page.goto(`/audit?q=${unique}`);
    await page.getByText(`${evil} was here`).first().waitFor();
    expect(await page.title()).not.toBe("owned");
  });
});
