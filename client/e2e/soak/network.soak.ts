/** A network that swallows everything, and a tab that nobody sees. */

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect } from "vitest";
import { seeConnection, seeLive } from "../support/pages.ts";
import { test } from "../support/test.ts";
import { feed, METRICS } from "./feeder.ts";
import { report } from "./figures.ts";

/** Passes bytes on until told to swallow them, closing nothing. */
class Relay {
  isSwallowing = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Relay> {
    const { hostname, port } = new URL(target);
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("No port is free");
    const relay = new Relay(server, `http://127.0.0.1:${address.port}`);
    server.on("connection", (near: Socket) => {
      const far = connect(Number(port), hostname);
      relay.pipe(near, far);
      relay.pipe(far, near);
    });
    return relay;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private pipe(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on("data", (chunk) => this.isSwallowing || to.write(chunk));
    from.on("error", () => {});
    from.on("close", () => {
      this.sockets.delete(from);
      if (!this.isSwallowing) to.destroy();
    });
  }
}

test("a network that swallows everything is noticed, and left behind", async ({ visit, admin }) => {
  const relay = await Relay.to(admin.url);
  try {
    const { page, allow } = await visit("/", { as: admin.credentials, url: relay.url });
    allow(/WebSocket|ERR_/);
    await seeLive(page);
    const cutAt = performance.now();
    relay.isSwallowing = true;
    await seeConnection(page, "Updated");
    const staleS = (performance.now() - cutAt) / 1000;
    await seeConnection(page, "Reconnecting");
    const healedAt = performance.now();
    relay.isSwallowing = false;
    await seeLive(page);
    report("A network that swallows everything", [
      // A second more, as the page looks at its clock once a second.
      { name: "until it is said to be stale", value: staleS, budget: 7, unit: "s" },
      {
        name: "from its return until live again",
        value: (performance.now() - healedAt) / 1000,
        budget: 20,
        unit: "s",
      },
    ]);
  } finally {
    relay.close();
  }
});

test("a tab nobody sees draws nothing, and catches up once", async ({ visit, admin }) => {
  const feeder = feed(admin);
  await expect.poll(() => feeder.events).toBeGreaterThan(0);
  const { page, context } = await visit("/settings", { as: admin.credentials });
  await context.addInitScript(() => {
    const drawn = { times: 0 };
    Object.assign(globalThis, { drawn });
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      drawn.times++;
      return clear.apply(this, box);
    };
  });
  await page.goto(`/?range=15m&metric=${METRICS.join(",")}`);
  await seeLive(page);
  const drawn = () =>
    page.evaluate(() => (globalThis as unknown as { drawn: { times: number } }).drawn.times);
  const show = (state: "hidden" | "visible") =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
      Object.defineProperty(document, "hidden", {
        value: visibility === "hidden",
        configurable: true,
      });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  const atFirst = await drawn();
  await expect.poll(drawn).toBeGreaterThan(atFirst);
  await show("hidden");
  // One that was under way may still come.
  await page.waitForTimeout(1_000);
  const before = await drawn();
  await page.waitForTimeout(Number(process.env.SOAK_HIDDEN_SECONDS ?? 30) * 1000);
  const hidden = (await drawn()) - before;
  await show("visible");
  await expect.poll(drawn).toBeGreaterThan(before + hidden);
  await feeder.stop();
  report("A tab nobody sees", [{ name: "drawings", value: hidden, budget: 0 }]);
});
