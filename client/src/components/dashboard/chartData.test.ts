import { describe, expect, it } from "vitest";
import type { Aggregate, MetricKind } from "@/api/gql/graphql";
import type { Bucket, Series } from "@/types/chart";
import { chartModel } from "./chartData";
import { factsOf, partOf, tableRows, valueAt } from "./chartSummary";
import { painted } from "./plotOptions";
import { MINUTE_MS } from "./range";

type Value = number | null | { open: number };

function buckets(values: Value[]): Bucket[] {
  return values.map((value, i) => ({
    start: new Date(i * MINUTE_MS).toISOString(),
    end: new Date((i + 1) * MINUTE_MS).toISOString(),
    value: value !== null && typeof value === "object" ? value.open : value,
    partial: value !== null && typeof value === "object",
  }));
}

function series(kind: MetricKind, values: Value[], aggregate: Aggregate = "SUM"): Series {
  return { name: "shop.orders", unit: null, kind, aggregate, points: buckets(values) };
}

function model(...all: Series[]) {
  const now = (Math.max(...all.map((one) => one.points.length)) - 0.5) * MINUTE_MS;
  return chartModel(
    all.map((one) => ({ label: "Orders", series: one })),
    now,
  );
}

const minutes = (from: number, to: number) => ({ from: from * MINUTE_MS, to: to * MINUTE_MS });

describe("a chart", () => {
  it("takes an open bucket out of the line, so that it is no drop", () => {
    const { lines } = model(series("COUNTER", [5, 6, { open: 1 }]));
    expect(lines[0]?.values).toEqual([5, 6, null]);
    expect(lines[0]?.open).toEqual([null, null, 1]);
    expect(lines[0]?.adds).toBe(true);
  });

  it("counts nothing as 0 between two counts, and as unknown outside of them", () => {
    const { lines, gaps } = model(series("COUNTER", [null, null, null, 4, null, 5, 6, 7, null]));
    expect(lines[0]?.values).toEqual([null, null, null, 4, 0, 5, 6, 7, null]);
    expect(gaps).toEqual([minutes(0, 3)]);
  });

  it("marks a stretch in which readings stayed away as a gap", () => {
    const { lines, gaps } = model(series("GAUGE", [1, 2, 3, null, null, null, 4, 5], "AVG"));
    expect(gaps).toEqual([minutes(3, 6)]);
    expect(lines[0]?.values.slice(3, 6)).toEqual([null, null, null]);
  });

  it("runs on between readings that are merely rarer than buckets", () => {
    const rare = [1, null, null, 2, null, null, 3, null, null, 4];
    const { lines, gaps } = model(series("GAUGE", rare, "AVG"));
    expect(gaps).toEqual([]);
    expect(lines[0]?.values[1]).toBeUndefined();
  });

  it("draws rare counts as bars, and steady ones as a line", () => {
    expect(model(series("COUNTER", [1, null, null, 2, null, null, 1])).lines[0]?.bars).toBe(true);
    expect(model(series("COUNTER", [1, 2, 0, 2])).lines[0]?.bars).toBe(false);
  });

  it("knows no gap in time that has not come yet", () => {
    const one = series("COUNTER", [1, 2, 3, null, null, null, null, null]);
    const { gaps } = chartModel([{ label: "Orders", series: one }], 3 * MINUTE_MS);
    expect(gaps).toEqual([]);
  });

  it("lays series with different buckets over each other by their time", () => {
    const late = { ...series("GAUGE", [1, 2, 3], "AVG"), points: buckets([7, 8, 9]).slice(1) };
    const { lines, starts } = model(series("GAUGE", [1, 2, 3], "AVG"), late);
    expect(starts).toHaveLength(3);
    expect(lines[1]?.values).toEqual([null, 8, 9]);
  });

  it("puts an earlier stretch beside the one asked for", () => {
    const earlier = buckets([9, 8, 7]).map((b) => ({ ...b, start: "2020-01-01T00:00:00Z" }));
    const both = { ...series("COUNTER", [1, 2, 3]), comparison: { points: earlier } };
    const { lines } = chartModel([{ label: "Orders", series: both }], 9e12, (l) => `${l} before`);
    expect(lines.map((line) => line.label)).toEqual(["Orders", "Orders before"]);
    expect(lines[1]).toMatchObject({ earlier: true, values: [9, 8, 7] });
  });

  it("paints its own lines over the earlier ones", () => {
    const { lines } = model(series("COUNTER", [1, 2]), series("COUNTER", [3, 4]));
    const [own, other] = lines;
    if (!own || !other) throw new Error("two lines");
    const earlier = { ...own, earlier: true };
    expect(painted([own, earlier, other])).toEqual([earlier, own, other]);
  });

  it("is empty when nothing was recorded", () => {
    expect(model(series("COUNTER", [null, null]))).toMatchObject({ lines: [], gaps: [] });
  });
});

describe("what is said about a chart", () => {
  it("tells the latest complete reading, the least, the greatest and the trend", () => {
    const { lines } = model(series("COUNTER", [2, 4, 8, 16, { open: 1 }]));
    const line = lines[0];
    expect(line && factsOf(line)).toEqual({ last: 16, min: 2, max: 16, trend: "rising" });
    expect(line && valueAt(line, 4)).toBe(1);
  });

  it("tells a bucket that still fills from one the range cuts", () => {
    const one = series("COUNTER", [{ open: 1 }, 2, 3, { open: 1 }]);
    const last = one.points.at(-1) as Bucket;
    last.end = new Date(3.25 * MINUTE_MS).toISOString();
    const parts = (now: number) => {
      const chart = chartModel([{ label: "Orders", series: one }], now * MINUTE_MS);
      return chart.starts.map((_, i) => partOf(chart, i));
    };
    expect(parts(3.5)).toEqual(["cut", undefined, undefined, "open"]);
    expect(parts(60)).toEqual(["cut", undefined, undefined, "cut"]);
  });

  it("has a table, newest first, that adds up what is too much for it", () => {
    const chart = model(series("COUNTER", [1, 2, 3, 4, { open: 5 }]));
    expect(tableRows(chart).map((row) => row.values[0])).toEqual([5, 4, 3, 2, 1]);
    const short = tableRows(chart, 3);
    expect(short.map((row) => row.values[0])).toEqual([5, 7, 3]);
    expect(short[0]).toMatchObject({ part: "open", start: 4 * MINUTE_MS, end: 5 * MINUTE_MS });
    const peaks = tableRows(model(series("GAUGE", [1, 9, 3, 4], "AVG")), 2);
    expect(peaks.map((row) => row.values[0])).toEqual([4, 9]);
  });
});
