/** What all charts of the page share. */
import type { ChartQuery } from "@/types/chart";
import type { Clock } from "./plotOptions";
import { HOUR_MS, isSpan, isWholeDays, type Span, spanOf, toRangeInput } from "./range";
import type { PatchView } from "./useView";
import { compareOf, type Every, isLive, shownRange, type View } from "./view";

export type Frame = {
  view: View;
  patch: PatchView;
  query: ChartQuery;
  span: Span;
  clock: Clock;
  paused: boolean;
};

const EVERY_MS: Record<Every, number> = {
  PT1M: 60_000,
  PT5M: 300_000,
  PT15M: 900_000,
  PT1H: 3_600_000,
  PT6H: 21_600_000,
  P1D: 86_400_000,
};
const MOST_BUCKETS = 2_000;

/** Whether a stretch can be cut that way: into at least two buckets and not too many. */
export function fits(every: Every, { from, to }: Span): boolean {
  const buckets = (to - from) / EVERY_MS[every];
  return buckets >= 2 && buckets <= MOST_BUCKETS;
}

/** The question every chart asks. A few whole days are read by the hour, as people do. */
export function chartQuery(view: View, zone: string): ChartQuery {
  const range = shownRange(view);
  const span = spanOf(range, 0);
  const chosen = view.every && fits(view.every, span) ? view.every : undefined;
  const aDay = isSpan(range) && isWholeDays(range, zone);
  // Two lines over each other are read by the hour, too.
  const compared = view.compare && span.to - span.from >= 12 * HOUR_MS;
  const byHour = (aDay || compared) && fits("PT1H", span) ? "PT1H" : undefined;
  return {
    range: toRangeInput(range),
    interval: chosen ?? byHour,
    compareTo: compareOf(view),
    timeZone: zone,
    live: isLive(view),
  };
}

/** Slides with the clock, a pixel or so at a time. */
export function slidingSpan(view: View, now: number): Span {
  const range = shownRange(view);
  const { from, to } = spanOf(range, now);
  if (isSpan(range)) return { from, to };
  const step = Math.max(1_000, (to - from) / 1_000);
  const end = Math.ceil(now / step) * step;
  return { from: end - (to - from), to: end };
}
