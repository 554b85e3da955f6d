"""The table of `/api/v1`: every method and path, who may call it, what may go wrong."""

from collections.abc import Sequence

from app.rest import auth, dashboard, exports, shapes, users
from app.rest.operation import Access, Operation
from domain.errors import (
    BadCredentials,
    BadRefreshToken,
    Conflict,
    IdempotencyConflict,
    NotAllowed,
    NotFound,
    VersionMismatch,
)

IDEMPOTENT = {
    "Idempotency-Key": {
        "description": "The same key with the same body does it once, and answers the "
        "same for 24 hours.",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    }
}
IF_MATCH = {
    "If-Match": {
        "description": "ETag of the version to change, or `*`; refused when stale.",
        "schema": {"type": "string"},
    }
}
FILE_HEADERS = {"Content-Disposition": "The name to keep it under"}
NEW_VERSION = {"ETag": "For `If-Match` of the next change"}
# What use cases call a thing -> the parameter it came in.
USER_PARAMETERS = {"filter.search": "search", "orderBy": "sort"}
KEY_PARAMETER = {"idempotencyKey": "Idempotency-Key"}
METRIC_PARAMETERS = {
    "range.from": "from",
    "range.to": "to",
    "range.last": "last",
    "range": "last",
    "timeZone": "tz",
    "compareTo": "compare",
}
ACTIVITY_PARAMETERS = {
    "first": "limit",
    "filter.actorIds": "actor",
    "filter.actions": "action",
    "filter.targetType": "target_type",
    "filter.targetId": "target_id",
    "filter.severity": "severity",
    "filter.from": "from",
    "filter.to": "to",
    "filter.search": "search",
}

OPERATIONS: Sequence[Operation] = (
    Operation(
        "POST",
        "/auth/login",
        auth.login,
        "Sign in",
        access=Access.ANYONE,
        errors=(BadCredentials, NotAllowed),
        headers=auth.COOKIE_HEADER,
    ),
    Operation(
        "POST",
        "/auth/refresh",
        auth.refresh,
        "Trade a refresh token for its successor pair",
        access=Access.ANYONE,
        errors=(BadRefreshToken, NotAllowed),
        headers=auth.COOKIE_HEADER,
    ),
    Operation("POST", "/auth/logout", auth.logout, "Sign out, here or everywhere"),
    Operation("GET", "/auth/me", auth.me, "Who am I?"),
    Operation(
        "GET",
        "/users",
        users.list_users,
        "List accounts",
        access=Access.ADMIN,
        meta=shapes.PagedMeta,
        parameters=USER_PARAMETERS,
    ),
    Operation(
        "POST",
        "/users",
        users.create_user,
        "Create an account",
        access=Access.ADMIN,
        status=201,
        errors=(Conflict, IdempotencyConflict),
        headers=IDEMPOTENT,
        answer_headers={"Location": "The new account's own path", **NEW_VERSION},
        parameters=KEY_PARAMETER,
    ),
    Operation(
        "GET",
        "/users.csv",
        exports.export_users,
        "Every account of the list, as CSV",
        access=Access.ADMIN,
        media_type=exports.MEDIA_TYPE,
        answer_headers=FILE_HEADERS,
        parameters=USER_PARAMETERS,
    ),
    Operation(
        "GET", "/users/{id}", users.get_user, "Look at an account", errors=(NotFound,)
    ),
    Operation(
        "PUT",
        "/users/{id}",
        users.update_user,
        "Change an account; fields left out stay as they are",
        errors=(NotFound, BadCredentials, NotAllowed, Conflict, VersionMismatch),
        headers=IF_MATCH,
        answer_headers=NEW_VERSION,
    ),
    Operation(
        "DELETE",
        "/users/{id}",
        users.delete_user,
        "Delete an account",
        access=Access.ADMIN,
        errors=(NotFound, Conflict),
    ),
    Operation("GET", "/dashboard/stats", dashboard.get_stats, "Figures now and before"),
    Operation(
        "GET",
        "/dashboard/metrics",
        dashboard.get_metrics,
        "Series of metrics, by columns",
        parameters=METRIC_PARAMETERS,
    ),
    Operation(
        "POST",
        "/dashboard/metrics",
        dashboard.record_metrics,
        "Record metric points; each is taken or rejected by itself",
        access=Access.RECORDER,
        status=201,
        errors=(IdempotencyConflict,),
        headers=IDEMPOTENT,
        parameters=KEY_PARAMETER,
    ),
    Operation(
        "GET",
        "/dashboard/activity",
        dashboard.list_activity,
        "What happened, newest first",
        meta=shapes.ContinuedMeta,
        parameters=ACTIVITY_PARAMETERS,
    ),
    Operation(
        "POST",
        "/dashboard/activity",
        dashboard.record_activity,
        "Record what an application did; each event is taken or rejected by itself",
        access=Access.RECORDER,
        status=201,
        errors=(IdempotencyConflict,),
        headers=IDEMPOTENT,
        parameters=KEY_PARAMETER,
    ),
    Operation(
        "GET",
        "/dashboard/activity.csv",
        exports.export_activity,
        "All that happened, as CSV, newest first",
        media_type=exports.MEDIA_TYPE,
        answer_headers=FILE_HEADERS,
        parameters=ACTIVITY_PARAMETERS,
    ),
)
