/** `dashboard serve` as a process of its own, with the embedded databases. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const DASHBOARD = join(ROOT, ".venv/bin/dashboard");
const READY = "Stop with Ctrl-C.";

export interface Credentials {
  email: string;
  password: string;
}

// Tests ask more in a minute than people do.
const UNLIMITED = Object.fromEntries(
  [
    "SIGN_IN_FAILURES_PER_15_MIN",
    "SIGN_IN_FAILURES_PER_ADDRESS_PER_15_MIN",
    "SIGN_IN_FAILURES_PER_ACCOUNT_PER_H",
    "REFRESHES_PER_ADDRESS_PER_5_MIN",
    "REQUESTS_PER_USER_PER_MIN",
    "REQUESTS_PER_ADDRESS_PER_MIN",
    "HANDSHAKES_PER_ADDRESS_PER_MIN",
  ].map((name) => [`DASHBOARD_${name}`, "100000"]),
);
const ADMIN: Credentials = { email: "admin@example.com", password: "hops-and-lanterns" };

/** A service that keeps its address and its data when it is killed and started again. */
export class Service {
  admin: Credentials = ADMIN;
  private process: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly argv: readonly string[],
  ) {}

  static async start(...argv: string[]): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), "dashboard-e2e-"));
    const service = new Service(`http://127.0.0.1:${await freePort()}`, folder, argv);
    await service.start();
    return service;
  }

  async start(): Promise<void> {
    const child = this.spawn("serve", ...this.argv);
    this.process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const [, email, password] = /Sign in\s+(\S+)\s+(\S+)$/.exec(line) ?? [];
      if (email && password) this.admin = { email, password };
      if (line.includes(READY)) return;
    }
    throw new Error(`The service did not start: see ${this.log}`);
  }

  /** As a power cut would: no goodbye to anybody. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Keeps its sockets open and answers nothing, as behind a dead network. */
  pause(): void {
    this.process?.kill("SIGSTOP");
  }

  resume(): void {
    this.process?.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A command of the same service, in the words of its command line. */
  async run(...argv: string[]): Promise<void> {
    const child = this.spawn(...argv);
    child.stdout.resume();
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`dashboard ${argv.join(" ")} failed: see ${this.log}`);
  }

  private get log(): string {
    return join(this.folder, "service.log");
  }

  private spawn(...argv: string[]) {
    const env = {
      ...process.env,
      ...UNLIMITED,
      DASHBOARD_ENV: "test",
      DASHBOARD_PORT: new URL(this.url).port,
      DASHBOARD_DATA_DIR: join(this.folder, "data"),
      DASHBOARD_BCRYPT_COST: "4",
      // One machine opens as many pages as an office does.
      DASHBOARD_HANDSHAKES_PER_ADDRESS_PER_MIN: "10000",
      DASHBOARD_REQUESTS_PER_ADDRESS_PER_MIN: "100000",
      DASHBOARD_REQUESTS_PER_USER_PER_MIN: "100000",
      ...(argv.includes("--demo")
        ? {}
        : { DASHBOARD_ADMIN_EMAIL: ADMIN.email, DASHBOARD_ADMIN_PASSWORD: ADMIN.password }),
    };
    const child = spawn(DASHBOARD, argv, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stderr.pipe(createWriteStream(this.log, { flags: "a" }));
    return child;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.stdout?.resume();
    child.kill("SIGCONT");
    child.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === "string") throw new Error("No port is free");
  return address.port;
}
