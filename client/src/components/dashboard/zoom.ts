/** Closer, wider, sideways: arithmetic on stretches of time. */
import { MINUTE_MS, type Span } from "./range";

/** Nothing is recorded finer than a minute. */
export const CLOSEST_MS = 5 * MINUTE_MS;

function snapped(from: number, to: number): Span {
  return {
    from: Math.floor(from / MINUTE_MS) * MINUTE_MS,
    to: Math.ceil(to / MINUTE_MS) * MINUTE_MS,
  };
}

/** Half as long, around `at` (its middle when not given); undefined when it is as close as can be. */
export function zoomIn(span: Span, at = (span.from + span.to) / 2): Span | undefined {
  const length = span.to - span.from;
  if (length <= CLOSEST_MS) return undefined;
  const half = Math.max(length / 2, CLOSEST_MS);
  const share = Math.min(Math.max((at - span.from) / length, 0), 1);
  const from = at - half * share;
  return snapped(from, from + half);
}

/** Twice as long, but not beyond `outer`; undefined when it is all of it. */
export function zoomOut(span: Span, outer: Span): Span | undefined {
  const length = span.to - span.from;
  const from = Math.max(span.from - length / 2, outer.from);
  const to = Math.min(span.to + length / 2, outer.to);
  return from <= outer.from && to >= outer.to ? undefined : snapped(from, to);
}

/** What somebody dragged over, widened to what can be shown. */
export function dragged(a: number, b: number): Span {
  const [from, to] = a < b ? [a, b] : [b, a];
  const lacking = Math.max(CLOSEST_MS - (to - from), 0) / 2;
  return snapped(from - lacking, to + lacking);
}
