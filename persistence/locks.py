"""One at a time: across processes by Redis, within one process by waiting."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

from persistence import keys
from persistence.redis_breaker import RedisBreaker

# Whoever held the lock too long must not take it from the next holder.
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
"""
_POLL_S = 0.05
T = TypeVar("T")
Hold = Callable[[str, float], AbstractAsyncContextManager[bool | None]]


@asynccontextmanager
async def hold(
    breaker: RedisBreaker, name: str, ttl_s: float
) -> AsyncIterator[bool | None]:
    """Try once for the lock `name`; yields whether it is ours, for `ttl_s` at most.

    None while Redis is down: then nobody can tell.
    """
    key, token = keys.LOCK.key(name=name), secrets.token_hex(16)
    ttl_ms = max(round(ttl_s * 1_000), 1)
    held = await breaker.ask(
        lambda redis: _acquire(redis, key, token, ttl_ms), default=None
    )
    try:
        yield held
    finally:
        if held:
            await breaker.ask(lambda redis: _release(redis, key, token), default=0)


async def _acquire(redis: Any, key: str, token: str, ttl_ms: int) -> bool | None:
    return bool(await redis.set(key, token, nx=True, px=ttl_ms))


async def _release(redis: Any, key: str, token: str) -> int:
    return int(await redis.eval(_RELEASE, 1, key, token))


class SingleFlight:
    """Makes a value once where many want it at the same moment."""

    def __init__(self, hold_one: Hold) -> None:
        self._hold = hold_one
        self._flights: dict[str, asyncio.Future[Any]] = {}

    async def fly(
        self,
        name: str,
        ttl_s: float,
        fetch: Callable[[], Awaitable[T]],
        read: Callable[[], Awaitable[T | None]],
    ) -> T:
        """The value that `read` finds, or that one caller of all makes by `fetch`.

        `fetch` stores what it makes where `read` looks. Callers of this process
        share one flight, and its failure; those of other processes wait up to
        `ttl_s` for the value to appear, then make it themselves. While Redis is
        down each process makes its own.
        """
        while (flight := self._flights.get(name)) is not None:
            await asyncio.wait([flight])
            if not flight.cancelled():  # else its caller went away: fly it again
                return flight.result()  # type: ignore[no-any-return]
        flight = asyncio.get_running_loop().create_future()
        self._flights[name] = flight
        try:
            value = await self._make(name, ttl_s, fetch, read)
        except asyncio.CancelledError:
            flight.cancel()
            raise
        except BaseException as err:
            flight.set_exception(err)
            flight.exception()  # seen: nobody else may be waiting for it
            raise
        else:
            flight.set_result(value)
            return value
        finally:
            del self._flights[name]

    async def _make(
        self,
        name: str,
        ttl_s: float,
        fetch: Callable[[], Awaitable[T]],
        read: Callable[[], Awaitable[T | None]],
    ) -> T:
        async with self._hold(name, ttl_s) as held:
            value = await read()
            polls = round(ttl_s / _POLL_S) if held is False else 0
            while value is None and polls > 0:
                await asyncio.sleep(_POLL_S)
                value = await read()
                polls -= 1
            return await fetch() if value is None else value
