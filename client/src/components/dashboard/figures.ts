/** The figures at the head of the dashboard: what each card says. */
import { formatCompact, formatNumber, formatPercent } from "@/components/common/format";
import { dashboardText } from "@/messages/dashboard";
import type { DashboardStats } from "@/types/api";
import type { Figure } from "./view";

type Points = { value: number | null; partial: boolean }[];
type Sums = { summary: { sum: number }; comparison: { summary: { sum: number } } | null };
export type History = {
  counts: { series: ({ name: string; points: Points } & Sums)[] };
  response: { series: { points: Points }[] };
  active: { series: { points: Points }[] };
};

export type Change = {
  percent: number;
  direction: "up" | "down" | "same";
  good: boolean | undefined;
};
export type Card = {
  id: Figure;
  label: string;
  /** The bare number: by it a change is seen. */
  value: number | undefined;
  text: string;
  unit: string | undefined;
  note: string | undefined;
  change: Change | undefined;
  before: string | undefined;
  /** What it is of, such as "last 24 hours"; undefined for what is now. */
  of: string | undefined;
  history: (number | null)[];
};

type Reading = { value: number; previous: number | null; changePct: number | null };
/** Which way is good news; the others are neither. */
const WANTED: Partial<Record<Figure, "down">> = { errors: "down", response: "down" };
const NOTICEABLE_PCT = 0.05;

/** A change in words and signs; undefined when there is nothing to compare with. */
export function changeOf(id: Figure, { changePct }: Reading): Change | undefined {
  if (changePct === null) return undefined;
  if (Math.abs(changePct) < NOTICEABLE_PCT)
    return { percent: 0, direction: "same", good: undefined };
  const direction = changePct > 0 ? "up" : "down";
  const wanted = WANTED[id];
  return { percent: changePct, direction, good: wanted && wanted === direction };
}

const FORMATS: Record<Figure, (value: number) => string> = {
  requests: formatCompact,
  errors: (share) => formatPercent(share * 100),
  response: (ms) => formatNumber(ms < 1000 ? Math.round(ms) : Math.round(ms / 10) / 100),
  online: formatCompact,
  active: formatCompact,
  new: formatCompact,
};

function complete(points: Points | undefined): (number | null)[] {
  return (points ?? []).flatMap(({ value, partial }) => (partial ? [] : [value]));
}

function pointsOf(history: History | undefined, name: string): (number | null)[] {
  return complete(history?.counts.series.find((one) => one.name === name)?.points);
}

function histories(history: History | undefined): Record<Figure, (number | null)[]> {
  const requests = pointsOf(history, "api.requests");
  const errors = pointsOf(history, "api.errors");
  const total = pointsOf(history, "users.total");
  return {
    requests,
    errors: requests.map((n, i) => (n ? (errors[i] ?? 0) / n : null)),
    response: complete(history?.response.series[0]?.points),
    online: pointsOf(history, "users.online"),
    active: complete(history?.active.series[0]?.points),
    new: total,
  };
}

function reading(value: number, previous: number | null): Reading {
  return { value, previous, changePct: previous ? (value / previous - 1) * 100 : null };
}

/** Sums of the shown range, for ranges the figures themselves do not know. */
function derived(history: History): Partial<Record<Figure, Reading | null>> {
  const of = (name: string) => history.counts.series.find((one) => one.name === name);
  const [requests, errors] = [of("api.requests"), of("api.errors")];
  const [now, before] = [requests?.summary.sum ?? 0, requests?.comparison?.summary.sum || null];
  const share = now ? (errors?.summary.sum ?? 0) / now : 0;
  const earlier = before && (errors?.comparison?.summary.sum ?? 0) / before;
  return { requests: reading(now, before), errors: now ? reading(share, earlier) : null };
}

function readings(stats: DashboardStats): Record<Figure, Reading> {
  return {
    requests: stats.requests,
    errors: stats.errorRate,
    response: stats.responseTimeMs,
    online: stats.onlineUsers,
    active: stats.activeUsers,
    new: stats.newUsers,
  };
}

/** What the figures are of, in words; `stats` and `shown` are the same when they know the range. */
export type Ranges = { stats: string; shown: string };

/** The cards, left to right. */
export function cardsOf(
  stats: DashboardStats | undefined,
  history: History | undefined,
  ranges: Ranges,
): Card[] {
  const text = dashboardText.figures;
  const lines = histories(history);
  const own = ranges.stats !== ranges.shown && history ? derived(history) : {};
  const known = stats && readings(stats);
  const notes: Partial<Record<Figure, string>> = {
    response: text.p95,
    online: text.now,
    ...(stats && { active: text.ofUsers(formatNumber(stats.totalUsers.value)) }),
  };
  return (["requests", "errors", "response", "online", "active", "new"] as const).map((id) => {
    const found = (id in own ? own[id] : known?.[id]) ?? undefined;
    const format = FORMATS[id];
    return {
      id,
      label: text[id],
      value: found?.value,
      text: found ? format(found.value) : "–",
      unit: id === "response" && found ? (found.value < 1000 ? "ms" : "s") : undefined,
      note: notes[id],
      change: found && changeOf(id, found),
      before: found?.previous == null ? undefined : text.before(format(found.previous)),
      of: id === "online" ? undefined : id in own ? ranges.shown : ranges.stats,
      history: lines[id],
    };
  });
}
