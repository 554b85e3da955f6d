"""The figures at the head of the dashboard, counted at most every few seconds.

They are the same for everybody, so whoever finds them stale counts them for all;
each user's are also kept under the documented key. A write that changes figures
calls `touch_stats`, which makes all kept ones stale at once.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from domain.errors import Unavailable
from domain.events import StatsChanged
from domain.stats import DashboardStats, Stat, TimeRange
from kit import jsonio
from persistence.keys import STATS, STATS_EPOCH, STATS_VERSION
from resolvers.context import Context, Services
from resolvers.figures import count_figures, sample

__all__ = ["renew_figures", "sample", "stats", "touch_stats"]
ANYBODY = "all"
EPOCH_TTL_S = 86_400
FLIGHT_S = 1.0  # to wait for another process that is counting, or has died meanwhile
# 2025-01-01: versions are at least the seconds since, so that they grow even when
# Redis forgets the last one, and stay under 2^31 until 2093.
_VERSIONS_FROM_MS = 1_735_689_600_000
_VERSION_MAX = 2**31 - 1
Kept = Mapping[str, Any]


async def stats(ctx: Context, time_range: TimeRange) -> DashboardStats:
    """The figures of `time_range`, not older than `limits.stats_fresh_s`.

    `cached` says that they were not counted for this call. While MongoDB is away
    the last ones known are given, up to `limits.stats_ttl_s` old.

    Raises:
        Unavailable: MongoDB does not answer, and nothing is known.
    """
    user_id = ctx.principal.require_user()
    shelf = _Shelf(ctx.services, time_range, user_id)
    if (kept := await shelf.fresh()) is not None:
        return kept
    try:
        return await ctx.services.cache.single_flight(
            f"stats:{time_range}", FLIGHT_S, shelf.count, shelf.fresh
        )
    except Unavailable:
        if (old := await shelf.any()) is not None:
            return old
        raise


async def touch_stats(ctx: Context) -> None:
    """Figures have changed: whoever asks next has them counted, who watches is told."""
    await renew_figures(ctx.services)


async def renew_figures(services: Services) -> bool:
    """As `touch_stats`; whether Redis has taken it, so that no older ones come back."""
    key, cache = STATS_EPOCH.key(), services.cache
    word = await cache.renew_word(key, EPOCH_TTL_S)
    await services.live.bus.publish(StatsChanged(at_ms=services.clock.now_ms()))
    return await cache.word(key, EPOCH_TTL_S) == word


class _Shelf:
    """Where the figures one user asks for may lie."""

    def __init__(self, services: Services, time_range: TimeRange, user_id: str) -> None:
        self._services = services
        self._range = time_range
        self._keys = [STATS.key(user_id=one) for one in (user_id, ANYBODY)]
        self._rows: list[dict[str, Kept]] = [{}, {}]
        self._word: str | None = None

    async def fresh(self) -> DashboardStats | None:
        """Figures that are young enough and that no write has made stale."""
        await self._look()
        now_ms = self._services.clock.now_ms()
        youngest_ms = now_ms - 1000 * self._services.limits.stats_fresh_s
        for row in self._rows:
            kept = row.get(self._range)
            if kept and kept["word"] == self._word and kept["as_of_ms"] > youngest_ms:
                if row is not self._rows[0]:
                    await self._put(0, kept)
                return _figures(kept)
        return None

    async def any(self) -> DashboardStats | None:
        """The youngest figures there are, fresh or not."""
        await self._look()
        kept = [row[self._range] for row in self._rows if self._range in row]
        return _figures(max(kept, key=lambda one: one["as_of_ms"])) if kept else None

    async def count(self) -> DashboardStats:
        """Counted anew, and kept. What is written meanwhile makes them stale."""
        word = self._word
        version = await _next_version(self._services)
        figures = await count_figures(self._services, self._range, version)
        kept = {**asdict(figures), "word": word}
        if word is not None:
            for place in range(len(self._keys)):
                await self._put(place, kept)
        return figures

    async def _look(self) -> None:
        cache = self._services.cache
        *rows, word = await cache.get_many([*self._keys, STATS_EPOCH.key()])
        self._rows = [jsonio.loads(row) if row else {} for row in rows]
        self._word = word.decode() if word else None
        if word is None:
            self._word = await cache.word(STATS_EPOCH.key(), EPOCH_TTL_S)

    async def _put(self, place: int, kept: Kept) -> None:
        row = {**self._rows[place], self._range.value: kept}
        ttl_s = self._services.limits.stats_ttl_s
        await self._services.cache.set(self._keys[place], jsonio.dumps(row), ttl_s)


async def _next_version(services: Services) -> int:
    least = (services.clock.now_ms() - _VERSIONS_FROM_MS) // 1000
    key = STATS_VERSION.key()
    version = await services.cache.incr(key) or least
    if version < least:
        await services.cache.set(key, str(least).encode(), EPOCH_TTL_S)
        version = await services.cache.incr(key) or least
    return min(version, _VERSION_MAX)


def _figures(kept: Kept) -> DashboardStats:
    figures: dict[str, Any] = {
        name: Stat(**value) if isinstance(value, dict) else value
        for name, value in kept.items()
        if name != "word"
    }
    return replace(DashboardStats(**figures), cached=True)
