/** What the dashboard shows, as it stands in the address: the only place it is kept. */
import type { Compare } from "@/api/gql/graphql";
import { DEFAULT_RANGE, isSpan, lengthOf, type Range, type Span, spanProblem } from "./range";

export const FIGURES = ["requests", "errors", "response", "online", "active", "new"] as const;
export type Figure = (typeof FIGURES)[number];
export const COMPARISONS = {
  period: "PREVIOUS_PERIOD",
  day: "PREVIOUS_DAY",
  week: "PREVIOUS_WEEK",
} as const;
export type Comparison = keyof typeof COMPARISONS;
export const INTERVALS = ["PT1M", "PT5M", "PT15M", "PT1H", "PT6H", "P1D"] as const;
export type Every = (typeof INTERVALS)[number];
export const MAX_METRICS = 4;

export type View = {
  range: Range;
  /** A part of the range, looked at more closely. */
  zoom: Span | undefined;
  figure: Figure;
  /** Metrics with a panel of their own; undefined until somebody chose. */
  metrics: string[] | undefined;
  compare: Comparison | undefined;
  every: Every | undefined;
  /** A prefix of actions, such as `user`. */
  kind: string | undefined;
};

/** With its zone, or it would mean something else elsewhere. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T.+(Z|[+ -]\d{2}:?\d{2})$/;
const METRIC_NAME = /^[a-z0-9_]+(\.[a-z0-9_]+)*$/;

function member<T extends string>(all: readonly T[], value: string | null): T | undefined {
  return all.find((one) => one === value);
}

function spanFrom(
  from: string | null | undefined,
  to: string | null | undefined,
): Span | undefined {
  if (!MOMENT.test(from ?? "") || !MOMENT.test(to ?? "")) return undefined;
  const parse = (text = "") => Date.parse(text.replace(" ", "+"));
  const span = { from: parse(from ?? ""), to: parse(to ?? "") };
  return spanProblem(span) ? undefined : span;
}

function metricsFrom(text: string | null): string[] | undefined {
  if (text === null) return undefined;
  const names = text.split(",").filter((name) => name.length <= 100 && METRIC_NAME.test(name));
  return [...new Set(names)].slice(0, MAX_METRICS);
}

/** Reads the address; what is no valid value counts as not given. */
export function parseView(params: URLSearchParams): View {
  const last = params.get("range");
  const relative = last && lengthOf(last) ? { last } : undefined;
  const [zoomFrom, zoomTo] = (params.get("zoom") ?? "").split("~");
  const compare = member(Object.keys(COMPARISONS) as Comparison[], params.get("compare"));
  const kind = params.get("kind");
  return {
    range: spanFrom(params.get("from"), params.get("to")) ?? relative ?? DEFAULT_RANGE,
    zoom: spanFrom(zoomFrom, zoomTo),
    figure: member(FIGURES, params.get("show")) ?? "requests",
    metrics: metricsFrom(params.get("metric")),
    compare,
    every: member(INTERVALS, params.get("every")),
    kind: kind && METRIC_NAME.test(kind) ? kind : undefined,
  };
}

/** As short as RFC 3339 may be for people to read it in the address. */
export function moment(at: number): string {
  return new Date(at).toISOString().replace(/(:00)?\.000Z$/, "Z");
}

/** Writes a view into the address, leaving out what is so anyway and keeping what is not ours. */
export function writeView(view: View, params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string | undefined) =>
    value === undefined ? next.delete(name) : next.set(name, value);
  const { range, zoom } = view;
  const span = isSpan(range) ? range : undefined;
  const relative = isSpan(range) || range === DEFAULT_RANGE ? undefined : range.last;
  put("range", relative);
  put("from", span && moment(span.from));
  put("to", span && moment(span.to));
  put("zoom", zoom && `${moment(zoom.from)}~${moment(zoom.to)}`);
  put("show", view.figure === "requests" ? undefined : view.figure);
  put("metric", view.metrics?.join(","));
  put("compare", view.compare);
  put("every", view.every);
  put("kind", view.kind);
  return next;
}

/** The range the panels show. */
export function shownRange(view: View): Range {
  return view.zoom ?? view.range;
}

/** Whether new data belongs into the panels. */
export function isLive(view: View): boolean {
  return !view.zoom && !isSpan(view.range);
}

export function compareOf(view: View): Compare | undefined {
  return view.compare && COMPARISONS[view.compare];
}
