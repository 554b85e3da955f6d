"""Telling again what was stored but perhaps never told, as its process died between."""

import asyncio

from domain.errors import Unavailable
from domain.events import ActivityHappened
from kit.times import MINUTE_MS
from resolvers.context import Services
from resolvers.notifications import untold

# More than a start after a crash takes, and than is recorded in that time.
LOOK_BACK_MS = 10 * MINUTE_MS
ENTRIES_MAX = 2_000
PAUSE_S = 1.0


async def retell(services: Services) -> int:
    """Publish what is missing in the logs of the latest entries; how many were.

    To be called at a start and now and then, by any process: what was told is not
    told again.

    Raises:
        Unavailable: MongoDB or Redis did not answer; the next time will do.
    """
    since_ms = services.clock.now_ms() - LOOK_BACK_MS
    entries = await services.repos.activity.recorded_since(since_ms, limit=ENTRIES_MAX)
    events = [*map(ActivityHappened.of, entries), *await untold(services)]
    return await services.live.bus.repair(events)


async def retell_soon(services: Services) -> None:
    """Retell once, as soon as MongoDB and Redis both answer: for a start."""
    while True:
        try:
            await retell(services)
        except Unavailable:
            await asyncio.sleep(PAUSE_S)
        else:
            return
