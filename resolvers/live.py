"""Live figures and presence: the newest state is enough, never a backlog."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from typing import TypeVar

from domain.errors import InvalidInput, Unavailable
from domain.events import Event, MetricsChanged, StatsChanged, StatusChanged, Topic
from domain.positions import Gap
from domain.stats import DashboardStats, TimeRange
from domain.users import Presence
from realtime.subscriber import Subscriber
from realtime.trying import Backoff
from resolvers.context import Context
from resolvers.figures import ERRORS, REQUESTS, RESPONSE_MS
from resolvers.stats import stats

INTERVALS_MS = (100, 60_000)
# The stretch that figures are about ends now: they change even when nothing happens.
LOOK_AGAIN_S = 60.0
ONLINE_MAX = 10_000
IDS_MAX = 100
_IN_FIGURES = frozenset({REQUESTS, ERRORS, RESPONSE_MS})
T = TypeVar("T")


async def watch_dashboard(
    ctx: Context, time_range: TimeRange, min_interval_ms: int = 1_000
) -> AsyncGenerator[DashboardStats, None]:
    """The figures now and whenever they are others, at most every `min_interval_ms`.

    Counted through `stats`, so once for all who watch. Traffic shows within
    `limits.stats_fresh_s`, every other change at once; what only the passing of time
    changes is looked for once a minute. Never ends.

    Raises:
        InvalidInput: `minIntervalMs` is out of its bounds.
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    ctx.principal.require_user()
    least, most = INTERVALS_MS
    if not least <= min_interval_ms <= most:
        reason = f"must be between {least} and {most}"
        raise InvalidInput.of("minIntervalMs", reason)
    topics = {Topic.STATS, Topic.METRICS, Topic.PRESENCE}
    version: int | None = None
    with ctx.services.live.hub.join(topics, accept=_changes_figures) as changes:
        changed_ms = 0
        while True:
            figures = await patiently(lambda: stats(ctx, time_range))
            if figures.version != version:
                version = figures.version
                yield figures
            await asyncio.sleep(min_interval_ms / 1_000)
            is_stale = figures.as_of_ms < changed_ms
            wait_s = _still_fresh_s(ctx, figures) if is_stale else LOOK_AGAIN_S
            if await _any_change(changes, wait_s) or not is_stale:
                changed_ms = ctx.now_ms()


async def watch_status(
    ctx: Context, user_ids: Sequence[str] | None = None
) -> AsyncGenerator[StatusChanged, None]:
    """Who is online, one by one, then who comes and goes; of `user_ids` or of all.

    Raises:
        InvalidInput: `userIds` are none, or too many.
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    ctx.principal.require_user()
    if user_ids is not None and not 1 <= len(user_ids) <= IDS_MAX:
        raise InvalidInput.of("userIds", f"must be 1 to {IDS_MAX} ids")
    hub = ctx.services.live.hub
    online: set[str] = set()
    # Nobody who comes or goes between the two looks is missed: listening first.
    with hub.join({Topic.PRESENCE}, accept=_is_status, addresses=user_ids) as changes:
        for change in await _compare(ctx, user_ids, online):
            yield change
        async for item in changes:
            if isinstance(item, Gap):
                for change in await _compare(ctx, user_ids, online):
                    yield change
            elif isinstance(item.event, StatusChanged) and _note(item.event, online):
                yield item.event


async def patiently(look: Callable[[], Awaitable[T]]) -> T:
    """What `look` gives, as soon as the databases are there: who watches waits."""
    pauses = Backoff()
    while True:
        try:
            return await look()
        except Unavailable:
            await asyncio.sleep(pauses.next_s())


def _changes_figures(event: Event) -> bool:
    if isinstance(event, MetricsChanged):
        return not _IN_FIGURES.isdisjoint(event.names)
    return isinstance(event, StatsChanged | StatusChanged)


def _is_status(event: Event) -> bool:
    return isinstance(event, StatusChanged)


async def _any_change(changes: Subscriber, within_s: float) -> bool:
    """Takes all that waits, or comes within that time; whether there was any."""
    try:
        async with asyncio.timeout(within_s):
            await anext(changes)
            while changes.waiting:
                await anext(changes)
    except TimeoutError:
        return False
    return True


def _still_fresh_s(ctx: Context, figures: DashboardStats) -> float:
    """How long these figures are given to everybody, though some have changed."""
    fresh_ms = 1_000 * ctx.limits.stats_fresh_s
    return max(figures.as_of_ms + fresh_ms - ctx.now_ms(), 50) / 1_000


async def _compare(
    ctx: Context, user_ids: Collection[str] | None, online: set[str]
) -> list[StatusChanged]:
    """What is different from `online` now, which is brought up to date."""
    found = await patiently(lambda: _online(ctx, user_ids))
    at_ms = ctx.now_ms()
    come = [one for one in found if one not in online]
    gone = [] if len(found) == ONLINE_MAX else sorted(online.difference(found))
    online.update(come)
    online.difference_update(gone)
    return [
        StatusChanged(user_id=one, status=status, at_ms=at_ms)
        for status, ids in ((Presence.ONLINE, come), (Presence.OFFLINE, gone))
        for one in ids
    ]


async def _online(ctx: Context, user_ids: Collection[str] | None) -> list[str]:
    presence = ctx.services.live.presence
    if user_ids is None:
        found = await presence.online_ids(ONLINE_MAX)
        if found is None:
            raise Unavailable
        return found
    statuses = await presence.statuses(list(dict.fromkeys(user_ids)))
    if statuses is None:
        raise Unavailable
    return [one for one, status in statuses.items() if status is Presence.ONLINE]


def _note(event: StatusChanged, online: set[str]) -> bool:
    """Whether that is news."""
    if (event.user_id in online) == (event.status is Presence.ONLINE):
        return False
    if event.status is Presence.ONLINE:
        online.add(event.user_id)
    else:
        online.remove(event.user_id)
    return True
