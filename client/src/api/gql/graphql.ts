/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A DISABLED account cannot sign in. */
export type AccountStatus =
  | 'ACTIVE'
  | 'DISABLED';

/** All given conditions hold together. */
export type ActivityFilter = {
  actorIds?: Array<string | number> | null | undefined;
  /** Whole actions, or prefixes such as "user.*". */
  actions?: Array<string> | null | undefined;
  targetType?: string | null | undefined;
  targetId?: string | number | null | undefined;
  severity?: Severity | null | undefined;
  outcome?: Outcome | null | undefined;
  from?: string | null | undefined;
  /** The first moment that no longer counts. */
  to?: string | null | undefined;
  /** Words of the summary or of a label. */
  search?: string | null | undefined;
};

/**
 * What becomes of the points in a bucket. RATE is the sum per second; P50, P95
 * and P99 are for a DISTRIBUTION.
 */
export type Aggregate =
  | 'SUM'
  | 'AVG'
  | 'MIN'
  | 'MAX'
  | 'COUNT'
  | 'LAST'
  | 'RATE'
  | 'P50'
  | 'P95'
  | 'P99';

/** Which earlier stretch to set beside the asked one, shifted by the calendar. */
export type Compare =
  | 'PREVIOUS_PERIOD'
  | 'PREVIOUS_DAY'
  | 'PREVIOUS_WEEK'
  | 'PREVIOUS_MONTH'
  | 'PREVIOUS_YEAR';

export type CreateUserInput = {
  email: string;
  /** 12 to 128 characters. */
  password: string;
  name: string;
  role?: Role | null | undefined;
  avatarUrl?: string | null | undefined;
};

/**
 * TRIMMED: older than events are kept. OVERFLOW: you read too slowly.
 * EPOCH: the log of events was lost.
 */
export type GapReason =
  | 'TRIMMED'
  | 'OVERFLOW'
  | 'EPOCH';

/** The width of a bucket: ISO 8601, or AUTO. */
export type Interval =
  | 'AUTO'
  | 'PT1M'
  | 'PT5M'
  | 'PT15M'
  | 'PT1H'
  | 'PT6H'
  | 'P1D'
  | 'P1W'
  | 'P1M';

/**
 * COUNTER: increments, summed. GAUGE: readings. DISTRIBUTION: readings whose
 * spread matters, so that percentiles can be asked for.
 */
export type MetricKind =
  | 'COUNTER'
  | 'GAUGE'
  | 'DISTRIBUTION';

/** A notice to up to 1,000 people. */
export type NotificationInput = {
  userIds: Array<string | number>;
  /** One line, at most 120 characters. */
  title: string;
  /** Plain text, at most 2,000 characters. */
  body?: string | null | undefined;
  level?: Severity | null | undefined;
  /** An https address, or a path starting with `/`. */
  link?: string | null | undefined;
};

/** Whether what an entry tells of was done or refused. */
export type Outcome =
  | 'OK'
  | 'REFUSED';

/** Whether one of the user's sessions was in use just now. */
export type Presence =
  | 'ONLINE'
  | 'OFFLINE';

/** Either `from` and `to`, or `last`; `[from, to)`. */
export type RangeInput = {
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** An ISO 8601 duration that ends now: `PT24H`. */
  last?: string | null | undefined;
};

/** What an account may do. SERVICE is for API keys only. */
export type Role =
  | 'ADMIN'
  | 'MEMBER'
  | 'SERVICE';

/** How much an entry matters, least first. */
export type Severity =
  | 'INFO'
  | 'NOTICE'
  | 'WARNING'
  | 'ERROR';

/** The stretch that ends now. */
export type TimeRange =
  | 'LAST_HOUR'
  | 'LAST_24_HOURS'
  | 'LAST_7_DAYS'
  | 'LAST_30_DAYS';

/** What is left out stays as it is. */
export type UpdateUserInput = {
  name?: string | null | undefined;
  /** Null takes it away. */
  avatarUrl?: string | null | undefined;
  /** Changing your own needs `currentPassword`. */
  email?: string | null | undefined;
  /** For administrators. */
  role?: Role | null | undefined;
  /** For administrators. */
  status?: AccountStatus | null | undefined;
  currentPassword?: string | null | undefined;
};

/** All given conditions hold together. */
export type UserFilter = {
  /** The start of a word of the name, or of the address. */
  search?: string | null | undefined;
  role?: Role | null | undefined;
  status?: AccountStatus | null | undefined;
  presence?: Presence | null | undefined;
};

