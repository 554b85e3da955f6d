/** Live buckets put into the answer of a query. */

import type { LiveBuckets } from "@/api/live/metrics";
import type { Interval, MetricPoint, MetricResult, MetricSeries } from "@/types/api";

type Row = Pick<MetricPoint, "start" | "end">;

interface Rows {
  /** How many of the old ones the range has left behind. */
  gone: number;
  rows: readonly Row[];
  added: number;
  /** The place of the one that was last in the query: its range ends within it. */
  cut: number;
  shiftMs: number;
}

const MINUTE_MS = 60_000;
// Days, weeks and months are cut by a zone's calendar; live buckets are those of UTC.
const WIDTH_MS: Partial<Record<Interval, number>> = {
  PT1M: MINUTE_MS,
  PT5M: 5 * MINUTE_MS,
  PT15M: 15 * MINUTE_MS,
  PT1H: 60 * MINUTE_MS,
  PT6H: 360 * MINUTE_MS,
};
const MOST_NEW = 2_000;

/**
 * `result`, whose range ends now, brought up to date.
 *
 * Each live bucket takes the place of the one with its `start`. Newer ones follow, with
 * empty ones where a metric was silent, and those the range has left behind go; all series
 * keep the same buckets. Summaries and figures to compare with are the query's.
 */
export function mergeLive(result: MetricResult, live: LiveBuckets): MetricResult {
  const widthMs = WIDTH_MS[result.interval];
  const old = result.series[0]?.points;
  if (!widthMs || !old?.length || live.size === 0) return result;
  const grid = rowsOf(result, old, newestOf(live), widthMs);
  return {
    ...result,
    from: later(result.from, grid.shiftMs),
    to: later(result.to, grid.shiftMs),
    series: result.series.map((series) => merged(series, grid, live, widthMs)),
  };
}

/** What buckets there are by now. */
function rowsOf(result: MetricResult, old: readonly Row[], newest: string, widthMs: number): Rows {
  const added: Row[] = [];
  let last = old.at(-1) as Row;
  while (last.start < newest && added.length < MOST_NEW) {
    // The range cuts its last bucket short; the next begins where that one really ends.
    const start = later(last.start, widthMs);
    last = { start, end: later(start, widthMs) };
    added.push(last);
  }
  // Another grid, as in a zone half an hour off: the query's next answer has them.
  if (last.start !== newest) added.length = 0;
  const shiftMs = added.length * widthMs;
  const from = later(result.from, shiftMs);
  const gone = shiftMs === 0 ? 0 : old.filter((row) => row.end <= from).length;
  const rows = [...old.slice(gone), ...added];
  return { gone, rows, added: added.length, cut: old.length - gone - 1, shiftMs };
}

function merged(series: MetricSeries, grid: Rows, live: LiveBuckets, widthMs: number) {
  const told = live.get(series.name);
  const isSame = told?.aggregate === series.aggregate && series.tags === null;
  const asked = new Map(series.points.map((point) => [point.start, point]));
  const end = grid.rows.length - 1;
  const points = grid.rows.map((row, i) => {
    const fresh = isSame ? told.points.get(row.start) : undefined;
    const fits = fresh && (fresh.end === row.end || (i === grid.cut && fresh.end > row.end));
    const point = fits ? fresh : (asked.get(row.start) ?? silent(row));
    // A bucket that others follow is no longer open, whether or not we were told its end.
    const isClosed = point.partial && i > 0 && i < end;
    return isClosed ? { ...point, partial: false } : point;
  });
  return { ...series, points, comparison: beside(series.comparison, grid, widthMs) };
}

/** Keeps the comparison's points beside the series' own, one by one. */
function beside(comparison: MetricSeries["comparison"], grid: Rows, widthMs: number) {
  if (!comparison || grid.added === 0) return comparison;
  const points = comparison.points.slice(grid.gone);
  const last = comparison.points.at(-1);
  for (let i = 1; last && i <= grid.added; i++) {
    const start = later(last.start, i * widthMs);
    points.push(silent({ start, end: later(start, widthMs) }));
  }
  return { ...comparison, points };
}

function newestOf(live: LiveBuckets): string {
  let newest = "";
  for (const { points } of live.values()) {
    for (const start of points.keys()) if (start > newest) newest = start;
  }
  return newest;
}

function later(moment: string, ms: number): string {
  return ms === 0 ? moment : new Date(Date.parse(moment) + ms).toISOString();
}

function silent(row: Row): MetricPoint {
  return { ...row, value: null, count: 0, partial: false };
}
