"""How many people used what on which day, for all processes: Redis counts, roughly
(0.8 %), and keeps nobody's name.
"""

from collections.abc import Collection, Mapping, Sequence

from persistence import keys
from persistence.cache import Cache

# KEYS: a day's set. ARGV: for how long it is kept (s), then who. HyperLogLog.
_ADD = """
redis.call('PFADD', KEYS[1], unpack(ARGV, 2))
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {1}
"""
# KEYS: sets. How many people are in each.
_COUNT = """
local found = {}
for i, key in ipairs(KEYS) do found[i] = redis.call('PFCOUNT', key) end
return found
"""
# KEYS: the sets of days, the latest first. ARGV: of how many of them, united.
_UNITE = """
local found = {}
for i, days in ipairs(ARGV) do
  found[i] = redis.call('PFCOUNT', unpack(KEYS, 1, tonumber(days)))
end
return found
"""
ANY = "any"  # feature
BATCH = 1_000


class UsageCounts:
    """Sets of people by day (of the epoch, UTC) and feature; `ANY` is whoever came."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def add(self, day: int, feature: str, people: Collection[str]) -> bool:
        """Whether Redis took them; again does no harm."""
        names, key = sorted(people), _key(day, feature)
        for start in range(0, len(names), BATCH):
            args: list[int | str | bytes] = [
                keys.USAGE.ttl_s or 0,
                *names[start : start + BATCH],
            ]
            if await self._cache.run(_ADD, [key], args) is None:
                return False
        return True

    async def of_day(self, day: int, features: Sequence[str]) -> Mapping[str, int]:
        """Nothing while Redis is away."""
        found = await self._cache.run(_COUNT, [_key(day, one) for one in features], [])
        return dict(zip(features, found or (), strict=False))

    async def active(self, day: int, lengths: Sequence[int]) -> Mapping[int, int]:
        """How many came in the days up to that one, by how many days."""
        days = [_key(day - back, ANY) for back in range(max(lengths))]
        found = await self._cache.run(_UNITE, days, list(lengths))
        return dict(zip(lengths, found or (), strict=False))


def _key(day: int, feature: str) -> str:
    return keys.USAGE.key(day=str(day), feature=feature)
