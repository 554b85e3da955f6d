"""The schema is the one that is promised, and the file says so."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_ast_schema,
    is_enum_type,
    parse,
    print_ast,
)
from graphql.utilities import ast_from_value

from schema.build import build_schema

ROOT = Path(__file__).parents[2]
SDL_FILE = ROOT / "schema" / "schema.graphql"
GUIDE = (ROOT / "docs" / "graphql.md").read_text()
# What clients can rely on; the schema may have more than this.
PROMISED = """
scalar DateTime
scalar JSON
interface Node { id: ID! }
type Query {
  me: User!
  node(id: ID!): Node
  user(id: ID!): User
  users(first: Int = 20, after: String, last: Int, before: String, filter: UserFilter, orderBy: UserOrder = CREATED_AT_DESC): UserConnection!
  stats(range: TimeRange = LAST_24_HOURS): DashboardStats!
  metrics(names: [String!]!, range: RangeInput, interval: Interval = AUTO, maxPoints: Int = 300, aggregate: Aggregate, timeZone: String = "UTC", fill: Fill = NULL, compareTo: Compare, groupBy: [String!], filter: [TagFilterInput!], topSeries: Int = 10): MetricResult!
  metricNames(search: String): [MetricInfo!]!
  activity(first: Int = 20, after: String, last: Int, before: String, filter: ActivityFilter): ActivityConnection!
  notifications(first: Int = 20, after: String, unreadOnly: Boolean = false): NotificationConnection!
  onlineUsers(first: Int = 50): [User!]!
  sessions: [Session!]!
  apiKeys: [ApiKey!]!
}
type Mutation {
  login(email: String!, password: String!): AuthPayload!
  refreshToken(refreshToken: String): AuthPayload!
  logout(everywhere: Boolean = false): Boolean!
  authenticate(accessToken: String!): AuthState!
  createUser(input: CreateUserInput!): User!
  updateUser(id: ID!, input: UpdateUserInput!, expectedVersion: Int): User!
  deleteUser(id: ID!): ID!
  changePassword(currentPassword: String!, newPassword: String!): Boolean!
  revokeSession(id: ID!): Boolean!
  recordMetrics(points: [MetricPointInput!]!, idempotencyKey: String): RecordResult!
  recordActivity(events: [ActivityInput!]!, idempotencyKey: String): RecordResult!
  sendNotification(input: NotificationInput!): [ID!]!
  markNotificationsRead(ids: [ID!], before: DateTime): Int!
  createApiKey(name: String!): ApiKeySecret!
  revokeApiKey(id: ID!): Boolean!
}
type User implements Node { id: ID! email: String name: String! avatarUrl: String role: Role status: AccountStatus! presence: Presence! lastSeenAt: DateTime createdAt: DateTime! updatedAt: DateTime! version: Int! activity(first: Int = 20, after: String): ActivityConnection! sessions: [Session!] }
type Session { id: ID! device: String! ip: String! createdAt: DateTime! lastSeenAt: DateTime! current: Boolean! liveConnections: Int! }
type DashboardStats { totalUsers: Stat! activeUsers: Stat! newUsers: Stat! onlineUsers: Stat! requests: Stat! errorRate: Stat! responseTimeMs: Stat! version: Int! asOf: DateTime! cached: Boolean! }
type Stat { value: Float! previous: Float changePct: Float }
type MetricResult { from: DateTime! to: DateTime! interval: Interval! timeZone: String! asOf: DateTime! series: [MetricSeries!]! warnings: [String!]! }
type MetricSeries { name: String! unit: String kind: MetricKind! aggregate: Aggregate! tags: JSON points: [MetricPoint!]! summary: MetricSummary! comparison: MetricComparison }
type MetricComparison { from: DateTime! to: DateTime! points: [MetricPoint!]! summary: MetricSummary! changePct: Float }
type MetricPoint { start: DateTime! end: DateTime! value: Float count: Int! partial: Boolean! }
type MetricSummary { min: Float max: Float avg: Float sum: Float! last: Float count: Int! }
type MetricInfo { name: String! }
type Activity implements Node { id: ID! action: String! actor: User actorLabel: String! targetType: String targetId: ID targetLabel: String summary: String! changes: [FieldChange!]! severity: Severity! occurredAt: DateTime! cursor: String! }
type Notification implements Node { id: ID! title: String! body: String level: Severity! link: String createdAt: DateTime! read: Boolean! readAt: DateTime }
type FieldChange { field: String! before: String after: String }
type AuthPayload { accessToken: String! refreshToken: String! tokenType: String! expiresIn: Int! user: User! }
type AuthState { expiresAt: DateTime! }
type RecordResult { accepted: Int! rejected: [Rejection!]! }
type Rejection { index: Int! code: String! message: String! }
type UserConnection { edges: [UserEdge!]! nodes: [User!]! pageInfo: PageInfo! totalCount: Int! }
type ActivityConnection { edges: [ActivityEdge!]! nodes: [Activity!]! pageInfo: PageInfo! newestCursor: String! }
type NotificationConnection { edges: [NotificationEdge!]! nodes: [Notification!]! pageInfo: PageInfo! unreadCount: Int! newestCursor: String! }
type NotificationEdge { cursor: String! node: Notification! }
type UserEdge { cursor: String! node: User! }
type ActivityEdge { cursor: String! node: Activity! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type ApiKey { id: ID! name: String! }
type ApiKeySecret { secret: String! }
input CreateUserInput { email: String! password: String! name: String! role: Role = MEMBER avatarUrl: String }
input UpdateUserInput { name: String avatarUrl: String email: String role: Role status: AccountStatus currentPassword: String }
input MetricPointInput { name: String! value: Float! at: DateTime kind: MetricKind = GAUGE unit: String tags: JSON eventId: String }
input ActivityInput { action: String! summary: String actorId: ID targetType: String targetId: ID targetLabel: String severity: Severity = INFO occurredAt: DateTime eventId: String }
input NotificationInput { userIds: [ID!]! title: String! body: String level: Severity = INFO link: String }
input UserFilter { search: String role: Role status: AccountStatus presence: Presence }
input ActivityFilter { actorIds: [ID!] actions: [String!] targetType: String targetId: ID severity: Severity from: DateTime to: DateTime search: String }
input RangeInput { from: DateTime to: DateTime last: String }
input TagFilterInput { key: String! values: [String!]! }
enum TimeRange { LAST_HOUR LAST_24_HOURS LAST_7_DAYS LAST_30_DAYS }
enum UserOrder { CREATED_AT_ASC CREATED_AT_DESC NAME_ASC NAME_DESC }
enum AccountStatus { ACTIVE DISABLED }
enum Presence { ONLINE OFFLINE }
enum Severity { INFO NOTICE WARNING ERROR }
enum Role { ADMIN MEMBER SERVICE }
enum MetricKind { COUNTER GAUGE DISTRIBUTION }
enum Interval { AUTO PT1M PT5M PT15M PT1H PT6H P1D P1W P1M }
enum Aggregate { SUM AVG MIN MAX COUNT LAST RATE P50 P95 P99 }
enum Fill { NULL ZERO PREVIOUS NONE }
enum Compare { PREVIOUS_PERIOD }
type Subscription {
  dashboardUpdated(range: TimeRange = LAST_24_HOURS, minIntervalMs: Int = 1000): DashboardStats!
  metricUpdated(names: [String!]!, interval: Interval = PT1M): MetricUpdate!
  activityAdded(after: String, filter: ActivityFilter): ActivityEvent!
  notificationReceived(after: String): NotificationEvent!
  userStatusChanged(userIds: [ID!]): UserStatusChange!
}
union ActivityEvent = ActivityAdded | Gap
union NotificationEvent = NotificationAdded | NotificationsRead | Gap
type ActivityAdded { cursor: String! activity: Activity! }
type Gap { from: String to: String! reason: GapReason! }
type NotificationAdded { cursor: String! notification: Notification! }
type NotificationsRead { cursor: String! ids: [ID!] before: DateTime }
enum GapReason { TRIMMED OVERFLOW EPOCH }
type UserStatusChange { user: User status: Presence! at: DateTime! }
type MetricUpdate { name: String! unit: String kind: MetricKind! interval: Interval! points: [MetricPoint!]! }
"""  # noqa: E501  one line per type, as it is promised
BUILT = build_schema()._schema
EXPECTED = build_ast_schema(parse(PROMISED))
PROMISED_TYPES = sorted(n for n in EXPECTED.type_map if not n.startswith("__"))


def _inputs(type_: GraphQLNamedType) -> dict[str, str]:
    """Inputs and arguments of a type, each with its type and default."""
    values = {}
    if isinstance(type_, GraphQLInputObjectType):
        values = dict(type_.fields)
    elif isinstance(type_, GraphQLObjectType):
        for name, field in type_.fields.items():
            values |= {f"{name}({a})": arg for a, arg in field.args.items()}
    shown = {}
    for name, value in values.items():
        default = (
            value.default_value if value.default is None else value.default.literal
        )
        node = ast_from_value(default, value.type) if value.default is None else default
        shown[name] = f"{value.type} = {print_ast(node) if node else ''}"
    return shown


def test_the_committed_schema_is_the_one_served() -> None:
    assert SDL_FILE.read_text() == build_schema().as_str() + "\n"


@pytest.mark.parametrize(
    "example", re.findall(r"^```graphql\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)
)
def test_the_examples_of_the_guide_fit_the_schema(example: str) -> None:
    assert build_schema().documents.get(example).errors == ()


@pytest.mark.parametrize("name", PROMISED_TYPES)
def test_every_promised_type_is_as_promised(name: str) -> None:
    promised, built = EXPECTED.type_map[name], BUILT.type_map[name]

    assert built.ast_node is None
    assert type(promised).__name__ in [base.__name__ for base in type(built).__mro__]
    if is_enum_type(promised) and is_enum_type(built):
        assert promised.values.keys() <= built.values.keys()
    elif fields := getattr(promised, "fields", None):
        theirs = {name: str(field.type) for name, field in built.fields.items()}  # type: ignore[attr-defined]
        assert {n: str(f.type) for n, f in fields.items()}.items() <= theirs.items()
        assert _inputs(promised).items() <= _inputs(built).items()


def test_no_field_of_an_answer_could_hold_a_password_or_its_hash() -> None:
    names = [
        f"{type_.name}.{field}"
        for type_ in BUILT.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for field in type_.fields
    ]

    assert [name for name in names if "hash" in name.lower()] == []
    assert [name for name in names if "password" in name.lower()] == [
        "Mutation.changePassword"
    ]


def test_introspection_is_refused_where_it_is_off() -> None:
    closed = build_schema(introspection=False).documents

    assert closed.get("{ __schema { types { name } } }").errors
    assert closed.get('{ __type(name: "User") { name } }').errors
    assert not closed.get("{ __typename me { __typename } }").errors


@pytest.mark.parametrize("suggestions", [True, False])
def test_misspelt_names_get_suggestions_only_where_they_are_on(
    *, suggestions: bool
) -> None:
    documents = build_schema(suggestions=suggestions).documents

    for text in [
        "{ users(firs: 1) { totalCount } }",
        "{ me { nam } }",
        "{ mee { id } }",
    ]:
        (error,) = documents.get(text).errors
        assert ("Did you mean" in error.message) is suggestions


def test_a_document_is_parsed_and_validated_once() -> None:
    documents = build_schema().documents

    first = documents.get("{ me { id } }")

    assert documents.get("{ me { id } }") is first
    assert documents.misses == 1


def test_the_document_cache_keeps_what_was_used_last_and_no_more() -> None:
    documents = build_schema().documents
    texts = [f"{{ __typename }} # {number}" for number in range(1_001)]
    for text in texts[:1_000]:
        documents.get(text)
    documents.get(texts[0])
    documents.get(texts[1_000])
    misses = documents.misses

    documents.get(texts[0])
    assert documents.misses == misses
    documents.get(texts[1])
    assert documents.misses == misses + 1


def test_long_documents_do_not_pile_up_in_the_cache() -> None:
    documents = build_schema().documents
    texts = [f"{{ __typename }} # {letter * 90_000}" for letter in "abc"]
    for text in texts:
        documents.get(text)

    documents.get(texts[2])
    assert documents.misses == 3
    documents.get(texts[0])
    assert documents.misses == 4
