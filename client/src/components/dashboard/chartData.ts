/** From buckets of the API to what a chart draws: lines, open buckets, gaps. */
import type { Aggregate } from "@/api/gql/graphql";
import type { Bucket, Series } from "@/types/chart";
import type { Column } from "./decimate";
import type { Span } from "./range";

/** One thing to draw: which series, under which name, on which side. */
export type Source = { label: string; series: Series; right?: boolean; colour?: number };

export type Line = {
  label: string;
  unit: string | null;
  right: boolean;
  /** 1 to 6, of the chart colours. */
  colour: number;
  /** Whether buckets add up, so that an open one is smaller and not lower. */
  adds: boolean;
  /** Few, separate happenings are bars; all else is a line. */
  bars: boolean;
  earlier: boolean;
  /** Its place among the sources: by it its dashes differ. */
  order: number;
  /** Whether few readings make a wild value, so that an open bucket is not worth drawing. */
  wild: boolean;
  /** null breaks the line, undefined does not. */
  values: Column;
  /** The buckets that are still open or cut by the range, null elsewhere. */
  open: Column;
};
export type ChartModel = {
  /** When this was so. */
  now: number;
  /** Milliseconds; both as long as every column. */
  starts: number[];
  ends: number[];
  lines: Line[];
  /** Stretches nothing was recorded in. */
  gaps: Span[];
};

const ADDS: Aggregate[] = ["SUM", "COUNT", "RATE"];
const WILD: Aggregate[] = ["P50", "P95", "P99"];
/** A stretch without readings is a gap when it is that many times longer than usual. */
const GAP_TIMES = 3;

type Values = (number | null)[];

function columnOf(points: Bucket[], starts: number[], beside: Bucket[] = points): Bucket[] {
  const byStart = new Map(beside.map((point, i) => [Date.parse(point.start), points[i]]));
  const nothing = { start: "", end: "", value: null, partial: false };
  return starts.map((start) => byStart.get(start) ?? nothing);
}

/** First and last index with a value in any of the columns; undefined when there is none. */
function extent(columns: Values[]): [number, number] | undefined {
  const known = columns.flatMap((values) => values.flatMap((v, i) => (v === null ? [] : [i])));
  return known.length
    ? [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
    : undefined;
}

/** How many buckets usually lie between one value and the next. */
function usualStep(values: Values): number {
  const at = values.flatMap((value, i) => (value === null ? [] : [i]));
  const steps = at.slice(1).map((index, i) => index - (at[i] as number));
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 1;
}

/** Runs of `[first, last]` without a value in any column, longer than `limit`, begun by `now`. */
function emptyRuns(columns: Values[], limit: number, begun: number): [number, number][] {
  const runs: [number, number][] = [];
  for (let i = 0; i < begun; i++) {
    if (columns.some((values) => values[i] !== null)) continue;
    const first = i;
    while (i + 1 < begun && columns.every((values) => values[i + 1] === null)) i++;
    if (i - first + 1 > limit) runs.push([first, i]);
  }
  return runs;
}

/** Lets the line run on over nulls that are no gap: readings come more rarely than buckets. */
function bridged(
  values: Values,
  gaps: [number, number][],
  [first, last]: [number, number],
): Column {
  const inGap = (i: number) => gaps.some(([from, to]) => i >= from && i <= to);
  return values.map((value, i) =>
    value === null && i > first && i < last && !inGap(i) ? undefined : value,
  );
}

function lineOf(source: Source, buckets: Bucket[], bars: boolean, index: number): Line {
  const { series, label, right = false, colour = (index % 6) + 1 } = source;
  return {
    ...{ label, unit: series.unit, right, colour, bars, earlier: false, order: index },
    adds: ADDS.includes(series.aggregate),
    wild: WILD.includes(series.aggregate),
    values: buckets.map(({ value, partial }) => (partial ? null : value)),
    open: buckets.map(({ value, partial }) => (partial ? value : null)),
  };
}

function earlierLine(line: Line, source: Source, starts: number[], label: string): Line {
  const points = source.series.comparison?.points ?? [];
  const own = source.series.points;
  // What stands beside an open bucket is cut where that is: it would look like a drop.
  const whole = points.map((point, i) => (own[i]?.partial ? { ...point, value: null } : point));
  const values = columnOf(whole, starts, own).map((point) => point.value);
  const open = values.map(() => null);
  return { ...line, label, values, open, earlier: true, bars: false };
}

/**
 * Lays series over each other, bucket by bucket.
 *
 * A counter without a point between two others counted nothing: 0. Before its first and after
 * its last nobody knows, nor of readings that stay away longer than usual: those are gaps.
 */
export function chartModel(
  sources: Source[],
  now: number,
  earlierLabel?: (label: string) => string,
): ChartModel {
  const edges = new Map<number, number>();
  for (const { series } of sources)
    for (const { start, end } of series.points) edges.set(Date.parse(start), Date.parse(end));
  const starts = [...edges.keys()].sort((a, b) => a - b);
  const ends = starts.map((start) => edges.get(start) ?? start);
  const begun = starts.filter((start) => start < now).length;
  const buckets = sources.map(({ series }) => columnOf(series.points, starts));
  const raw = buckets.map((column) => column.map((point) => point.value));
  const counters = raw.filter((_, i) => sources[i]?.series.kind === "COUNTER");
  const counted = extent(counters);
  const filled = raw.map((values, i) =>
    sources[i]?.series.kind === "COUNTER" && counted
      ? values.map((v, at) => (v === null && at >= counted[0] && at <= counted[1] ? 0 : v))
      : values,
  );
  const known = extent(filled);
  if (!known) return { now, starts, ends, lines: [], gaps: [] };
  const step = Math.max(...filled.map(usualStep));
  const runs = emptyRuns(filled, Math.max(1, step * GAP_TIMES - 1), begun);
  const lines = sources.flatMap((source, i) => {
    const sparse = source.series.kind === "COUNTER" && usualStep(raw[i] ?? []) > 1;
    const whole = (buckets[i] ?? []).map((b, at) => ({ ...b, value: filled[i]?.[at] ?? null }));
    const line = lineOf(source, whole, sparse, i);
    const drawn = { ...line, values: bridged(line.values as Values, runs, known) };
    if (!earlierLabel || !source.series.comparison || source.right) return [drawn];
    return [drawn, earlierLine(line, source, starts, earlierLabel(source.label))];
  });
  const gaps = runs.map(([a, b]) => ({ from: starts[a] as number, to: ends[b] as number }));
  return { now, starts, ends, lines, gaps };
}
