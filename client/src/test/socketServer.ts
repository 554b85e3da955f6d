/** The other end of WebSockets, for tests: speaks as much graphql-transport-ws as they need. */

interface Subscribed {
  id: string;
  variables: Record<string, unknown>;
}

export class TestSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** Every one that was opened, oldest first. */
  static all: TestSocket[] = [];

  readyState = TestSocket.CONNECTING;
  token: string | undefined;
  readonly subscribed: Subscribed[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;

  constructor(readonly url: string) {
    TestSocket.all.push(this);
    queueMicrotask(() => {
      this.readyState = TestSocket.OPEN;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const { type, id, payload } = JSON.parse(text);
    if (type === "connection_init") {
      this.token = payload?.Authorization;
      this.tell({ type: "connection_ack" });
    }
    if (type === "subscribe") this.subscribed.push({ id, variables: payload.variables });
  }

  /** An event of the n-th subscription. */
  next(n: number, data: unknown): void {
    this.tell({ type: "next", id: this.subscribed[n]?.id, payload: { data } });
  }

  close(code = 1000, reason = ""): void {
    if (this.readyState === TestSocket.CLOSED) return;
    this.readyState = TestSocket.CLOSED;
    this.onclose?.({ code, reason });
  }

  private tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}
