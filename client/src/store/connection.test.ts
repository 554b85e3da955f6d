import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as connection from "@/store/connection";

const { useConnection } = connection;
const START = 1_000_000;
const state = () => useConnection.getState().state;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  connection.hasRested();
});
afterEach(() => vi.useRealTimers());

test("live turns stale when nothing was heard for 6 s, and live again with the next word", () => {
  connection.hasConnected(Date.now());
  expect(state()).toBe("live");

  vi.advanceTimersByTime(5_900);
  connection.lookAgain();
  expect(state()).toBe("live");

  vi.advanceTimersByTime(100);
  connection.lookAgain();
  expect(state()).toBe("stale");

  connection.heard(Date.now());
  expect(state()).toBe("live");
});

test("a lost connection is tried again, and counts as offline after three tries", () => {
  connection.hasConnected(Date.now());
  connection.hasLost(Date.now());
  const seen = [1, 2, 3, 4].map((attempt) => {
    connection.isTrying(attempt, Date.now() + 1_000);
    return state();
  });

  expect(seen).toEqual(["reconnecting", "reconnecting", "reconnecting", "offline"]);
});

test("what was missed reaches from what was last heard to the return", () => {
  const gaps: unknown[] = [];
  const stop = connection.onResumed((gap) => gaps.push(gap));
  connection.hasConnected(Date.now());
  vi.advanceTimersByTime(8_000);
  connection.hasLost(Date.now());
  vi.advanceTimersByTime(34_000);
  connection.hasConnected(Date.now());
  stop();

  expect(gaps).toEqual([{ from: START, to: START + 42_000 }]);
  expect(useConnection.getState()).toMatchObject({ state: "live", attempt: 0, missedMs: 42_000 });
});

test("the first connection resumes nothing, however many tries it took", () => {
  const resumed = vi.fn();
  const stop = connection.onResumed(resumed);
  connection.isTrying(1, null);
  connection.hasLost(Date.now());
  connection.hasConnected(Date.now());
  stop();

  expect(resumed).not.toHaveBeenCalled();
});

test("a browser without a network is offline, whatever the socket believes", () => {
  connection.hasConnected(Date.now());
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  connection.lookAgain();

  expect(state()).toBe("offline");
});

test("a flood of messages moves the clock four times a second", () => {
  connection.hasConnected(Date.now());
  const told = vi.fn();
  const stop = useConnection.subscribe(told);
  for (let n = 0; n < 500; n++) {
    vi.advanceTimersByTime(2);
    connection.heard(Date.now());
  }
  stop();

  expect(told).toHaveBeenCalledTimes(4);
});