/** How to sort users; ties stay in a fixed order. */
export type UserOrder =
  | 'CREATED_AT_ASC'
  | 'CREATED_AT_DESC'
  | 'NAME_ASC'
  | 'NAME_DESC';

export type ChangePasswordMutationVariables = Exact<{
  currentPassword: string;
  newPassword: string;
}>;


export type ChangePasswordMutation = { changePassword: boolean };

export type ActivityFieldsFragment = { id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, actor: { id: string, name: string, avatarUrl: string | null } | null };

export type ActivityPageQueryVariables = Exact<{
  first: number;
  filter?: ActivityFilter | null | undefined;
}>;


export type ActivityPageQuery = { activity: { newestCursor: string, nodes: Array<{ id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, actor: { id: string, name: string, avatarUrl: string | null } | null }> } };

export type ActivityAddedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: ActivityFilter | null | undefined;
}>;


export type ActivityAddedSubscription = { activityAdded:
    | { __typename: 'ActivityAdded', cursor: string, activity: { id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, actor: { id: string, name: string, avatarUrl: string | null } | null } }
    | { __typename: 'Gap', reason: GapReason, from: string | null, to: string }
   };

export type ApiKeyFieldsFragment = { id: string, name: string, hint: string, createdAt: string, lastUsedAt: string | null, revoked: boolean, createdBy: { id: string, name: string } | null };

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = { apiKeys: Array<{ id: string, name: string, hint: string, createdAt: string, lastUsedAt: string | null, revoked: boolean, createdBy: { id: string, name: string } | null }> };

export type CreateApiKeyMutationVariables = Exact<{
  name: string;
}>;


export type CreateApiKeyMutation = { createApiKey: { secret: string, apiKey: { id: string, name: string, hint: string, createdAt: string, lastUsedAt: string | null, revoked: boolean, createdBy: { id: string, name: string } | null } } };

export type RevokeApiKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeApiKeyMutation = { revokeApiKey: boolean };

export type AuditFieldsFragment = { outcome: Outcome | null, sessionId: string | null, id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, changes: Array<{ field: string, before: string | null, after: string | null }>, actor: { id: string, name: string, avatarUrl: string | null } | null };

export type AuditPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ActivityFilter | null | undefined;
}>;


export type AuditPageQuery = { activity: { newestCursor: string, nodes: Array<{ outcome: Outcome | null, sessionId: string | null, id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, changes: Array<{ field: string, before: string | null, after: string | null }>, actor: { id: string, name: string, avatarUrl: string | null } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type AuditEventQueryVariables = Exact<{
  id: string | number;
}>;


export type AuditEventQuery = { node:
    | { __typename: 'Activity', outcome: Outcome | null, sessionId: string | null, id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, changes: Array<{ field: string, before: string | null, after: string | null }>, actor: { id: string, name: string, avatarUrl: string | null } | null }
    | { __typename: 'Notification' }
    | { __typename: 'User' }
   | null };

export type NewEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: ActivityFilter | null | undefined;
}>;


export type NewEventsSubscription = { activityAdded:
    | { __typename: 'ActivityAdded', cursor: string, activity: { id: string } }
    | { __typename: 'Gap', to: string }
   };

export type ResponseTimesQueryVariables = Exact<{
  range?: RangeInput | null | undefined;
  interval?: Interval | null | undefined;
  maxPoints?: number | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: Compare | null | undefined;
}>;


export type ResponseTimesQuery = { p50: { interval: Interval, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> }, p95: { interval: Interval, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> }, p99: { interval: Interval, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> } };

export type ActiveUsersQueryVariables = Exact<{
  range?: RangeInput | null | undefined;
  interval?: Interval | null | undefined;
  maxPoints?: number | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: Compare | null | undefined;
  window: string;
}>;


export type ActiveUsersQuery = { active: { interval: Interval, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> } };

export type SparklinesQueryVariables = Exact<{
  range?: RangeInput | null | undefined;
  timeZone?: string | null | undefined;
  window: string;
}>;


export type SparklinesQuery = { counts: { asOf: string, series: Array<{ name: string, points: Array<{ value: number | null, partial: boolean }>, summary: { sum: number }, comparison: { summary: { sum: number } } | null }> }, response: { series: Array<{ name: string, points: Array<{ value: number | null, partial: boolean }> }> }, active: { series: Array<{ name: string, points: Array<{ value: number | null, partial: boolean }> }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, version: number } };

export type PointFieldsFragment = { start: string, end: string, value: number | null, count: number, partial: boolean };

export type SummaryFieldsFragment = { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number };

export type ChartSeriesFragment = { name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null };

export type ChartResultFragment = { interval: Interval, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> };

export type MetricsQueryVariables = Exact<{
  names: Array<string> | string;
  range?: RangeInput | null | undefined;
  interval?: Interval | null | undefined;
  maxPoints?: number | null | undefined;
  aggregate?: Aggregate | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: Compare | null | undefined;
}>;


export type MetricsQuery = { metrics: { from: string, to: string, interval: Interval, timeZone: string, asOf: string, warnings: Array<string>, series: Array<{ name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, tags: Record<string, string> | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number }, comparison: { from: string, to: string, changePct: number | null, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }>, summary: { min: number | null, max: number | null, avg: number | null, sum: number, last: number | null, count: number } } | null }> } };

