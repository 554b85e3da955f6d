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

export type TableRow = { start: number; end: number; open: boolean; values: (number | null)[] };

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
      open: model.lines.some((line) => line.open.slice(from, to).some((value) => value != null)),
      values: model.lines.map((line) => merged(line, from, to)),
    });
  }
  return rows.filter((row) => row.values.some((value) => value !== null)).reverse();
}

/** How many buckets stand in one row. */
export function bucketsPerRow(model: ChartModel, limit = TABLE_ROWS): number {
  return Math.ceil(model.starts.length / limit) || 1;
}
