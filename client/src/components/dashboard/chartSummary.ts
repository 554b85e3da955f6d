/** A chart for those who do not see it: a sentence, and a table. */
import type { ChartModel, Line } from "./chartData";

export type LineFacts = {
  last: number;
  min: number;
  max: number;
  trend: "rising" | "falling" | "steady";
};

/** Less than this share of a change is none. */
const STEADY = 0.05;
export const TABLE_ROWS = 240;

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What to say about a line; undefined when it has no complete bucket. */
export function factsOf(line: Line): LineFacts | undefined {
  const known = line.values.filter((value) => value != null);
  const last = known.at(-1);
  if (last === undefined) return undefined;
  const middle = known.length >> 1;
  const [before, after] = [mean(known.slice(0, middle)), mean(known.slice(middle))];
  const change = middle === 0 ? 0 : (after - before) / (Math.abs(before) || 1);
  const trend = Math.abs(change) < STEADY ? "steady" : change > 0 ? "rising" : "falling";
  const min = known.reduce((a, b) => Math.min(a, b));
  const max = known.reduce((a, b) => Math.max(a, b));
  return { last, min, max, trend };
}

/** The value of a bucket, whether it is complete or not. */
export function valueAt(line: Line, index: number): number | null {
  return line.values[index] ?? line.open[index] ?? null;
}

/** Why a bucket is not complete: it still fills, or the range holds only a part of it. */
export type Part = "open" | "cut";

/** Of the buckets from `from` to before `to`; undefined when they are complete. */
export function partOf(model: ChartModel, from: number, to = from + 1): Part | undefined {
  const { lines, starts, ends, now } = model;
  const isPart = (i: number) => lines.some((line) => line.open[i] != null);
  const parts = starts.flatMap((_, i) => (i >= from && i < to && isPart(i) ? [i] : []));
  if (parts.length === 0) return undefined;
  // A range that ends now cuts the bucket that is still filling: by its length it goes on.
  const length = starts.reduce((most, start, i) => Math.max(most, (ends[i] ?? 0) - start), 0);
  return parts.some((i) => (starts[i] ?? 0) + length > now) ? "open" : "cut";
}

export type TableRow = {
  start: number;
  end: number;
  part: Part | undefined;
  values: (number | null)[];
};

function merged(line: Line, from: number, to: number): number | null {
  const known: number[] = [];
  for (let i = from; i < to; i++) {
    const value = valueAt(line, i);
    if (value !== null) known.push(value);
  }
  if (known.length === 0) return null;
  // Averages and percentiles cannot be added up: the greatest is still a true reading.
  return line.adds ? known.reduce((a, b) => a + b) : known.reduce((a, b) => Math.max(a, b));
}

/** Newest first; when there are more buckets than rows, neighbours are put together. */
export function tableRows(model: ChartModel, limit = TABLE_ROWS): TableRow[] {
  const each = Math.ceil(model.starts.length / limit) || 1;
  const rows: TableRow[] = [];
  for (let from = 0; from < model.starts.length; from += each) {
    const to = Math.min(from + each, model.starts.length);
    rows.push({
      start: model.starts[from] as number,
      end: model.ends[to - 1] as number,
      part: partOf(model, from, to),
      values: model.lines.map((line) => merged(line, from, to)),
    });
  }
  return rows.filter((row) => row.values.some((value) => value !== null)).reverse();
}

/** How many buckets stand in one row. */
export function bucketsPerRow(model: ChartModel, limit = TABLE_ROWS): number {
  return Math.ceil(model.starts.length / limit) || 1;
}
