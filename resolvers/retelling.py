"""Telling again what was stored but perhaps never told, as its process died between."""

import asyncio
from contextlib import suppress

from domain.errors import Unavailable
from domain.events import ActivityHappened
from kit.times import MINUTE_MS
from resolvers.context import Services
from resolvers.notifications import untold
from resolvers.stats import renew_figures
from resolvers.trail import complete

# More than a start after a crash takes, and than is recorded in that time.
LOOK_BACK_MS = 10 * MINUTE_MS
ENTRIES_MAX = 2_000
PAUSE_S = 0.2


async def retell(services: Services) -> int:
    """Publish what is missing in the logs of the latest entries; how many were. What
    was changed but not even entered is entered first.

    To be called now and then, by any process: what was told is not
    told again.

    Raises:
        Unavailable: MongoDB or Redis did not answer; the next time will do.
    """
    await complete(services)
    since_ms = services.clock.now_ms() - LOOK_BACK_MS
    entries = await services.repos.activity.recorded_since(since_ms, limit=ENTRIES_MAX)
    events = [*map(ActivityHappened.of, entries), *await untold(services)]
    return await services.live.bus.repair(events)


async def keep_told(services: Services) -> None:
    """Retells at the start and each time Redis has been away, as soon as it and
    MongoDB answer. Until cancelled.

    Figures are made stale too: a write that Redis was not told of, or whose process
    died before it told, has left the old ones as good as fresh.
    """
    returned = services.live.reader.returned
    while True:
        returned.clear()
        with suppress(Unavailable):
            await retell(services)
            if await renew_figures(services):
                await returned.wait()
        await asyncio.sleep(PAUSE_S)