export type MetricNamesQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type MetricNamesQuery = { metricNames: Array<{ name: string, kind: MetricKind, unit: string | null, tagKeys: Array<string>, firstAt: string }> };

export type MetricUpdatedSubscriptionVariables = Exact<{
  names: Array<string> | string;
  interval: Interval;
}>;


export type MetricUpdatedSubscription = { metricUpdated: { name: string, unit: string | null, kind: MetricKind, aggregate: Aggregate, interval: Interval, points: Array<{ start: string, end: string, value: number | null, count: number, partial: boolean }> } };

export type NotificationFieldsFragment = { id: string, title: string, body: string | null, level: Severity, link: string | null, createdAt: string, read: boolean, readAt: string | null };

export type NotificationsQueryVariables = Exact<{
  first: number;
}>;


export type NotificationsQuery = { notifications: { newestCursor: string, unreadCount: number, nodes: Array<{ id: string, title: string, body: string | null, level: Severity, link: string | null, createdAt: string, read: boolean, readAt: string | null }> } };

export type MarkNotificationsReadMutationVariables = Exact<{
  ids?: Array<string | number> | string | number | null | undefined;
}>;


export type MarkNotificationsReadMutation = { markNotificationsRead: number };

export type NotificationReceivedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type NotificationReceivedSubscription = { notificationReceived:
    | { __typename: 'NotificationAdded', cursor: string, notification: { id: string, title: string, body: string | null, level: Severity, link: string | null, createdAt: string, read: boolean, readAt: string | null } }
    | { __typename: 'NotificationsRead', cursor: string, ids: Array<string> | null, before: string | null }
    | { __typename: 'Gap', reason: GapReason, from: string | null, to: string }
   };

export type UserStatusChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type UserStatusChangedSubscription = { userStatusChanged: { userId: string, status: Presence, at: string, user: { id: string, name: string, avatarUrl: string | null } | null } };

export type AuthenticateMutationVariables = Exact<{
  accessToken: string;
}>;


export type AuthenticateMutation = { authenticate: { expiresAt: string } };

export type SessionFieldsFragment = { id: string, device: string, ip: string, createdAt: string, lastSeenAt: string, current: boolean, liveConnections: number };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { sessions: Array<{ id: string, device: string, ip: string, createdAt: string, lastSeenAt: string, current: boolean, liveConnections: number }> };

export type RevokeSessionMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeSessionMutation = { revokeSession: boolean };

export type RevokeOtherSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type RevokeOtherSessionsMutation = { revokeOtherSessions: Array<string> };

export type StatFieldsFragment = { value: number, previous: number | null, changePct: number | null };

export type StatsFieldsFragment = { version: number, asOf: string, cached: boolean, totalUsers: { value: number, previous: number | null, changePct: number | null }, activeUsers: { value: number, previous: number | null, changePct: number | null }, newUsers: { value: number, previous: number | null, changePct: number | null }, onlineUsers: { value: number, previous: number | null, changePct: number | null }, requests: { value: number, previous: number | null, changePct: number | null }, errorRate: { value: number, previous: number | null, changePct: number | null }, responseTimeMs: { value: number, previous: number | null, changePct: number | null } };

export type StatsQueryVariables = Exact<{
  range: TimeRange;
}>;


export type StatsQuery = { stats: { version: number, asOf: string, cached: boolean, totalUsers: { value: number, previous: number | null, changePct: number | null }, activeUsers: { value: number, previous: number | null, changePct: number | null }, newUsers: { value: number, previous: number | null, changePct: number | null }, onlineUsers: { value: number, previous: number | null, changePct: number | null }, requests: { value: number, previous: number | null, changePct: number | null }, errorRate: { value: number, previous: number | null, changePct: number | null }, responseTimeMs: { value: number, previous: number | null, changePct: number | null } } };

export type DashboardUpdatedSubscriptionVariables = Exact<{
  range: TimeRange;
}>;


