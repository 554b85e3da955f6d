"""Who may read each field. A field that is not in the table stops the build.

Use cases authorise too; this table is the second lock, and the one page to look at
when asking who sees what.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from graphql.type import is_interface_type, is_object_type

from domain.principal import Principal


class Access(Enum):
    OPEN = auto()  # anyone, signed in or not
    PARENT = auto()  # whoever got hold of the object: its fields hide nothing more
    USER = auto()  # somebody signed in
    ADMIN = auto()
    RECORDER = auto()  # an administrator or an API key
    OWNER = auto()  # null unless the object shows what is private (`shows_private`)


TABLE: Mapping[str, Mapping[Access, str]] = {
    "Query": {
        Access.USER: "me node user stats metrics metricNames activity notifications "
        "onlineUsers sessions",
        Access.ADMIN: "users apiKeys",
    },
    "Mutation": {
        Access.OPEN: "login refreshToken",
        Access.USER: "logout authenticate updateUser changePassword revokeSession "
        "revokeOtherSessions markNotificationsRead",
        Access.ADMIN: "createUser deleteUser createApiKey revokeApiKey "
        "sendNotification",
        Access.RECORDER: "recordMetrics recordActivity",
    },
    "Subscription": {
        # Each use case asks again, before the first event and for each one.
        Access.USER: "dashboardUpdated metricUpdated activityAdded "
        "notificationReceived userStatusChanged",
    },
    "Node": {Access.PARENT: "id"},
    "User": {
        # `activity` decides by itself: it cannot be null, so it is empty instead.
        Access.USER: "id name avatarUrl status presence lastSeenAt createdAt updatedAt "
        "version activity",
        Access.OWNER: "email role sessions",
    },
    "Session": {
        Access.PARENT: "id device ip createdAt lastSeenAt current liveConnections"
    },
    "UserConnection": {Access.ADMIN: "edges nodes pageInfo totalCount"},
    "UserEdge": {Access.PARENT: "cursor node"},
    "PageInfo": {Access.PARENT: "hasNextPage hasPreviousPage startCursor endCursor"},
    "AuthPayload": {Access.PARENT: "accessToken refreshToken tokenType expiresIn user"},
    "AuthState": {Access.PARENT: "expiresAt"},
    "ApiKey": {Access.ADMIN: "id name hint createdAt createdBy lastUsedAt revoked"},
    "ApiKeySecret": {Access.ADMIN: "apiKey secret"},
    "DashboardStats": {
        Access.PARENT: "totalUsers activeUsers newUsers onlineUsers requests errorRate "
        "responseTimeMs version asOf cached"
    },
    "Stat": {Access.PARENT: "value previous changePct"},
    "MetricResult": {Access.PARENT: "from to interval timeZone asOf series warnings"},
    "MetricSeries": {
        Access.PARENT: "name unit kind aggregate tags points summary comparison"
    },
    "MetricPoint": {Access.PARENT: "start end value count partial"},
    "MetricSummary": {Access.PARENT: "min max avg sum last count"},
    "MetricComparison": {Access.PARENT: "from to points summary changePct"},
    "MetricInfo": {Access.PARENT: "name kind unit tagKeys firstAt"},
    "ActivityConnection": {Access.USER: "edges nodes pageInfo newestCursor"},
    "ActivityEdge": {Access.PARENT: "cursor node"},
    "Activity": {
        Access.PARENT: "id action actor actorLabel targetType targetId targetLabel "
        "summary changes severity occurredAt cursor",
        Access.OWNER: "outcome sessionId",
    },
    "ActivityAdded": {Access.PARENT: "cursor activity"},
    "Gap": {Access.PARENT: "from to reason"},
    "NotificationAdded": {Access.PARENT: "cursor notification"},
    "NotificationsRead": {Access.PARENT: "cursor ids before"},
    "UserStatusChange": {Access.PARENT: "userId user status at"},
    "MetricUpdate": {Access.PARENT: "name unit kind aggregate interval points"},
    "NotificationConnection": {
        Access.USER: "edges nodes pageInfo unreadCount newestCursor"
    },
    "NotificationEdge": {Access.PARENT: "cursor node"},
    "Notification": {Access.PARENT: "id title body level link createdAt read readAt"},
    "FieldChange": {Access.PARENT: "field before after"},
    "RecordResult": {Access.PARENT: "accepted rejected"},
    "Rejection": {Access.PARENT: "index code message"},
}
GUARDS: Mapping[str, Access] = {
    f"{owner}.{field}": access
    for owner, rows in TABLE.items()
    for access, fields in rows.items()
    for field in fields.split()
}


class GuardTableWrong(Exception):
    """The table and the schema do not name the same fields."""


_DEMANDS: Mapping[Access, Callable[[Principal], object]] = {
    Access.USER: Principal.require_user,
    Access.ADMIN: Principal.require_admin,
    Access.RECORDER: Principal.require_recorder,
}
_Resolve = Callable[..., Any]


def guard(schema: GraphQLSchema, table: Mapping[str, Access] = GUARDS) -> None:
    """Put each field's guard before its resolver.

    Raises:
        GuardTableWrong: names fields without a guard, and guards without a field.
    """
    types = {
        name: found
        for name, found in schema.type_map.items()
        if not name.startswith("__")
        and (is_object_type(found) or is_interface_type(found))
    }
    fields = {f"{name}.{field}" for name in types for field in types[name].fields}
    missing, extra = sorted(fields - table.keys()), sorted(table.keys() - fields)
    if missing or extra:
        raise GuardTableWrong(f"unguarded: {missing}; unknown: {extra}")
    for name, found in types.items():
        if isinstance(found, GraphQLObjectType):
            for field_name, field in found.fields.items():
                access = table[f"{name}.{field_name}"]
                assert field.resolve is not None
                field.resolve = _guarded(field.resolve, access)


def _guarded(resolve: _Resolve, access: Access) -> _Resolve:
    if access is Access.OWNER:

        def shown(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
            if not source.shows_private(info.context.principal):
                return None
            return resolve(source, info, **arguments)

        return shown
    demand = _DEMANDS.get(access)
    if demand is None:
        return resolve

    def demanded(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        demand(info.context.principal)
        return resolve(source, info, **arguments)

    return demanded
