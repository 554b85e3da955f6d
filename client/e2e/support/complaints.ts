/** What a browser complains about while nobody looks at its console. */

import type { BrowserContext } from "playwright-core";

/** Collects them; `allowed` are those that the test brings about itself. */
export class Complaints {
  private readonly heard: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(
    context: BrowserContext,
    private readonly origin: string,
  ) {
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      this.heard.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.heard.push(`uncaught: ${error.error()}`));
    context.on("request", (request) => this.look(request.url()));
    context.on("page", (page) => page.on("websocket", (socket) => this.look(socket.url())));
    context.on("response", (response) => {
      if (response.status() >= 400 && response.url().includes("/assets/"))
        this.heard.push(`missing: ${response.url()}`);
    });
  }

  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Those that were not allowed. */
  get all(): string[] {
    return this.heard.filter((one) => !this.allowed.some((pattern) => pattern.test(one)));
  }

  private look(url: string): void {
    const { protocol, host } = new URL(url);
    if (protocol === "data:" || protocol === "blob:") return;
    if (host !== new URL(this.origin).host) this.heard.push(`off-origin: ${url}`);
  }
}