export type DashboardUpdatedSubscription = { dashboardUpdated: { version: number, asOf: string, cached: boolean, totalUsers: { value: number, previous: number | null, changePct: number | null }, activeUsers: { value: number, previous: number | null, changePct: number | null }, newUsers: { value: number, previous: number | null, changePct: number | null }, onlineUsers: { value: number, previous: number | null, changePct: number | null }, requests: { value: number, previous: number | null, changePct: number | null }, errorRate: { value: number, previous: number | null, changePct: number | null }, responseTimeMs: { value: number, previous: number | null, changePct: number | null } } };

export type UserFieldsFragment = { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number };

export type UsersPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}>;


export type UsersPageQuery = { users: { totalCount: number, nodes: Array<{ id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ActiveAdminsQueryVariables = Exact<{ [key: string]: never; }>;


export type ActiveAdminsQuery = { users: { nodes: Array<{ id: string }> } };

export type UserByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type UserByIdQuery = { user: { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number } | null };

export type UserConflictQueryVariables = Exact<{
  id: string | number;
}>;


export type UserConflictQuery = { user: { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number } | null, activity: { nodes: Array<{ id: string, actorLabel: string, occurredAt: string, changes: Array<{ field: string, before: string | null, after: string | null }> }> } };

export type UserActivityQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type UserActivityQuery = { user: { id: string, activity: { nodes: Array<{ outcome: Outcome | null, sessionId: string | null, id: string, action: string, actorLabel: string, targetType: string | null, targetId: string | null, targetLabel: string | null, summary: string, severity: Severity, occurredAt: string, cursor: string, changes: Array<{ field: string, before: string | null, after: string | null }>, actor: { id: string, name: string, avatarUrl: string | null } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type UserSessionsQueryVariables = Exact<{
  id: string | number;
}>;


export type UserSessionsQuery = { user: { id: string, sessions: Array<{ id: string, device: string, ip: string, createdAt: string, lastSeenAt: string, current: boolean, liveConnections: number }> | null } | null };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser: { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number } };

export type UpdateUserMutationVariables = Exact<{
  id: string | number;
  input: UpdateUserInput;
  expectedVersion?: number | null | undefined;
}>;


export type UpdateUserMutation = { updateUser: { id: string, email: string | null, name: string, avatarUrl: string | null, role: Role | null, status: AccountStatus, presence: Presence, lastSeenAt: string | null, createdAt: string, updatedAt: string, version: number } };

export type DeleteUserMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteUserMutation = { deleteUser: string };

export type SendNotificationMutationVariables = Exact<{
  input: NotificationInput;
  idempotencyKey?: string | null | undefined;
}>;


export type SendNotificationMutation = { sendNotification: Array<string> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ApiKeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  createdAt
  lastUsedAt
  revoked
  createdBy {
    id
    name
  }
}
    `, {"fragmentName":"ApiKeyFields"}) as unknown as TypedDocumentString<ApiKeyFieldsFragment, unknown>;
export const ActivityFieldsFragmentDoc = new TypedDocumentString(`
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}
    `, {"fragmentName":"ActivityFields"}) as unknown as TypedDocumentString<ActivityFieldsFragment, unknown>;
export const AuditFieldsFragmentDoc = new TypedDocumentString(`
    fragment AuditFields on Activity {
  ...ActivityFields
  outcome
  sessionId
  changes {
    field
    before
    after
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}`, {"fragmentName":"AuditFields"}) as unknown as TypedDocumentString<AuditFieldsFragment, unknown>;
export const PointFieldsFragmentDoc = new TypedDocumentString(`
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
    `, {"fragmentName":"PointFields"}) as unknown as TypedDocumentString<PointFieldsFragment, unknown>;
export const SummaryFieldsFragmentDoc = new TypedDocumentString(`
    fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}
    `, {"fragmentName":"SummaryFields"}) as unknown as TypedDocumentString<SummaryFieldsFragment, unknown>;
export const ChartSeriesFragmentDoc = new TypedDocumentString(`
    fragment ChartSeries on MetricSeries {
  name
  unit
  kind
  aggregate
  tags
  points {
    ...PointFields
  }
  summary {
    ...SummaryFields
  }
  comparison {
    from
    to
    changePct
    points {
      ...PointFields
    }
    summary {
      ...SummaryFields
    }
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}`, {"fragmentName":"ChartSeries"}) as unknown as TypedDocumentString<ChartSeriesFragment, unknown>;
export const ChartResultFragmentDoc = new TypedDocumentString(`
    fragment ChartResult on MetricResult {
  interval
  asOf
  warnings
  series {
    ...ChartSeries
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}
fragment ChartSeries on MetricSeries {
  name
  unit
  kind
  aggregate
  tags
  points {
    ...PointFields
  }
  summary {
    ...SummaryFields
  }
  comparison {
    from
    to
    changePct
    points {
      ...PointFields
    }
    summary {
      ...SummaryFields
    }
  }
}`, {"fragmentName":"ChartResult"}) as unknown as TypedDocumentString<ChartResultFragment, unknown>;
export const NotificationFieldsFragmentDoc = new TypedDocumentString(`
    fragment NotificationFields on Notification {
  id
  title
  body
  level
  link
  createdAt
  read
  readAt
}
    `, {"fragmentName":"NotificationFields"}) as unknown as TypedDocumentString<NotificationFieldsFragment, unknown>;
export const SessionFieldsFragmentDoc = new TypedDocumentString(`
    fragment SessionFields on Session {
  id
  device
  ip
  createdAt
  lastSeenAt
  current
  liveConnections
}
    `, {"fragmentName":"SessionFields"}) as unknown as TypedDocumentString<SessionFieldsFragment, unknown>;
export const StatFieldsFragmentDoc = new TypedDocumentString(`
    fragment StatFields on Stat {
  value
  previous
  changePct
}
    `, {"fragmentName":"StatFields"}) as unknown as TypedDocumentString<StatFieldsFragment, unknown>;
export const StatsFieldsFragmentDoc = new TypedDocumentString(`
    fragment StatsFields on DashboardStats {
  totalUsers {
    ...StatFields
  }
  activeUsers {
    ...StatFields
  }
  newUsers {
    ...StatFields
  }
  onlineUsers {
    ...StatFields
  }
  requests {
    ...StatFields
  }
  errorRate {
    ...StatFields
  }
  responseTimeMs {
    ...StatFields
  }
  version
  asOf
  cached
}
    fragment StatFields on Stat {
  value
  previous
  changePct
}`, {"fragmentName":"StatsFields"}) as unknown as TypedDocumentString<StatsFieldsFragment, unknown>;
export const UserFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($currentPassword: String!, $newPassword: String!) {
  changePassword(currentPassword: $currentPassword, newPassword: $newPassword)
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const ActivityPageDocument = new TypedDocumentString(`
    query ActivityPage($first: Int!, $filter: ActivityFilter) {
  activity(first: $first, filter: $filter) {
    nodes {
      ...ActivityFields
    }
    newestCursor
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}`) as unknown as TypedDocumentString<ActivityPageQuery, ActivityPageQueryVariables>;
export const ActivityAddedDocument = new TypedDocumentString(`
    subscription ActivityAdded($after: String, $filter: ActivityFilter) {
  activityAdded(after: $after, filter: $filter) {
    __typename
    ... on ActivityAdded {
      cursor
      activity {
        ...ActivityFields
      }
    }
    ... on Gap {
      reason
      from
      to
    }
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}`) as unknown as TypedDocumentString<ActivityAddedSubscription, ActivityAddedSubscriptionVariables>;
export const ApiKeysDocument = new TypedDocumentString(`
    query ApiKeys {
  apiKeys {
    ...ApiKeyFields
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  createdAt
  lastUsedAt
  revoked
  createdBy {
    id
    name
  }
}`) as unknown as TypedDocumentString<ApiKeysQuery, ApiKeysQueryVariables>;
export const CreateApiKeyDocument = new TypedDocumentString(`
    mutation CreateApiKey($name: String!) {
  createApiKey(name: $name) {
    apiKey {
      ...ApiKeyFields
    }
    secret
  }
}
    fragment ApiKeyFields on ApiKey {
  id
  name
  hint
  createdAt
  lastUsedAt
  revoked
  createdBy {
    id
    name
  }
}`) as unknown as TypedDocumentString<CreateApiKeyMutation, CreateApiKeyMutationVariables>;
export const RevokeApiKeyDocument = new TypedDocumentString(`
    mutation RevokeApiKey($id: ID!) {
  revokeApiKey(id: $id)
}
    `) as unknown as TypedDocumentString<RevokeApiKeyMutation, RevokeApiKeyMutationVariables>;
export const AuditPageDocument = new TypedDocumentString(`
    query AuditPage($first: Int, $after: String, $last: Int, $before: String, $filter: ActivityFilter) {
  activity(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    nodes {
      ...AuditFields
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    newestCursor
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}
fragment AuditFields on Activity {
  ...ActivityFields
  outcome
  sessionId
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<AuditPageQuery, AuditPageQueryVariables>;
export const AuditEventDocument = new TypedDocumentString(`
    query AuditEvent($id: ID!) {
  node(id: $id) {
    __typename
    ... on Activity {
      ...AuditFields
    }
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}
fragment AuditFields on Activity {
  ...ActivityFields
  outcome
  sessionId
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<AuditEventQuery, AuditEventQueryVariables>;
export const NewEventsDocument = new TypedDocumentString(`
    subscription NewEvents($after: String, $filter: ActivityFilter) {
  activityAdded(after: $after, filter: $filter) {
    __typename
    ... on ActivityAdded {
      cursor
      activity {
        id
      }
    }
    ... on Gap {
      to
    }
  }
}
    `) as unknown as TypedDocumentString<NewEventsSubscription, NewEventsSubscriptionVariables>;
export const ResponseTimesDocument = new TypedDocumentString(`
    query ResponseTimes($range: RangeInput, $interval: Interval, $maxPoints: Int, $timeZone: String, $compareTo: Compare) {
  p50: metrics(
    names: ["api.response_ms"]
    aggregate: P50
    range: $range
    interval: $interval
    maxPoints: $maxPoints
    timeZone: $timeZone
  ) {
    ...ChartResult
  }
  p95: metrics(
    names: ["api.response_ms"]
    aggregate: P95
    range: $range
    interval: $interval
    maxPoints: $maxPoints
    timeZone: $timeZone
    compareTo: $compareTo
  ) {
    ...ChartResult
  }
  p99: metrics(
    names: ["api.response_ms"]
    aggregate: P99
    range: $range
    interval: $interval
    maxPoints: $maxPoints
    timeZone: $timeZone
  ) {
    ...ChartResult
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}
fragment ChartSeries on MetricSeries {
  name
  unit
  kind
  aggregate
  tags
  points {
    ...PointFields
  }
  summary {
    ...SummaryFields
  }
  comparison {
    from
    to
    changePct
    points {
      ...PointFields
    }
    summary {
      ...SummaryFields
    }
  }
}
fragment ChartResult on MetricResult {
  interval
  asOf
  warnings
  series {
    ...ChartSeries
  }
}`) as unknown as TypedDocumentString<ResponseTimesQuery, ResponseTimesQueryVariables>;
export const ActiveUsersDocument = new TypedDocumentString(`
    query ActiveUsers($range: RangeInput, $interval: Interval, $maxPoints: Int, $timeZone: String, $compareTo: Compare, $window: String!) {
  active: metrics(
    names: ["users.active"]
    filter: [{key: "window", values: [$window]}]
    range: $range
    interval: $interval
    maxPoints: $maxPoints
    timeZone: $timeZone
    compareTo: $compareTo
  ) {
    ...ChartResult
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}
fragment ChartSeries on MetricSeries {
  name
  unit
  kind
  aggregate
  tags
  points {
    ...PointFields
  }
  summary {
    ...SummaryFields
  }
  comparison {
    from
    to
    changePct
    points {
      ...PointFields
    }
    summary {
      ...SummaryFields
    }
  }
}
fragment ChartResult on MetricResult {
  interval
  asOf
  warnings
  series {
    ...ChartSeries
  }
}`) as unknown as TypedDocumentString<ActiveUsersQuery, ActiveUsersQueryVariables>;
export const SparklinesDocument = new TypedDocumentString(`
    query Sparklines($range: RangeInput, $timeZone: String, $window: String!) {
  counts: metrics(
    names: ["api.requests", "api.errors", "users.online", "users.total"]
    range: $range
    maxPoints: 60
    timeZone: $timeZone
    compareTo: PREVIOUS_PERIOD
  ) {
    asOf
    series {
      name
      points {
        value
        partial
      }
      summary {
        sum
      }
      comparison {
        summary {
          sum
        }
      }
    }
  }
  response: metrics(
    names: ["api.response_ms"]
    aggregate: P95
    range: $range
    maxPoints: 60
    timeZone: $timeZone
  ) {
    series {
      name
      points {
        value
        partial
      }
    }
  }
  active: metrics(
    names: ["users.active"]
    filter: [{key: "window", values: [$window]}]
    range: $range
    maxPoints: 60
    timeZone: $timeZone
  ) {
    series {
      name
      points {
        value
        partial
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SparklinesQuery, SparklinesQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    email
    name
    avatarUrl
    role
    status
    version
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const MetricsDocument = new TypedDocumentString(`
    query Metrics($names: [String!]!, $range: RangeInput, $interval: Interval, $maxPoints: Int, $aggregate: Aggregate, $timeZone: String, $compareTo: Compare) {
  metrics(
    names: $names
    range: $range
    interval: $interval
    maxPoints: $maxPoints
    aggregate: $aggregate
    timeZone: $timeZone
    compareTo: $compareTo
  ) {
    from
    to
    interval
    timeZone
    asOf
    warnings
    series {
      ...ChartSeries
    }
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}
fragment SummaryFields on MetricSummary {
  min
  max
  avg
  sum
  last
  count
}
fragment ChartSeries on MetricSeries {
  name
  unit
  kind
  aggregate
  tags
  points {
    ...PointFields
  }
  summary {
    ...SummaryFields
  }
  comparison {
    from
    to
    changePct
    points {
      ...PointFields
    }
    summary {
      ...SummaryFields
    }
  }
}`) as unknown as TypedDocumentString<MetricsQuery, MetricsQueryVariables>;
export const MetricNamesDocument = new TypedDocumentString(`
    query MetricNames($search: String) {
  metricNames(search: $search) {
    name
    kind
    unit
    tagKeys
    firstAt
  }
}
    `) as unknown as TypedDocumentString<MetricNamesQuery, MetricNamesQueryVariables>;
export const MetricUpdatedDocument = new TypedDocumentString(`
    subscription MetricUpdated($names: [String!]!, $interval: Interval!) {
  metricUpdated(names: $names, interval: $interval) {
    name
    unit
    kind
    aggregate
    interval
    points {
      ...PointFields
    }
  }
}
    fragment PointFields on MetricPoint {
  start
  end
  value
  count
  partial
}`) as unknown as TypedDocumentString<MetricUpdatedSubscription, MetricUpdatedSubscriptionVariables>;
export const NotificationsDocument = new TypedDocumentString(`
    query Notifications($first: Int!) {
  notifications(first: $first) {
    nodes {
      ...NotificationFields
    }
    newestCursor
    unreadCount
  }
}
    fragment NotificationFields on Notification {
  id
  title
  body
  level
  link
  createdAt
  read
  readAt
}`) as unknown as TypedDocumentString<NotificationsQuery, NotificationsQueryVariables>;
export const MarkNotificationsReadDocument = new TypedDocumentString(`
    mutation MarkNotificationsRead($ids: [ID!]) {
  markNotificationsRead(ids: $ids)
}
    `) as unknown as TypedDocumentString<MarkNotificationsReadMutation, MarkNotificationsReadMutationVariables>;
export const NotificationReceivedDocument = new TypedDocumentString(`
    subscription NotificationReceived($after: String) {
  notificationReceived(after: $after) {
    __typename
    ... on NotificationAdded {
      cursor
      notification {
        ...NotificationFields
      }
    }
    ... on NotificationsRead {
      cursor
      ids
      before
    }
    ... on Gap {
      reason
      from
      to
    }
  }
}
    fragment NotificationFields on Notification {
  id
  title
  body
  level
  link
  createdAt
  read
  readAt
}`) as unknown as TypedDocumentString<NotificationReceivedSubscription, NotificationReceivedSubscriptionVariables>;
export const UserStatusChangedDocument = new TypedDocumentString(`
    subscription UserStatusChanged {
  userStatusChanged {
    userId
    status
    at
    user {
      id
      name
      avatarUrl
    }
  }
}
    `) as unknown as TypedDocumentString<UserStatusChangedSubscription, UserStatusChangedSubscriptionVariables>;
export const AuthenticateDocument = new TypedDocumentString(`
    mutation Authenticate($accessToken: String!) {
  authenticate(accessToken: $accessToken) {
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<AuthenticateMutation, AuthenticateMutationVariables>;
export const SessionsDocument = new TypedDocumentString(`
    query Sessions {
  sessions {
    ...SessionFields
  }
}
    fragment SessionFields on Session {
  id
  device
  ip
  createdAt
  lastSeenAt
  current
  liveConnections
}`) as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const RevokeSessionDocument = new TypedDocumentString(`
    mutation RevokeSession($id: ID!) {
  revokeSession(id: $id)
}
    `) as unknown as TypedDocumentString<RevokeSessionMutation, RevokeSessionMutationVariables>;
export const RevokeOtherSessionsDocument = new TypedDocumentString(`
    mutation RevokeOtherSessions {
  revokeOtherSessions
}
    `) as unknown as TypedDocumentString<RevokeOtherSessionsMutation, RevokeOtherSessionsMutationVariables>;
export const StatsDocument = new TypedDocumentString(`
    query Stats($range: TimeRange!) {
  stats(range: $range) {
    ...StatsFields
  }
}
    fragment StatFields on Stat {
  value
  previous
  changePct
}
fragment StatsFields on DashboardStats {
  totalUsers {
    ...StatFields
  }
  activeUsers {
    ...StatFields
  }
  newUsers {
    ...StatFields
  }
  onlineUsers {
    ...StatFields
  }
  requests {
    ...StatFields
  }
  errorRate {
    ...StatFields
  }
  responseTimeMs {
    ...StatFields
  }
  version
  asOf
  cached
}`) as unknown as TypedDocumentString<StatsQuery, StatsQueryVariables>;
export const DashboardUpdatedDocument = new TypedDocumentString(`
    subscription DashboardUpdated($range: TimeRange!) {
  dashboardUpdated(range: $range) {
    ...StatsFields
  }
}
    fragment StatFields on Stat {
  value
  previous
  changePct
}
fragment StatsFields on DashboardStats {
  totalUsers {
    ...StatFields
  }
  activeUsers {
    ...StatFields
  }
  newUsers {
    ...StatFields
  }
  onlineUsers {
    ...StatFields
  }
  requests {
    ...StatFields
  }
  errorRate {
    ...StatFields
  }
  responseTimeMs {
    ...StatFields
  }
  version
  asOf
  cached
}`) as unknown as TypedDocumentString<DashboardUpdatedSubscription, DashboardUpdatedSubscriptionVariables>;
export const UsersPageDocument = new TypedDocumentString(`
    query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
    orderBy: $orderBy
  ) {
    nodes {
      ...UserFields
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}`) as unknown as TypedDocumentString<UsersPageQuery, UsersPageQueryVariables>;
export const ActiveAdminsDocument = new TypedDocumentString(`
    query ActiveAdmins {
  users(first: 2, filter: {role: ADMIN, status: ACTIVE}) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ActiveAdminsQuery, ActiveAdminsQueryVariables>;
export const UserByIdDocument = new TypedDocumentString(`
    query UserById($id: ID!) {
  user(id: $id) {
    ...UserFields
  }
}
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}`) as unknown as TypedDocumentString<UserByIdQuery, UserByIdQueryVariables>;
export const UserConflictDocument = new TypedDocumentString(`
    query UserConflict($id: ID!) {
  user(id: $id) {
    ...UserFields
  }
  activity(
    first: 1
    filter: {targetType: "user", targetId: $id, actions: ["user.*"]}
  ) {
    nodes {
      id
      actorLabel
      occurredAt
      changes {
        field
        before
        after
      }
    }
  }
}
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}`) as unknown as TypedDocumentString<UserConflictQuery, UserConflictQueryVariables>;
export const UserActivityDocument = new TypedDocumentString(`
    query UserActivity($id: ID!, $first: Int!, $after: String) {
  user(id: $id) {
    id
    activity(first: $first, after: $after) {
      nodes {
        ...AuditFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment ActivityFields on Activity {
  id
  action
  actor {
    id
    name
    avatarUrl
  }
  actorLabel
  targetType
  targetId
  targetLabel
  summary
  severity
  occurredAt
  cursor
}
fragment AuditFields on Activity {
  ...ActivityFields
  outcome
  sessionId
  changes {
    field
    before
    after
  }
}`) as unknown as TypedDocumentString<UserActivityQuery, UserActivityQueryVariables>;
export const UserSessionsDocument = new TypedDocumentString(`
    query UserSessions($id: ID!) {
  user(id: $id) {
    id
    sessions {
      ...SessionFields
    }
  }
}
    fragment SessionFields on Session {
  id
  device
  ip
  createdAt
  lastSeenAt
  current
  liveConnections
}`) as unknown as TypedDocumentString<UserSessionsQuery, UserSessionsQueryVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    ...UserFields
  }
}
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($id: ID!, $input: UpdateUserInput!, $expectedVersion: Int) {
  updateUser(id: $id, input: $input, expectedVersion: $expectedVersion) {
    ...UserFields
  }
}
    fragment UserFields on User {
  id
  email
  name
  avatarUrl
  role
  status
  presence
  lastSeenAt
  createdAt
  updatedAt
  version
}`) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const DeleteUserDocument = new TypedDocumentString(`
    mutation DeleteUser($id: ID!) {
  deleteUser(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteUserMutation, DeleteUserMutationVariables>;
export const SendNotificationDocument = new TypedDocumentString(`
    mutation SendNotification($input: NotificationInput!, $idempotencyKey: String) {
  sendNotification(input: $input, idempotencyKey: $idempotencyKey)
}
    `) as unknown as TypedDocumentString<SendNotificationMutation, SendNotificationMutationVariables>;