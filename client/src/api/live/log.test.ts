import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wakeAll } from "@/api/backoff";
import { ApiError } from "@/api/errors";
import { followLog } from "@/api/live/log";
import { useAuth } from "@/store/auth";

const CURSOR_REFUSED = new ApiError({ code: "VALIDATION_ERROR", message: "after: is no cursor" });

beforeEach(() => useAuth.setState({ status: "signedIn" }));
afterEach(() => useAuth.setState({ status: "signedOut" }));

interface Event {
  cursor: string;
  isGap?: boolean;
}

function log() {
  const reads: { resolve(cursor: string): void; reject(error: unknown): void }[] = [];
  const seen = { filled: [] as string[], listening: 0, failures: [] as (string | null)[] };
  let after = () => "";
  let next = (_: Event) => {};
  let refuse = (_: ApiError) => {};
  const stop = followLog<string, Event>({
    read: () => new Promise((resolve, reject) => reads.push({ resolve, reject })),
    fill: (cursor) => {
      seen.filled.push(cursor);
      return cursor;
    },
    listen: (...told) => {
      [after, next, refuse] = told;
      seen.listening++;
      return () => seen.listening--;
    },
    take: ({ cursor, isGap = false }) => ({ cursor, isGap }),
    failed: (error) => seen.failures.push(error?.code ?? null),
  });
  const read = async (n: number) => {
    await vi.waitUntil(() => reads.length > n);
    return reads[n] as (typeof reads)[number];
  };
  const filled = async (n: number, cursor: string) => {
    (await read(n)).resolve(cursor);
    await vi.waitUntil(() => seen.filled.includes(cursor));
  };
  return {
    ...{ seen, stop, read, filled, reads },
    after: () => after(),
    next: (event: Event) => next(event),
    refuse: (error: ApiError) => refuse(error),
  };
}

test("the subscription begins where the page ended, and goes on from the latest cursor", async () => {
  const one = log();
  await one.filled(0, "c0");
  await vi.waitUntil(() => one.seen.listening === 1);
  expect(one.after()).toBe("c0");

  one.next({ cursor: "c1" });
  expect(one.after()).toBe("c1");
});

test("a gap is filled by the newest page, while the subscription goes on behind it", async () => {
  const one = log();
  await one.filled(0, "c0");
  await vi.waitUntil(() => one.seen.listening === 1);

  one.next({ cursor: "c5", isGap: true });
  one.next({ cursor: "c6" });
  await one.filled(1, "c7");

  expect(one.after()).toBe("c6");
  expect(one.seen.listening).toBe(1);
});

test("a cursor the server no longer knows begins the log anew", async () => {
  const one = log();
  await one.filled(0, "c0");
  await vi.waitUntil(() => one.seen.listening === 1);

  one.refuse(CURSOR_REFUSED);
  expect(one.seen.listening).toBe(0);
  await one.filled(1, "d0");
  await vi.waitUntil(() => one.seen.listening === 1);

  expect(one.after()).toBe("d0");
});

test("a page that could not be read is told, and read again", async () => {
  const one = log();
  (await one.read(0)).reject(new ApiError({ code: "UNAVAILABLE", message: "" }));
  await vi.waitUntil(() => one.seen.failures.length > 0);
  expect(one.seen.failures).toEqual(["UNAVAILABLE"]);

  await vi.waitUntil(() => {
    wakeAll();
    return one.reads.length > 1;
  });
  await one.filled(1, "c0");
  expect(one.seen.failures).toEqual(["UNAVAILABLE", null]);
});

test("a page that comes after the end is nobody's", async () => {
  const one = log();
  const page = await one.read(0);
  one.stop();
  page.resolve("c0");
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));

  expect(one.seen).toEqual({ filled: [], listening: 0, failures: [] });
});

test("nothing is asked for while nobody is signed in", async () => {
  useAuth.setState({ status: "ended" });
  const one = log();
  await new Promise((resolve) => setTimeout(resolve));
  expect(one.reads).toHaveLength(0);

  useAuth.setState({ status: "signedIn" });
  await one.filled(0, "c0");
});
