"""Live logs: every event counts, and can be asked for again."""

from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing

from domain.activity import ActivityFilter
from domain.activity_matching import matches
from domain.activity_rules import check_filter
from domain.events import (
    ActivityHappened,
    Event,
    NotificationAdded,
    NotificationsRead,
    Topic,
)
from domain.positions import Delivered, Gap
from realtime import figures
from realtime.follow import Way, follow
from realtime.subscriber import Accept
from resolvers.context import Context, Part
from resolvers.live_cursors import read_position

Items = AsyncGenerator[Delivered | Gap, None]
_EVERYTHING = ActivityFilter()


def watch_activity(
    ctx: Context, after: str | None = None, where: ActivityFilter = _EVERYTHING
) -> Items:
    """Entries of the trail past the cursor `after`, by default from now on, in the
    order they were told: all of them for an administrator, for anyone else what they
    did or what was done to them. A `Gap` stands where some are missing. Never ends.

    Raises:
        InvalidInput: names the argument (`after`, `filter.actions`, …).
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    own = (ctx.principal.require_user(),)
    where = check_filter(where)

    def accept(event: Event) -> bool:
        if not isinstance(event, ActivityHappened):
            return False
        # Asked for each event: `ctx` may have another principal by then.
        principal, entry = ctx.principal, event.activity
        user_id = principal.user_id
        if not principal.is_admin and not (user_id and entry.concerns(user_id)):
            return False
        return matches(where, entry)

    addresses = None if ctx.principal.is_admin else own
    return _follow(ctx, Topic.ACTIVITY, after, accept, addresses)


def watch_notifications(ctx: Context, after: str | None = None) -> Items:
    """What came into the asking person's inbox, and what of it was read, past the
    cursor `after`, by default from now on. A `Gap` stands where something is missing:
    the inbox itself has it. Never ends.

    Raises:
        InvalidInput: `after` is no cursor of these.
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    own = (ctx.principal.require_user(),)

    def accept(event: Event) -> bool:
        return (
            isinstance(event, NotificationAdded | NotificationsRead)
            and event.user_id == ctx.principal.user_id
        )

    return _follow(ctx, Topic.NOTIFICATIONS, after, accept, own)


def _follow(
    ctx: Context,
    topic: Topic,
    after: str | None,
    accept: Accept,
    addresses: Collection[str] | None,
) -> Items:
    services, part = ctx.services, ctx.stream.part
    bus, hub = services.live.bus, services.live.hub
    if part is Part.LIVE:
        return _live(ctx, topic, accept, addresses)
    position = None if after is None else read_position(services, topic, after)
    if part is Part.PAST and position is not None:
        return _past(Way(bus, topic, position, accept))
    return follow(bus, hub, topic, after=position, accept=accept, addresses=addresses)


async def _live(
    ctx: Context, topic: Topic, accept: Accept, addresses: Collection[str] | None
) -> Items:
    hub = ctx.services.live.hub
    with hub.join({topic}, accept=accept, addresses=addresses) as items:
        ctx.stream.listening.set()
        async for item in items:
            yield item


async def _past(way: Way) -> Items:
    async with aclosing(way.from_log()) as items:
        async for item in items:
            yield item
    figures.RESUMES.inc("gap" if way.had_gap else "complete")
