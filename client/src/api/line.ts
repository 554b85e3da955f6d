/** One graphql-ws client: its token, its retries, and its sign of life. */

import { type Client, createClient } from "graphql-ws";
import { backoffMs, patiently } from "@/api/backoff";
import { type Pulse, watchPulse } from "@/api/pulse";
import { renewInPlace } from "@/api/renewal";
import { freshToken, renew } from "@/api/session";
import * as connection from "@/store/connection";

export interface Line {
  client: Client;
  /** The access token the present connection was opened with. */
  token(): string | null;
  /** Asks for a sign of life now, or gives up a try that hangs for a new one. */
  hurry(): void;
  /** Closes for good; nothing of it reaches the page any longer. */
  hangUp(): void;
}

const NORMAL = 1000; // ours: nothing is listened to any longer
const REFUSED = 4403;
const PING_MS = 4_000; // a quiet server is heard again before it counts as stale
const REST_MS = 3_000;
const OPEN_MS = 10_000;
const HANGS_MS = 2_000;
const STEADY_MS = 5_000;

export function connect(): Line {
  const call = new Call();
  const client = createClient({
    url: () => call.url(() => client.terminate()),
    connectionParams: () => call.params(),
    keepAlive: PING_MS,
    lazyCloseTimeout: REST_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: () => call.wait(),
    on: {
      opened: (socket) => call.opened(socket as WebSocket),
      connected: () => call.connected(client),
      message: () => call.heard(),
      ping: (received) => received || call.pulse?.asked(),
      closed: (event) => call.closed(codeOf(event)),
    },
  });
  return {
    client,
    token: () => call.token,
    hurry: () => call.hurry(() => client.terminate()),
    hangUp: () => {
      call.isOver = true;
      call.stop();
      // Rejects when it was still connecting: that is over, too.
      Promise.resolve(client.dispose()).catch(() => {});
    },
  };
}

/** The close code, if that is how it ended. */
export function codeOf(cause: unknown): number | undefined {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === "number" ? code : undefined;
}

/** What is remembered from one connection of a line to the next. */
class Call {
  token: string | null = null;
  pulse: Pulse | undefined;
  isOver = false;
  private socket: WebSocket | undefined;
  private stopRenewal = () => {};
  private tries = 0;
  private connectedAt = 0;
  private isRefused = false;
  private isHurried = false;
  private openingAt = 0;
  private opening: ReturnType<typeof setTimeout> | undefined;

  /** Gets the token first: once the socket is open, the server waits 3 s for it. */
  async url(giveUp: () => void): Promise<string> {
    try {
      if (this.isRefused) await renew(this.token);
      else await freshToken();
      this.isRefused = false;
    } catch {
      // Nobody answers: neither will the socket, and it tries again.
    }
    // Browsers wait for minutes on a network that swallows the handshake.
    this.openingAt = Date.now();
    this.opening = setTimeout(giveUp, OPEN_MS);
    const { protocol, host } = globalThis.location;
    return `${protocol === "https:" ? "wss" : "ws"}://${host}/graphql`;
  }

  async params(): Promise<Record<string, string>> {
    this.token = await freshToken().catch(() => null);
    return this.token === null ? {} : { Authorization: `Bearer ${this.token}` };
  }

  async wait(): Promise<void> {
    if (this.isOver) return;
    const waitMs = this.isHurried ? 0 : backoffMs(this.tries++);
    this.isHurried = false;
    connection.isTrying(this.tries, Date.now() + waitMs);
    await patiently(waitMs);
    if (!this.isOver) connection.isTrying(this.tries, null);
  }

  opened(socket: WebSocket): void {
    this.socket = socket;
  }

  connected(client: Client): void {
    this.hasOpened();
    if (this.isOver) return;
    this.connectedAt = Date.now();
    this.pulse ??= watchPulse(connection.lookAgain, () => client.terminate());
    this.pulse.heard();
    this.stopRenewal = renewInPlace(client);
    connection.hasConnected(this.connectedAt);
  }

  heard(): void {
    this.pulse?.heard();
    if (!this.isOver) connection.heard(Date.now());
  }

  closed(code: number | undefined): void {
    if (this.isOver) return;
    this.stop();
    // One that is let in and thrown out at once has not recovered.
    const isSteady = this.connectedAt > 0 && Date.now() - this.connectedAt > STEADY_MS;
    if (isSteady) this.tries = 0;
    this.connectedAt = 0;
    if (code === REFUSED) this.isRefused = true;
    if (code === NORMAL) connection.hasRested();
    else connection.hasLost(Date.now());
  }

  hurry(giveUp: () => void): void {
    if (this.connectedAt > 0 && this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send('{"type":"ping"}');
      this.pulse?.asked();
    } else if (this.openingAt > 0 && Date.now() - this.openingAt > HANGS_MS) {
      this.isHurried = true;
      giveUp();
    }
  }

  private hasOpened(): void {
    clearTimeout(this.opening);
    this.openingAt = 0;
  }

  stop(): void {
    this.hasOpened();
    this.stopRenewal();
    this.pulse?.stop();
    this.pulse = undefined;
  }
}
