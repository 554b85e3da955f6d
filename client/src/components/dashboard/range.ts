/** Which stretch of time the dashboard shows, and how the API is asked for it. */
import type { RangeInput, TimeRange } from "@/api/gql/graphql";
import { dayStart, fromLocalInput, nextDay } from "./zonedTime";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `[from, to)` in milliseconds since 1970. */
export type Span = { from: number; to: number };
/** A relative range stays relative: it always ends now. */
export type Range = { last: string } | Span;

const UNITS: Record<string, number> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
export const PRESETS = ["15m", "1h", "6h", "24h", "7d", "30d"] as const;
export const DEFAULT_RANGE: Range = { last: "24h" };
const LONGEST_MS = 5 * 365 * DAY_MS;

export function isSpan(range: Range): range is Span {
  return "from" in range;
}

/** The length of `24h` and the like; undefined for what is none. */
export function lengthOf(last: string): number | undefined {
  const match = /^([1-9]\d{0,3})([mhd])$/.exec(last);
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || unit === undefined) return undefined;
  const length = Number(match[1]) * unit;
  return length <= LONGEST_MS ? length : undefined;
}

/** Where the range lies at the moment `now`. */
export function spanOf(range: Range, now: number): Span {
  if (isSpan(range)) return range;
  return { from: now - (lengthOf(range.last) ?? DAY_MS), to: now };
}

/** What is wrong with a stretch somebody typed; undefined when nothing is. */
export function spanProblem(span: Span): "missing" | "order" | "long" | undefined {
  if (Number.isNaN(span.from) || Number.isNaN(span.to)) return "missing";
  if (span.to - span.from < MINUTE_MS) return "order";
  return span.to - span.from > LONGEST_MS ? "long" : undefined;
}

/** For the API. Days are asked for as days, so that they are those of the zone's clocks. */
export function toRangeInput(range: Range): RangeInput {
  if (isSpan(range)) {
    return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  }
  const count = range.last.slice(0, -1);
  return { last: range.last.endsWith("d") ? `P${count}D` : `PT${range.last.toUpperCase()}` };
}

const STAT_RANGES: [TimeRange, number, string][] = [
  ["LAST_HOUR", HOUR_MS, "1h"],
  ["LAST_24_HOURS", DAY_MS, "24h"],
  ["LAST_7_DAYS", 7 * DAY_MS, "7d"],
  ["LAST_30_DAYS", 30 * DAY_MS, "30d"],
];

export type StatRange = { range: TimeRange; last: string; exact: boolean };

/** The figures know four ranges: the one nearest in length, and whether it is the very one. */
export function statRange(range: Range): StatRange {
  const { from, to } = spanOf(range, 0);
  const distance = (length: number) => Math.abs(Math.log((to - from) / length));
  const [name, , last] = STAT_RANGES.reduce((best, next) =>
    distance(next[1]) < distance(best[1]) ? next : best,
  );
  return { range: name, last, exact: !isSpan(range) && range.last === last };
}

/** The calendar day in the zone that holds the moment. */
export function dayOf(at: number, zone: string): Span {
  const from = dayStart(at, zone);
  return { from, to: nextDay(from, zone) };
}

/** Whether the stretch is one or a few whole days of the zone: those are read by the hour. */
export function isWholeDays(span: Span, zone: string): boolean {
  const { from, to } = span;
  return to - from <= 3.1 * DAY_MS && dayStart(from, zone) === from && dayStart(to, zone) === to;
}

/** Two fields `YYYY-MM-DDTHH:mm` in the zone as a stretch; NaN where a field is none. */
export function spanFromInputs(from: string, to: string, zone: string): Span {
  return { from: fromLocalInput(from, zone), to: fromLocalInput(to, zone) };
}
