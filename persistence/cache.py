"""Redis as the service uses it: what is lost there costs a read, never an error."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar

from redis.asyncio import Redis

from kit.clock import Clock
from kit.metrics import REGISTRY
from persistence.locks import SingleFlight, hold
from persistence.redis_breaker import RedisBreaker

T = TypeVar("T")
READS = REGISTRY.counter(
    "dashboard_cache_reads_total", "Keys asked of the cache, found or not", ("outcome",)
)


class Cache:
    """Bytes by key (`persistence.keys`), with locks and words.

    Every method fails open: while Redis is down a read misses and a write does
    nothing, within 250 ms at first and at once from then on. `failures` counts the
    calls Redis did not answer, `skipped` those it was spared.
    """

    def __init__(self, redis: Redis | None, clock: Clock) -> None:
        """`redis` comes from `persistence.redis_pool.open_redis`; None: always down."""
        self._breaker = RedisBreaker(redis, clock)
        self._flights = SingleFlight(partial(hold, self._breaker))

    @property
    def failures(self) -> int:
        return self._breaker.failures

    @property
    def skipped(self) -> int:
        return self._breaker.skipped

    @property
    def is_open(self) -> bool:
        """Whether Redis is left alone just now, as it did not answer."""
        return self._breaker.is_open

    async def ping(self) -> bool:
        """Whether Redis answers; counts as any other call."""
        return await self._breaker.ask(_ping, default=False)

    async def get(self, key: str) -> bytes | None:
        return (await self.get_many([key]))[0]

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        """The values in the order of `keys`, None for each that is missing."""
        missing: list[bytes | None] = [None] * len(keys)
        if not keys:
            return missing
        found = await self._breaker.ask(lambda redis: _get_many(redis, keys), missing)
        hits = len(found) - found.count(None)
        READS.inc("hit", by=hits)
        READS.inc("miss", by=len(found) - hits)
        return found

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        await self._breaker.ask(
            lambda redis: _set(redis, key, value, ttl_s), default=True
        )

    async def delete(self, *keys: str) -> None:
        if keys:
            await self._breaker.ask(lambda redis: _delete(redis, keys), default=0)

    async def incr(self, key: str) -> int | None:
        """The count after adding one; None while Redis is down."""
        return await self._breaker.ask(lambda redis: _incr(redis, key), default=None)

    async def renew_word(self, key: str, ttl_s: float) -> str:
        """Put a fresh random word there: whatever carries the old one is stale."""
        word = secrets.token_hex(8)
        await self.set(key, word.encode(), ttl_s)
        return word

    async def word(self, key: str, ttl_s: float) -> str | None:
        """The word that is there, made when there was none; None while Redis is down.

        All who ask meanwhile get the same one.
        """
        fresh = secrets.token_hex(8).encode()

        async def ask(redis: Redis) -> bytes | None:
            found = (await _get_many(redis, [key]))[0]
            if found is None and await _set(redis, key, fresh, ttl_s, only_new=True):
                return fresh
            return found or (await _get_many(redis, [key]))[0]

        found = await self._breaker.ask(ask, default=None)
        return None if found is None else found.decode()

    async def keep_highest(
        self, key: str, score: int, value: bytes, *, count: int
    ) -> None:
        """Add `value` to those there; the `count` with the highest scores stay."""
        await self._breaker.ask(
            lambda redis: _keep_highest(redis, key, score, value, count), default=0
        )

    async def kept(self, key: str) -> list[bytes] | None:
        """What `keep_highest` kept, the highest first; None while Redis is down."""
        return await self._breaker.ask(lambda redis: _kept(redis, key), default=None)

    async def run(
        self, script: str, keys: Sequence[str], args: Sequence[int | str | bytes]
    ) -> list[int] | None:
        """What a script answers that does it all in one step; None while Redis is down.

        The keys share a hash tag: a cluster keeps those of one tag together.
        """
        return await self._breaker.ask(
            lambda redis: _run(redis, script, keys, args), default=None
        )

    @asynccontextmanager
    async def lock(self, name: str, ttl_s: float) -> AsyncIterator[bool]:
        """Try once for a lock of all processes; yields whether it is ours.

        It is given back at the end, and lost after `ttl_s` at the latest. Nobody
        gets it while Redis is down.
        """
        async with hold(self._breaker, name, ttl_s) as held:
            yield held is True

    async def single_flight(
        self,
        name: str,
        ttl_s: float,
        fetch: Callable[[], Awaitable[T]],
        read: Callable[[], Awaitable[T | None]],
    ) -> T:
        """One caller of all makes the value; see `persistence.locks.SingleFlight`."""
        return await self._flights.fly(name, ttl_s, fetch, read)


# Typed by hand: the client's own signatures cover its blocking twin as well.
async def _ping(redis: Any) -> bool:
    return bool(await redis.ping())


async def _get_many(redis: Any, keys: Sequence[str]) -> list[bytes | None]:
    return list(await redis.mget(keys))


async def _set(
    redis: Any, key: str, value: bytes, ttl_s: float, *, only_new: bool = False
) -> bool:
    ttl_ms = max(round(ttl_s * 1_000), 1)
    return bool(await redis.set(key, value, px=ttl_ms, nx=only_new))


async def _delete(redis: Any, keys: Sequence[str]) -> int:
    return int(await redis.delete(*keys))


async def _keep_highest(
    redis: Any, key: str, score: int, value: bytes, count: int
) -> int:
    await redis.zadd(key, {value: score})
    return int(await redis.zremrangebyrank(key, 0, -count - 1))


async def _kept(redis: Any, key: str) -> list[bytes] | None:
    return list(await redis.zrevrange(key, 0, -1))


async def _run(
    redis: Any, script: str, keys: Sequence[str], args: Sequence[int | str | bytes]
) -> list[int] | None:
    return list(await redis.eval(script, len(keys), *keys, *args))


async def _incr(redis: Any, key: str) -> int | None:
    return int(await redis.incr(key))
