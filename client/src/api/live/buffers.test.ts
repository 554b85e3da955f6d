import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backoffMs, patiently, wakeAll } from "@/api/backoff";
import { flushClock } from "@/api/live/clock";
import { Ring } from "@/api/live/ring";
import { Seen } from "@/api/live/seen";
import { restartTopics, topic, topicsBy } from "@/api/live/topic";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a ring keeps the newest, newest first", () => {
  const ring = new Ring<number>(3);
  for (let n = 1; n <= 5; n++) ring.push(n);

  expect(ring.newestFirst()).toEqual([5, 4, 3]);
});

test("a ring refilled with too much keeps the newest of it", () => {
  const ring = new Ring<number>(3);
  ring.push(0);
  ring.refill([9, 8, 7, 6]);
  ring.push(10);

  expect(ring.newestFirst()).toEqual([10, 9, 8]);
});

test("an id is new once, until as many others as the window holds have come", () => {
  const seen = new Seen(2);

  expect([seen.add("a"), seen.add("a"), seen.add("b"), seen.add("a")]).toEqual([
    ...[true, false, true, false],
  ]);
  seen.add("c");
  expect(seen.has("a")).toBe(false);
});

test("waits grow to 15 s and are spread over all of their length", () => {
  const longest = [0, 1, 2, 3, 4, 50].map((tries) => backoffMs(tries, () => 1));

  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(backoffMs(4, () => 0)).toBe(0);
});

test("a wait is over at once when the network comes back", async () => {
  const waiting = patiently(15_000);
  wakeAll();

  await expect(waiting).resolves.toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test("however much comes in, the page is told ten times a second", () => {
  const clock = flushClock(10);
  const flush = vi.fn();
  for (let ms = 0; ms < 990; ms += 2) {
    clock.soon(flush);
    vi.advanceTimersByTime(2);
  }

  expect(flush).toHaveBeenCalledTimes(10);
});

test("a hidden page is told nothing, and once when it is looked at again", () => {
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  const clock = flushClock(10);
  const flush = vi.fn();
  for (let n = 0; n < 100; n++) {
    clock.soon(flush);
    vi.advanceTimersByTime(100);
  }
  expect(flush).not.toHaveBeenCalled();

  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event("visibilitychange"));
  vi.advanceTimersByTime(1_000);
  expect(flush).toHaveBeenCalledTimes(1);
});

function counter() {
  const state = { count: 0, opens: 0, stops: 0, add: () => {} };
  const shared = topic(
    {
      open: (changed) => {
        state.opens++;
        state.add = () => {
          state.count++;
          changed();
        };
        return () => state.stops++;
      },
      snapshot: () => state.count,
      clear: () => {
        state.count = 0;
      },
    },
    flushClock(10),
  );
  return { state, shared };
}

test("a topic is opened once for all who look, and closed after the last has left", () => {
  const { state, shared } = counter();
  const [one, two] = [shared.subscribe(() => {}), shared.subscribe(() => {})];
  one();
  two();
  vi.advanceTimersByTime(4_000);
  const back = shared.subscribe(() => {});
  vi.advanceTimersByTime(10_000);
  expect([state.opens, state.stops]).toEqual([1, 0]);

  back();
  vi.advanceTimersByTime(10_000);
  expect([state.opens, state.stops]).toEqual([1, 1]);
});

test("a snapshot changes when the page is told, not before", () => {
  const { state, shared } = counter();
  shared.subscribe(() => {});
  state.add();
  expect(shared.getSnapshot()).toBe(0);

  vi.advanceTimersByTime(100);
  expect(shared.getSnapshot()).toBe(1);
});

test("what one person was shown is gone before the next one looks", () => {
  const { state, shared } = counter();
  shared.subscribe(() => {});
  state.add();
  vi.advanceTimersByTime(100);
  restartTopics();

  expect(shared.getSnapshot()).toBe(0);
  expect([state.opens, state.stops]).toEqual([2, 1]);
});

test("equal arguments share a topic", () => {
  const topics = topicsBy((_: { names: string[] }) => counter().shared);

  expect(topics({ names: ["a"] })).toBe(topics({ names: ["a"] }));
  expect(topics({ names: ["a"] })).not.toBe(topics({ names: ["b"] }));
});
