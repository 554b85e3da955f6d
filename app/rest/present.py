"""From records to what answers carry."""

import asyncio
from collections.abc import Sequence

from app.rest import metric_shapes, shapes
from app.rest.names import snake_case
from domain import activity, metrics, stats, users
from domain.activity_privacy import shown_changes
from domain.ids import USER
from kit.times import rfc3339
from resolvers.activity import cursor_of
from resolvers.context import Context
from resolvers.presence import presence_of
from resolvers.users import get_user


async def user(ctx: Context, record: users.User) -> shapes.User:
    """The account as the asking person may see it."""
    private = ctx.principal.may_see_private(record.id)
    return {
        "id": record.id,
        "email": record.email if private else None,
        "name": record.name,
        "avatar_url": record.avatar_url,
        "role": record.role if private else None,
        "status": record.status,
        "presence": await presence_of(ctx, record),
        "last_seen_at": rfc3339(record.seen_ms) if record.seen_ms else None,
        "created_at": rfc3339(record.created_ms),
        "updated_at": rfc3339(record.updated_ms),
        "version": record.version,
    }


async def users_of(ctx: Context, records: Sequence[users.User]) -> list[shapes.User]:
    """The accounts, whose presence is asked in one round trip."""
    return await asyncio.gather(*(user(ctx, record) for record in records))


def dashboard_stats(record: stats.DashboardStats) -> shapes.Stats:
    return {
        "total_users": _stat(record.total_users),
        "active_users": _stat(record.active_users),
        "new_users": _stat(record.new_users),
        "online_users": _stat(record.online_users),
        "requests": _stat(record.requests),
        "error_rate": _stat(record.error_rate),
        "response_time_ms": _stat(record.response_time_ms),
        "version": record.version,
        "as_of": rfc3339(record.as_of_ms),
        "cached": record.cached,
    }


def metric_columns(record: metrics.MetricResult) -> metric_shapes.Metrics:
    """Every series has the same buckets, so they are said once."""
    rows = record.series[0].points if record.series else []
    return {
        "from": rfc3339(record.from_ms),
        "to": rfc3339(record.to_ms),
        "interval": record.interval,
        "time_zone": record.time_zone,
        "as_of": rfc3339(record.as_of_ms),
        "start": [rfc3339(row.start_ms) for row in rows],
        "end": [rfc3339(row.end_ms) for row in rows],
        "partial": [row.partial for row in rows],
        "series": [_series(one) for one in record.series],
        "warnings": list(record.warnings),
    }


async def activities(
    ctx: Context, records: Sequence[activity.Activity]
) -> list[shapes.Activity]:
    """The entries with their actors, who are read in one round trip."""
    return await asyncio.gather(*(_activity(ctx, record) for record in records))


def record_result(record: metrics.RecordResult) -> shapes.RecordResult:
    return {
        "accepted": record.accepted,
        "rejected": [
            {"index": one.index, "code": one.code, "message": _in_snake_case(one)}
            for one in record.rejected
        ],
    }


def _in_snake_case(rejection: metrics.Rejection) -> str:
    """Its message, which begins with the name of the field."""
    field, colon, reason = rejection.message.partition(": ")
    return f"{snake_case(field)}{colon}{reason}" if colon else field


async def _activity(ctx: Context, record: activity.Activity) -> shapes.Activity:
    return {
        "id": record.id,
        "action": record.action,
        "actor": await _actor(ctx, record.actor_id),
        "actor_label": record.actor_label,
        "target_type": record.target_type,
        "target_id": record.target_id,
        "target_label": record.target_label,
        "summary": record.summary,
        "changes": [
            {"field": one.field, "before": one.before, "after": one.after}
            for one in shown_changes(ctx.principal, record)
        ],
        "severity": record.severity,
        "occurred_at": rfc3339(record.occurred_ms),
        "cursor": cursor_of(ctx, record),
    }


async def _actor(ctx: Context, actor_id: str | None) -> shapes.Actor | None:
    if actor_id is None or not actor_id.startswith(f"{USER}_"):
        return None
    record = await get_user(ctx, actor_id)
    if record is None:
        return None
    return {
        "id": record.id,
        "name": record.name,
        "avatar_url": record.avatar_url,
        "presence": await presence_of(ctx, record),
    }


def _stat(record: stats.Stat) -> shapes.Stat:
    return {
        "value": record.value,
        "previous": record.previous,
        "change_pct": record.change_pct,
    }


def _series(record: metrics.MetricSeries) -> metric_shapes.MetricSeries:
    compared = record.comparison
    return {
        "name": record.name,
        "unit": record.unit,
        "kind": record.kind,
        "aggregate": record.aggregate,
        "tags": None if record.tags is None else dict(record.tags),
        "values": [point.value for point in record.points],
        "counts": [point.count for point in record.points],
        "summary": _summary(record.summary),
        "comparison": None if compared is None else _comparison(compared),
    }


def _comparison(record: metrics.MetricComparison) -> metric_shapes.MetricComparison:
    return {
        "from": rfc3339(record.from_ms),
        "to": rfc3339(record.to_ms),
        "start": [rfc3339(point.start_ms) for point in record.points],
        "values": [point.value for point in record.points],
        "counts": [point.count for point in record.points],
        "summary": _summary(record.summary),
        "change_pct": record.change_pct,
    }


def _summary(record: metrics.MetricSummary) -> metric_shapes.MetricSummary:
    return {
        "min": record.min,
        "max": record.max,
        "avg": record.avg,
        "sum": record.sum,
        "last": record.last,
        "count": record.count,
    }
