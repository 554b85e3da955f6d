// The audit page as its address says it: filters, page and linked event live nowhere else.

import type { ActivityFilter, AuditPageQueryVariables, Outcome, Severity } from "@/api/gql/graphql";
import { lengthOf } from "@/components/dashboard/range";
import { listParam, optionalParam, type Param, textParam } from "@/hooks/useUrlState";
import type { AuditEntry } from "@/types/audit";

export const PAGE_SIZE = 50;
export const SEARCH_MAX = 64;
export const ACTIONS_MAX = 10;
export const RANGES = ["1h", "24h", "7d", "30d"] as const;
export const OUTCOMES = ["OK", "REFUSED"] as const satisfies Outcome[];
export const SEVERITIES = ["INFO", "NOTICE", "WARNING", "ERROR"] as const satisfies Severity[];
/** Offered while typing; any other may be written. */
export const KNOWN_ACTIONS = [
  "auth.*",
  "auth.login",
  "auth.login_failed",
  "auth.logout",
  "user.*",
  "user.created",
  "user.updated",
  "user.deleted",
  "session.*",
  "session.revoked",
  "api_key.*",
  "notification.*",
  "import.*",
  "activity.exported",
  "users.exported",
];
const PATTERN = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*(\.\*)?$/;
const KIND = /^[a-z][a-z0-9_]{0,39}$/;

function momentParam(): Param<number | null> {
  return {
    read: (text) => {
      const at = Date.parse(text ?? "");
      return Number.isNaN(at) ? null : at;
    },
    write: (at) => (at === null ? null : new Date(at).toISOString()),
  };
}

/** For `useUrlState`; what an address says wrongly counts as not said. */
export const auditParams = {
  q: textParam(),
  actor: optionalParam<string>(),
  action: listParam(),
  target: textParam(),
  severity: optionalParam(SEVERITIES),
  outcome: optionalParam(OUTCOMES),
  range: optionalParam(RANGES),
  from: momentParam(),
  to: momentParam(),
  after: optionalParam<string>(),
  before: optionalParam<string>(),
  event: optionalParam<string>(),
};

export type AuditView = {
  [K in keyof typeof auditParams]: (typeof auditParams)[K] extends Param<infer T> ? T : never;
};

/** A cursor belongs to one filter: after any change of that it is the first page. */
export const FIRST_PAGE = { after: null, before: null } as const;
export const NO_FILTER = {
  q: "",
  actor: null,
  action: [],
  target: "",
  severity: null,
  outcome: null,
  range: null,
  from: null,
  to: null,
} satisfies Partial<AuditView>;

export function hasFilter(view: AuditView): boolean {
  return Object.keys(filterOf(view, 0)).length > 0;
}

/** What `a, b.*` names; undefined when one of them is no action. */
export function actionsOf(text: string): string[] | undefined {
  const named = text.split(/[\s,]+/).filter(Boolean);
  return named.every((one) => PATTERN.test(one)) ? [...new Set(named)] : undefined;
}

/** `user`, or `user:u_12`: a kind of thing, or one of them. */
export function targetOf(text: string): { targetType: string; targetId?: string } | undefined {
  const [kind = "", ...rest] = text.trim().split(":");
  if (!KIND.test(kind)) return undefined;
  const id = rest.join(":");
  return id === "" ? { targetType: kind } : { targetType: kind, targetId: id };
}

/** What the API is asked for at the moment `now`: a relative range ends then. */
export function filterOf(view: AuditView, now: number): ActivityFilter {
  const length = view.range === null ? undefined : lengthOf(view.range);
  const from = length === undefined ? view.from : now - length;
  const to = length === undefined ? view.to : null;
  return {
    ...(view.q !== "" && { search: view.q }),
    ...(view.actor !== null && { actorIds: [view.actor] }),
    ...(view.action.length > 0 && { actions: view.action }),
    ...(view.target !== "" && targetOf(view.target)),
    ...(view.severity !== null && { severity: view.severity }),
    ...(view.outcome !== null && { outcome: view.outcome }),
    ...(from !== null && { from: new Date(from).toISOString() }),
    ...(to !== null && { to: new Date(to).toISOString() }),
  };
}

export function variablesOf(view: AuditView, now: number): AuditPageQueryVariables {
  const { after, before } = view;
  const newer = before !== null && after === null;
  const page = newer ? { last: PAGE_SIZE, before } : { first: PAGE_SIZE, after };
  return { ...page, filter: filterOf(view, now) };
}

/** What of the view decides which entries there are, for keys of the cache. */
export function filterKey(view: AuditView): Omit<AuditView, "after" | "before" | "event"> {
  const { after: _, before: __, event: ___, ...filter } = view;
  return filter;
}

/** Where the server writes all that the filter finds. */
export function csvPath(view: AuditView, now: number): string {
  const asks = filterOf(view, now);
  const asked = new URLSearchParams();
  const put = (name: string, value: string | number | null | undefined) =>
    value && asked.set(name, String(value));
  put("actor", asks.actorIds?.join(","));
  put("action", asks.actions?.join(","));
  put("target_type", asks.targetType);
  put("target_id", asks.targetId);
  put("severity", asks.severity);
  put("outcome", asks.outcome);
  put("from", asks.from);
  put("to", asks.to);
  put("search", asks.search);
  const query = asked.toString();
  return `/api/v1/dashboard/activity.csv${query && `?${query}`}`;
}

// Others without an account are API keys, and people who had one.
const SYSTEMS = ["system", "command line"];

/** Whether the service itself did it, and no person. */
export function bySystem({ actor, actorLabel }: Pick<AuditEntry, "actor" | "actorLabel">): boolean {
  return actor === null && SYSTEMS.includes(actorLabel.toLowerCase());
}

/** Whether somebody did it to themselves: their name need not be said twice. */
export function toThemselves(
  entry: Pick<AuditEntry, "actor" | "targetType" | "targetId">,
): boolean {
  const { actor, targetType, targetId } = entry;
  return targetType === "user" && actor !== null && targetId === actor.id;
}

/** Where one event is shown, for everybody who may see it. */
export function eventLink(id: string): string {
  return `${window.location.origin}/audit?event=${encodeURIComponent(id)}`;
}
