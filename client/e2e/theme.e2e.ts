import type { BrowserContext, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./support/test.ts";

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);

/** How bright pictures are on average, 0 to 255; decoded by a page of no site. */
async function brightness(context: BrowserContext, pictures: string[]): Promise<number[]> {
  const blank = await context.newPage();
  const means = await blank.evaluate(
    (all) =>
      Promise.all(
        all.map(async (data) => {
          const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
          if (!canvas) throw new Error("No canvas");
          canvas.drawImage(image, 0, 0);
          const { data: values } = canvas.getImageData(0, 0, image.width, image.height);
          const colours = values.filter((_, i) => i % 4 !== 3);
          return colours.reduce((sum, value) => sum + value, 0) / colours.length;
        }),
      ),
    pictures,
  );
  await blank.close();
  return means;
}

describe("the theme", () => {
  test("follows the system as it switches, until one is chosen", async ({ visit, admin }) => {
    const { page, context } = await visit("/settings", {
      as: admin.credentials,
      colorScheme: "light",
    });
    expect(await theme(page)).toBe("light");
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => theme(page)).toBe("dark");
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
    const dark = (await page.screenshot()).toString("base64");
    await page.getByText("Light", { exact: true }).click();
    await expect.poll(() => theme(page)).toBe("light");
    await page.reload();
    expect(await theme(page)).toBe("light");
    const light = (await page.screenshot()).toString("base64");
    const [ofDark = 255, ofLight = 0] = await brightness(context, [dark, light]);
    expect(ofDark).toBeLessThan(80);
    expect(ofLight).toBeGreaterThan(200);
  });

  test("is dark from the first frame on, whatever comes late", async ({ visit, admin }) => {
    const { page } = await visit("/settings", { as: admin.credentials, colorScheme: "dark" });
    await page.evaluate(() => localStorage.removeItem("user-dashboard.ui"));
    const session = await page.context().newCDPSession(page);
    const frames: string[] = [];
    session.on("Page.screencastFrame", ({ data, sessionId }) => {
      frames.push(data);
      void session.send("Page.screencastFrameAck", { sessionId });
    });
    await session.send("Page.startScreencast", { format: "png", maxWidth: 64, maxHeight: 64 });
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    const another = async () => {
      await page.keyboard.press("Tab");
      return frames.length;
    };
    await expect.poll(another).toBeGreaterThan(1);
    await session.send("Page.stopScreencast");
    expect(Math.max(...(await brightness(page.context(), frames)))).toBeLessThan(80);
  });
});
