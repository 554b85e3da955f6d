import { describe, expect, it } from "vitest";
import type { DashboardStats, Stat } from "@/types/api";
import { cardsOf, changeOf, type History } from "./figures";
import { isNotable } from "./useChangeTint";

const stat = (value: number, changePct: number | null = null): Stat => ({
  value,
  previous: changePct === null ? null : value / (1 + changePct / 100),
  changePct,
});
const stats: DashboardStats = {
  totalUsers: stat(20),
  activeUsers: stat(11),
  newUsers: stat(1),
  onlineUsers: stat(5),
  requests: stat(92_850, -10.7),
  errorRate: stat(0.008, 5),
  responseTimeMs: stat(1_380, -3),
  version: 1,
  asOf: "2026-01-01T00:00:00.000Z",
  cached: false,
};
const points = [
  { value: 10, partial: false },
  { value: 1, partial: true },
];
const history: History = {
  counts: {
    series: [
      {
        name: "api.requests",
        points,
        summary: { sum: 200 },
        comparison: { summary: { sum: 100 } },
      },
      { name: "api.errors", points, summary: { sum: 4 }, comparison: null },
    ],
  },
  response: { series: [{ points }] },
  active: { series: [] },
};
const card = (id: string, ranges = { stats: "last hour", shown: "last hour" }) =>
  cardsOf(stats, history, ranges).find((one) => one.id === id);

describe("a figure", () => {
  it("says the API's value, what it is of and how it changed", () => {
    expect(card("requests")).toMatchObject({ text: "92.9K", of: "last hour", value: 92_850 });
    expect(card("errors")?.text).toBe("0.8%");
    expect(card("response")).toMatchObject({ text: "1.38", unit: "s", note: "P95" });
    expect(card("active")?.note).toBe("of 20");
  });

  it("of a range the API has none for is summed up, or says which it is of", () => {
    const ranges = { stats: "last hour", shown: "last 15 minutes" };
    expect(card("requests", ranges)).toMatchObject({ value: 200, of: "last 15 minutes" });
    expect(card("requests", ranges)?.change).toMatchObject({ percent: 100, direction: "up" });
    expect(card("errors", ranges)?.value).toBe(0.02);
    expect(card("response", ranges)?.of).toBe("last hour");
  });

  it("has a history without the bucket that is still open", () => {
    expect(card("requests")?.history).toEqual([10]);
    expect(card("errors")?.history).toEqual([1]);
  });

  it("is good or bad news only where it is clear which", () => {
    expect(changeOf("errors", stat(1, 5))).toMatchObject({ direction: "up", good: false });
    expect(changeOf("response", stat(1, -3))?.good).toBe(true);
    expect(changeOf("requests", stat(1, 5))?.good).toBeUndefined();
    expect(changeOf("requests", stat(1, 0.01))?.direction).toBe("same");
    expect(changeOf("requests", stat(1))).toBeUndefined();
  });

  it("is worth a glance when it changed by more than one percent", () => {
    expect([isNotable(100, 101), isNotable(100, 102), isNotable(0, 1)]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
