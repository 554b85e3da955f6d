"""Buckets of tokens in Redis, and in the process while Redis is away."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from domain.rates import Rate
from kit.clock import Clock
from persistence.cache import Cache

# A bucket is one number: when it will be full again, in epoch ms. It is gone once it
# is full. KEYS: buckets. ARGV: now, how many to take of each (0 only looks, -1 gives
# one back), then the count and the window (ms) of each. All of them give or none does.
# The callers' clock: one that is ahead is given its lead once, one behind nothing.
_TAKE = """
local now, amount = tonumber(ARGV[1]), tonumber(ARGV[2])
local until_full, may = {}, 1
for i, key in ipairs(KEYS) do
  local count, window = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  local full_at = math.max(tonumber(redis.call('GET', key) or '0'), now)
  until_full[i] = math.floor(full_at - now)
  if until_full[i] + math.max(amount, 1) * window / count > window + 1 then may = 0 end
end
if may == 1 and amount ~= 0 then
  for i, key in ipairs(KEYS) do
    local count, window = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
    local left = math.floor(math.max(until_full[i] + amount * window / count, 0))
    until_full[i] = left
    if left > 0 then
      redis.call('SET', key, string.format('%.0f', now + left), 'PX', left)
    else
      redis.call('DEL', key)
    end
  end
end
return {may, unpack(until_full)}
"""
BUCKETS_MAX = 20_000  # in a process


@dataclass(frozen=True)
class Bucket:
    """One caller's, at a key of `persistence.keys`."""

    rate: Rate
    key: str


@dataclass(frozen=True)
class Level:
    """How full a bucket is."""

    bucket: Bucket
    until_full_ms: int

    @property
    def left(self) -> int:
        window_ms = self.bucket.rate.window_s * 1_000
        share = (window_ms + 1 - self.until_full_ms) / window_ms
        return max(math.floor(share * self.bucket.rate.count), 0)

    @property
    def full_in_s(self) -> int:
        return math.ceil(self.until_full_ms / 1_000)

    @property
    def wait_s(self) -> int:
        """Until one more can be taken; 0 when it can be now."""
        window_ms = self.bucket.rate.window_s * 1_000
        wait_ms = self.until_full_ms + window_ms / self.bucket.rate.count - window_ms
        return math.ceil(wait_ms / 1_000) if wait_ms > 1 else 0


@dataclass(frozen=True)
class Answer:
    """What was asked of buckets, in their order, and whether they gave it."""

    given: bool
    levels: Sequence[Level]


class Throttle:
    """Counts in Redis, for all processes; while that is away by itself.

    Never fails and never lets everything pass: without Redis the same figures hold for
    each process.
    """

    def __init__(self, cache: Cache, clock: Clock) -> None:
        self._cache = cache
        self._clock = clock
        self._full_at_ms: dict[str, int] = {}

    async def take(self, *buckets: Bucket) -> Answer:
        """One of each, or none of any."""
        return await self._ask(1, buckets)

    async def look(self, *buckets: Bucket) -> Answer:
        """Whether one of each could be taken."""
        return await self._ask(0, buckets)

    async def give_back(self, *buckets: Bucket) -> None:
        await self._ask(-1, buckets)

    async def _ask(self, amount: int, buckets: Sequence[Bucket]) -> Answer:
        args: list[int] = [self._clock.now_ms(), amount]
        for one in buckets:
            args += [one.rate.count, one.rate.window_s * 1_000]
        keys = [one.key for one in buckets]
        found = await self._cache.run(_TAKE, keys, args)
        may, *levels = self._here(amount, buckets) if found is None else found
        pairs = zip(buckets, levels, strict=True)
        return Answer(may == 1, [Level(one, level) for one, level in pairs])

    def _here(self, amount: int, buckets: Sequence[Bucket]) -> list[int]:
        """What the script does."""
        now_ms = self._clock.now_ms()
        levels = [max(self._full_at_ms.get(b.key, 0) - now_ms, 0) for b in buckets]
        steps = [b.rate.window_s * 1_000 / b.rate.count for b in buckets]
        for bucket, level, step in zip(buckets, levels, steps, strict=True):
            if level + max(amount, 1) * step > bucket.rate.window_s * 1_000 + 1:
                return [0, *levels]
        if amount:
            moved = zip(levels, steps, strict=True)
            levels = [math.floor(max(lv + amount * step, 0)) for lv, step in moved]
            for bucket, level in zip(buckets, levels, strict=True):
                self._keep(bucket.key, now_ms + level)
        return [1, *levels]

    def _keep(self, key: str, full_at_ms: int) -> None:
        # Taken out first, so that the dictionary stays in order of use.
        self._full_at_ms.pop(key, None)
        self._full_at_ms[key] = full_at_ms
        if len(self._full_at_ms) > BUCKETS_MAX:
            del self._full_at_ms[next(iter(self._full_at_ms))]
