// @vitest-environment node
import { expect, test } from "vitest";
import { mergeLive } from "@/api/live/merge";
import type { LiveBuckets } from "@/api/live/metrics";
import type { MetricPoint, MetricResult, MetricSeries } from "@/types/api";

const MINUTE_MS = 60_000;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

function point(minute: number, value: number | null, { partial = false, width = 1 } = {}) {
  const [start, end] = [at(minute), at(minute + width)];
  return { start, end, value, count: value === null ? 0 : 1, partial };
}

function series(name: string, points: MetricPoint[]): MetricSeries {
  const summary = { min: 1, max: 1, avg: 1, sum: 1, last: 1, count: 1 };
  const head = { name, unit: null, kind: "COUNTER", aggregate: "SUM", tags: null } as const;
  return { ...head, points, summary, comparison: null };
}

function result(all: MetricSeries[], changes: Partial<MetricResult> = {}): MetricResult {
  const points = all[0]?.points ?? [];
  const [from, to] = [points[0]?.start ?? "", points.at(-1)?.end ?? ""];
  const head = { interval: "PT1M" as const, timeZone: "UTC", asOf: to, warnings: [] };
  return { from, to, ...head, series: all, ...changes };
}

function live(told: Record<string, MetricPoint[]>): LiveBuckets {
  const byStart = (points: MetricPoint[]) => new Map(points.map((one) => [one.start, one]));
  return new Map(
    Object.entries(told).map(([name, points]) => [
      name,
      { aggregate: "SUM" as const, points: byStart(points) },
    ]),
  );
}

const values = (found: MetricResult, i = 0) => found.series[i]?.points.map((one) => one.value);
const starts = (found: MetricResult, i = 0) =>
  found.series[i]?.points.map((one) => (Date.parse(one.start) - Date.parse(at(0))) / MINUTE_MS);

const asked = () =>
  result([series("a", [point(0, 1), point(1, 2), point(2, 3, { partial: true })])]);

test("a live bucket takes the place of the one with its start", () => {
  const merged = mergeLive(asked(), live({ a: [point(2, 30, { partial: true })] }));

  expect(values(merged)).toEqual([1, 2, 30]);
  expect(merged.series[0]?.points[2]?.partial).toBe(true);
  expect(merged.from).toBe(at(0));
});

test("as many buckets leave the range as enter it, and the one before is closed", () => {
  const merged = mergeLive(asked(), live({ a: [point(3, 4, { partial: true })] }));

  expect(values(merged)).toEqual([2, 3, 4]);
  expect(merged.series[0]?.points.map((one) => one.partial)).toEqual([false, false, true]);
  expect([merged.from, merged.to]).toEqual([at(1), at(4)]);
});

test("a metric that was silent has empty buckets, not a line across", () => {
  const merged = mergeLive(asked(), live({ a: [point(4, 5)] }));

  expect(starts(merged)).toEqual([2, 3, 4]);
  expect(values(merged)).toEqual([3, null, 5]);
});

test("all series keep the same buckets, whichever of them was told", () => {
  const two = result([...asked().series, series("b", [point(0, 7), point(1, 8), point(2, 9)])]);
  const merged = mergeLive(two, live({ b: [point(3, 10)] }));

  expect(starts(merged, 0)).toEqual(starts(merged, 1));
  expect(values(merged, 0)).toEqual([2, 3, null]);
});

test("the comparison stays beside the points, one by one", () => {
  const [one] = asked().series;
  const comparison = {
    ...{ from: at(-3), to: at(0), changePct: 1 },
    points: [point(-3, 5), point(-2, 6), point(-1, 7)],
    summary: (one as MetricSeries).summary,
  };
  const merged = mergeLive(
    result([{ ...(one as MetricSeries), comparison }]),
    live({ a: [point(3, 4)] }),
  );

  expect(merged.series[0]?.comparison?.points.map((p) => p.value)).toEqual([6, 7, null]);
});

test("the last bucket, cut by the range, grows into a whole one", () => {
  const cut = [point(0, 1, { width: 5 }), point(5, 2, { width: 2, partial: true })];
  const merged = mergeLive(
    result([series("a", cut)], { interval: "PT5M" }),
    live({ a: [point(5, 20, { width: 5 }), point(10, 3, { width: 5, partial: true })] }),
  );

  expect(starts(merged)).toEqual([5, 10]);
  expect(values(merged)).toEqual([20, 3]);
});

test("a first bucket that the range cuts is not given the whole one's value", () => {
  const cut = [point(0, 1, { width: 3, partial: true }), point(3, 2, { width: 5 })];
  const merged = mergeLive(
    result([series("a", cut)], { interval: "PT5M" }),
    live({ a: [point(0, 99, { width: 5 })] }),
  );

  expect(values(merged)).toEqual([1, 2]);
});

test.each([
  ["of another grid", { interval: "PT5M" as const }, point(3, 9, { width: 5 })],
  ["by a calendar", { interval: "P1D" as const }, point(2, 9)],
])("buckets %s are left to the next answer of the query", (_, changes, told) => {
  expect(values(mergeLive(result(asked().series, changes), live({ a: [told] })))).toEqual([
    1, 2, 3,
  ]);
});

test("figures of another aggregate or of one tag are not mixed in", () => {
  const percentile = { ...(asked().series[0] as MetricSeries), aggregate: "P95" as const };
  const tagged = { ...(asked().series[0] as MetricSeries), tags: { route: "/" } };
  const told = live({ a: [point(2, 99)] });

  expect(values(mergeLive(result([percentile]), told))).toEqual([1, 2, 3]);
  expect(values(mergeLive(result([tagged]), told))).toEqual([1, 2, 3]);
});
