"""Lists as CSV, row by row what their JSON has entry by entry."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, TypeVar

from app.rest import queries
from app.rest.operation import Call, File, NoBody
from domain.activity import Activity, FieldChange
from domain.activity_privacy import shown_changes
from domain.ids import USER
from domain.principal import Principal
from domain.users import User
from kit.csv_rows import csv_rows
from kit.jsonio import dumps
from kit.times import rfc3339
from resolvers import export
from resolvers.context import Context

MEDIA_TYPE = "text/csv"
T = TypeVar("T")
Row = Sequence[str | int | None]
USER_COLUMNS = (
    "id",
    "email",
    "name",
    "role",
    "status",
    "avatar_url",
    "last_seen_at",
    "created_at",
    "updated_at",
    "version",
)
ACTIVITY_COLUMNS = (
    "id",
    "occurred_at",
    "action",
    "severity",
    "actor_id",
    "actor_label",
    "target_type",
    "target_id",
    "target_label",
    "summary",
    "changes",
    "outcome",
    "session_id",
)


async def export_users(call: Call[queries.AllUsers, NoBody]) -> File:
    asked = call.query
    pages = export.export_users(call.ctx, where=asked.where(), order=asked.sort.order)
    return _file(call.ctx, "users", USER_COLUMNS, pages, _user)


async def export_activity(call: Call[queries.AllActivity, NoBody]) -> File:
    pages = export.export_activity(call.ctx, where=call.query.where())
    row = partial(_entry, call.ctx.principal)
    return _file(call.ctx, "activity", ACTIVITY_COLUMNS, pages, row)


def _file(
    ctx: Context,
    what: str,
    columns: Row,
    pages: AsyncGenerator[Sequence[T], None],
    row: Callable[[T], Row],
) -> File:
    async def pieces() -> AsyncGenerator[bytes, None]:
        head = [columns]  # goes with the first page: nothing is sent before it is read
        async with aclosing(pages):
            async for page in pages:
                yield csv_rows([*head, *map(row, page)])
                head = []
        if head:
            yield csv_rows(head)

    day = rfc3339(ctx.now_ms()).partition("T")[0]
    return File(f"{what}-{day}.csv", pieces())


def _user(user: User) -> Row:
    return (
        user.id,
        user.email,
        user.name,
        user.role,
        user.status,
        user.avatar_url,
        rfc3339(user.seen_ms) if user.seen_ms else None,
        rfc3339(user.created_ms),
        rfc3339(user.updated_ms),
        user.version,
    )


def _entry(principal: Principal, entry: Activity) -> Row:
    """API keys, outcomes and sessions are for administrators to know."""
    actor = entry.actor_id or ""
    sees_actor = principal.is_admin or actor.startswith(f"{USER}_")
    return (
        entry.id,
        rfc3339(entry.occurred_ms),
        entry.action,
        entry.severity,
        actor if sees_actor else None,
        entry.actor_label,
        entry.target_type,
        entry.target_id,
        entry.target_label,
        entry.summary,
        _changes(shown_changes(principal, entry)),
        entry.result if principal.is_admin else None,
        entry.session_id if principal.is_admin else None,
    )


def _changes(changes: Sequence[FieldChange]) -> str | None:
    """As in JSON, since a cell holds one text."""
    said: list[dict[str, Any]] = [
        {"field": one.field, "before": one.before, "after": one.after}
        for one in changes
    ]
    return dumps(said).decode() if said else None
