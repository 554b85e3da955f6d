import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { Api } from "./support/api.ts";
import { seeConnection, seeLive, seePage } from "./support/pages.ts";
import { PATIENCE_MS } from "./support/patience.ts";
import { Service } from "./support/service.ts";
import { test } from "./support/test.ts";

// One of its own, without demo data: it is killed, and has one administrator.
let service: Service;
let admin: Api;

beforeAll(async () => {
  service = await Service.start();
  admin = await Api.signIn(service.url, service.admin);
});
afterAll(() => service.stop());

const at = () => ({ url: service.url, as: service.admin });

describe("a service of one's own", () => {
  test("keeps its last administrator from being demoted, disabled or deleted", async ({
    visit,
  }) => {
    const { page } = await visit(`/users/${admin.user.id}/edit`, at());
    for (const name of ["Role", "Account"]) {
      const choice = page.getByRole("dialog").getByLabel(name, { exact: true });
      await expect.poll(() => choice.isDisabled()).toBe(true);
    }
    await page.goto("/users");
    await page.getByRole("button", { name: `Actions for ${admin.user.name}` }).click();
    const remove = page.getByRole("menuitem", { name: /^Delete/ });
    await expect.poll(() => remove.getAttribute("aria-disabled")).toBe("true");
  });

  test("charts the day that was chosen of an imported log, hour by hour", async ({ visit }) => {
    const file = join(tmpdir(), `access-${process.pid}.log`);
    await writeFile(file, accessLog({ "07:05": 3, "19:30": 12, "19:59": 1, "23:59": 2 }));
    await service.run("import", "access-log", file);
    await rm(file);
    const { page } = await visit("/?metric=http.requests", at());
    await page.getByRole("button", { name: /^Time range/ }).click();
    await page.getByLabel("A whole day").fill("2015-05-19");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText("Viewing the past").waitFor();
    const panel = page.getByRole("region", { name: "http.requests" }).first();
    await panel.getByRole("button", { name: "View as table" }).click();
    const rows = panel.getByRole("table").getByRole("row");
    await expect
      .poll(() => rows.allInnerTexts())
      .toEqual(
        expect.arrayContaining([
          expect.stringMatching(/23:00.*\t2$/),
          expect.stringMatching(/19:00.*\t13$/),
          expect.stringMatching(/07:00.*\t3$/),
        ]),
      );
  });

  test("is missed when it is killed, and found again without a reload: nothing twice, nothing lost", async ({
    visit,
  }) => {
    const { page, allow } = await visit("/?range=15m", at());
    allow(/ERR_CONNECTION_REFUSED/, /WebSocket/, /ERR_SOCKET_NOT_CONNECTED/, /ERR_EMPTY_RESPONSE/);
    await seeLive(page);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    const feed = page.getByRole("log");
    await admin.record("Before the outage");
    await feed.getByText("Before the outage").waitFor();

    await service.kill();
    await seeConnection(page, "Reconnecting");
    await page.getByRole("button", { name: "Retry now" }).waitFor();
    const seeTold = () =>
      page.getByText(/Back online, .* missed/).waitFor({ timeout: 2 * PATIENCE_MS });
    const restart = async () => {
      await service.start();
      admin = await Api.signIn(service.url, service.admin);
      await admin.record("While nobody listened");
    };
    // It is told for some seconds only.
    await Promise.all([seeTold(), restart()]);
    await seeLive(page);
    await admin.record("After the outage");
    await feed.getByText("After the outage").waitFor();

    for (const said of ["Before the outage", "While nobody listened", "After the outage"]) {
      expect(await feed.getByText(said).count(), said).toBe(1);
    }
    await page.getByText("not connected").first().waitFor();
    expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
  });

  test("is said to be old when it falls silent without a word", async ({ visit }) => {
    const { page } = await visit("/", at());
    await seeLive(page);
    service.pause();
    await seeConnection(page, "Updated \\d+ s ago");
    service.resume();
    await seeLive(page);
    await seePage(page, "Dashboard");
  });
});

/** Common Log Format: how many requests came at which minute of 19 May 2015, UTC. */
function accessLog(minutes: Record<string, number>): string {
  const lines = Object.entries(minutes).flatMap(([minute, count]) =>
    Array.from(
      { length: count },
      () => `192.0.2.7 - - [19/May/2015:${minute}:05 +0000] "GET / HTTP/1.1" 200 512`,
    ),
  );
  return `${lines.join("\n")}\n`;
}
