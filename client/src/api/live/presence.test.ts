import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { presenceTopic } from "@/api/live/presence";
import type { StatusChange } from "@/types/api";

type Handlers = { next(data: { userStatusChanged: StatusChange }): void };

let connect = () => {};
let tell = (_change: StatusChange) => {};
vi.mock("@/api/socket", () => ({
  subscribe: (_: unknown, begin: () => object, { next }: Handlers) => {
    connect = begin;
    tell = (userStatusChanged) => next({ userStatusChanged });
    begin();
    return () => {};
  },
}));

function change(name: string, status: StatusChange["status"] = "ONLINE"): StatusChange {
  const user = { id: `u_${name}`, name, avatarUrl: null };
  return { userId: user.id, status, at: "2026-11-22T10:00:00.000Z", user };
}

const topic = presenceTopic();
/** Every list that was shown. */
let shown: string[] = [];
let leave = () => {};
beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());
beforeEach(() => {
  shown = [];
  leave = topic.subscribe(() => {
    const { online } = topic.getSnapshot();
    shown.push(online.map(({ name }) => name).join(" "));
  });
});
afterEach(() => {
  leave();
  // Nobody looks any longer, so it is forgotten.
  vi.advanceTimersByTime(10_000);
});

test("nobody is shown before all who are online were told", () => {
  expect(topic.getSnapshot().known).toBe(false);
  for (const name of ["Ana", "Bo", "Cy"]) {
    tell(change(name));
    vi.advanceTimersByTime(100);
  }
  expect(shown).toEqual([]);

  vi.advanceTimersByTime(2_000);
  expect(shown).toEqual(["Ana Bo Cy"]);
  expect(topic.getSnapshot().known).toBe(true);
});

test("after a break those of before stay until all are told again, and who left is gone", () => {
  for (const name of ["Ana", "Bo", "Cy"]) tell(change(name));
  vi.advanceTimersByTime(2_000);
  tell(change("Di"));
  connect();
  tell(change("Cy"));
  vi.advanceTimersByTime(100);
  tell(change("Bo"));
  vi.advanceTimersByTime(2_000);

  expect(shown.at(0)).toBe("Ana Bo Cy");
  expect(shown.at(-1)).toBe("Bo Cy");
  expect(shown).not.toContain("Cy");
});

test("people who come and go without a pause keep nobody waiting", () => {
  for (let ms = 0; ms < 1_100; ms += 50) {
    tell(change("Ana", ms % 100 ? "OFFLINE" : "ONLINE"));
    tell(change("Bo"));
    vi.advanceTimersByTime(50);
  }
  vi.advanceTimersByTime(1_000);

  expect(shown[0]).toContain("Bo");
});

test("who comes and goes later is told at once", () => {
  tell(change("Ana"));
  vi.advanceTimersByTime(2_000);
  tell(change("Bo"));
  tell(change("Ana", "OFFLINE"));
  vi.advanceTimersByTime(1_000);

  expect(shown).toEqual(["Ana", "Bo"]);
  expect(topic.getSnapshot().byId.get("u_Ana")).toBe("OFFLINE");
});
