"""Everything that can be watched: each field follows one use case.

Before each event it tells, a field forgets what was loaded for the one before, and
leaves in `Context.stream` what the transport needs to share it and to resume from it.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry

from domain import events
from domain.metrics import Interval
from domain.positions import Delivered
from domain.positions import Gap as GapRecord
from domain.stats import TimeRange
from domain.users import Presence
from resolvers.context import Context
from resolvers.live import watch_dashboard, watch_status
from resolvers.live_cursors import sign_position
from resolvers.live_logs import watch_activity, watch_notifications
from resolvers.live_metrics import watch_metrics
from schema.info import Info
from schema.types.activity import ActivityFilter
from schema.types.live import (
    ActivityAdded,
    ActivityEvent,
    Gap,
    MetricUpdate,
    NotificationAdded,
    NotificationEvent,
    NotificationsRead,
    UserStatusChange,
)
from schema.types.stats import DashboardStats

_Range = strawberry.argument(name="range")
_Filter = strawberry.argument(name="filter")


@strawberry.type
class Subscription:
    @strawberry.subscription(
        description="The figures now, and whenever they are others: the newest only, "
        "never a backlog."
    )
    async def dashboard_updated(
        self,
        info: Info,
        span: Annotated[TimeRange | None, _Range] = TimeRange.LAST_24_HOURS,
        min_interval_ms: int | None = 1_000,
    ) -> AsyncGenerator[DashboardStats, None]:
        pause_ms = 1_000 if min_interval_ms is None else min_interval_ms
        figures = watch_dashboard(
            info.context, span or TimeRange.LAST_24_HOURS, pause_ms
        )
        async with aclosing(figures):
            async for one in figures:
                _tells(info.context, "figures")
                yield DashboardStats.of(one)

    @strawberry.subscription(
        description="The open bucket of each metric, and whichever changes, at most "
        "once a second."
    )
    async def metric_updated(
        self, info: Info, names: list[str], interval: Interval | None = Interval.PT1M
    ) -> AsyncGenerator[MetricUpdate, None]:
        updates = watch_metrics(info.context, names, interval or Interval.PT1M)
        async with aclosing(updates):
            async for one in updates:
                _tells(info.context, one.name)
                yield MetricUpdate.of(one)

    @strawberry.subscription(
        description="What happens, in order, from now on or past `after`: a cursor of "
        "these events or a `newestCursor`. Whom it concerns is as in `activity`."
    )
    async def activity_added(
        self,
        info: Info,
        after: str | None = None,
        where: Annotated[ActivityFilter | None, _Filter] = None,
    ) -> AsyncGenerator[ActivityEvent, None]:
        ctx = info.context
        items = watch_activity(
            ctx, ctx.stream.after or after, (where or ActivityFilter()).to_record()
        )
        async with aclosing(items):
            async for item in items:
                cursor = _tells_next(ctx, item)
                if isinstance(item, GapRecord):
                    yield Gap.of(item)
                elif isinstance(item.event, events.ActivityHappened):
                    yield ActivityAdded.of(cursor, item.event)

    @strawberry.subscription(
        description="What comes into your inbox, and what of it was read on any "
        "device, from now on or past `after`."
    )
    async def notification_received(
        self, info: Info, after: str | None = None
    ) -> AsyncGenerator[NotificationEvent, None]:
        ctx = info.context
        items = watch_notifications(ctx, ctx.stream.after or after)
        async with aclosing(items):
            async for item in items:
                cursor = _tells_next(ctx, item)
                if isinstance(item, GapRecord):
                    yield Gap.of(item)
                elif isinstance(item.event, events.NotificationAdded):
                    yield NotificationAdded.of(cursor, item.event)
                elif isinstance(item.event, events.NotificationsRead):
                    yield NotificationsRead.of(cursor, item.event)

    @strawberry.subscription(
        description="Who is online, then who comes and goes; of all, or of `userIds`."
    )
    async def user_status_changed(
        self, info: Info, user_ids: list[strawberry.ID] | None = None
    ) -> AsyncGenerator[UserStatusChange, None]:
        changes = watch_status(info.context, user_ids)
        async with aclosing(changes):
            async for one in changes:
                online = one.status is Presence.ONLINE
                _tells(info.context, one.user_id, lasting=online)
                yield UserStatusChange.of(one)


def _tells(ctx: Context, subject: str, *, lasting: bool = True) -> None:
    ctx.renew_loaders()
    ctx.stream.subject, ctx.stream.lasting = subject, lasting


def _tells_next(ctx: Context, item: Delivered | GapRecord) -> str:
    """The cursor of the next item of a log."""
    ctx.renew_loaders()
    position = item.until if isinstance(item, GapRecord) else item.position
    cursor = sign_position(ctx.services, item.topic, position)
    ctx.stream.position, ctx.stream.cursor = position, cursor
    ctx.stream.cause = None if isinstance(item, GapRecord) else item.cause
    return cursor
