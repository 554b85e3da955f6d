/** Short names for the shapes the server answers with. */

import type {
  ActivityFieldsFragment,
  ActivityFilter,
  GapReason,
  MeQuery,
  MetricsQuery,
  MetricUpdatedSubscription,
  NotificationFieldsFragment,
  PointFieldsFragment,
  Presence,
  StatFieldsFragment,
  StatsFieldsFragment,
  UserStatusChangedSubscription,
} from "@/api/gql/graphql";

export type {
  AccountStatus,
  ActivityFilter,
  Aggregate,
  Compare,
  GapReason,
  Interval,
  MetricKind,
  Presence,
  RangeInput,
  Role,
  Severity,
  TimeRange,
} from "@/api/gql/graphql";

/** The signed-in account. */
export type Me = MeQuery["me"];
export type Activity = ActivityFieldsFragment;
export type Notification = NotificationFieldsFragment;
export type Stat = StatFieldsFragment;
export type DashboardStats = StatsFieldsFragment;
export type MetricResult = MetricsQuery["metrics"];
export type MetricSeries = MetricResult["series"][number];
export type MetricPoint = PointFieldsFragment;
export type MetricUpdate = MetricUpdatedSubscription["metricUpdated"];
export type StatusChange = UserStatusChangedSubscription["userStatusChanged"];

export interface Credentials {
  email: string;
  password: string;
}

/** Somebody who is online; `since` is when they came, ISO 8601. */
export interface OnlineUser {
  id: string;
  name: string;
  avatarUrl: string | null;
  since: string;
}

export type PresenceById = ReadonlyMap<string, Presence>;

/** A row of the live feed: an entry, or the place where some are missing. */
export type FeedItem =
  | { kind: "activity"; activity: Activity }
  | { kind: "gap"; id: string; reason: GapReason };

export type FeedFilter = ActivityFilter;

/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  from: number;
  to: number;
}
