import type { Page, WebSocket } from "playwright-core";
import { describe, expect } from "vitest";
import { seePage } from "./support/pages.ts";
import { test } from "./support/test.ts";

/** Writes an operation over what is there; its tab takes its name once it is understood. */
async function write(page: Page, name: string, operation: string): Promise<void> {
  const editor = page.getByRole("region", { name: "Operation Editor" }).locator(".monaco-editor");
  await editor.first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(operation);
  await page.getByRole("tab", { name }).waitFor();
}

const execute = (page: Page) => page.getByRole("button", { name: /^(Execute|Stop) query/ });
const result = (page: Page) => page.getByRole("region", { name: /Result/ });

/** Whatever starts: the internet is not there in any of the tests. */
describe("the API explorer", () => {
  test("asks, changes, and listens until it is left", async ({ visit, admin }) => {
    const person = await admin.newPerson({ role: "ADMIN" });
    const { page, allow } = await visit(null, { as: person });
    // What Monaco's workers have not finished when it is left ends so.
    allow(/uncaught: Canceled/);
    const operations: { socket: WebSocket; type: string; id?: string }[] = [];
    page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) =>
        operations.push({ socket, ...JSON.parse(String(payload)) }),
      ),
    );
    const begun = () => operations.filter(({ type }) => type === "subscribe");
    await page.goto("/explorer");
    await seePage(page, "API explorer");
    await execute(page).waitFor();

    await write(page, "Mine", "query Mine { me { email } }");
    await execute(page).click();
    await result(page).getByText(person.email).waitFor();

    const change = `updateUser(id: "${person.id}", input: { name: "Changed Here" }) { name }`;
    await write(page, "Rename", `mutation Rename { ${change} }`);
    await execute(page).click();
    await result(page).getByText("Changed Here").waitFor();

    const added = "activityAdded { ... on ActivityAdded { activity { summary } } }";
    await write(page, "Hear", `subscription Hear { ${added} }`);
    await execute(page).click();
    await expect.poll(() => begun().length).toBeGreaterThan(0);
    await expect
      .poll(async () => {
        await admin.record("Heard in the explorer");
        return (await result(page).innerText()).replaceAll("\u00a0", " ");
      })
      .toContain("Heard in the explorer");
    const running = begun().at(-1);
    await page.getByRole("link", { name: "Settings" }).click();
    await seePage(page, "Settings");
    const isCompleted = () =>
      operations.some(({ type, id }) => type === "complete" && id === running?.id);
    await expect.poll(() => running?.socket.isClosed() || isCompleted()).toBe(true);
  });

  test("knows the schema, and stays within the content security policy", async ({
    visit,
    admin,
  }) => {
    const { page } = await visit(null, { as: admin.credentials });
    const answer = await page.goto("/explorer");
    expect(answer?.headers()["content-security-policy"]).toContain("script-src 'self';");
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByText("Root Types").waitFor();
    await page.getByRole("link", { name: "Subscription", exact: true }).click();
    await page.getByText("activityAdded").first().waitFor();
  });
});
