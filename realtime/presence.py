"""Who is here: every open connection has a seat in Redis, kept by its replica.

A seat expires unless it is kept, so that those of a replica that died are cleared by
any other. Whoever leaves gets a grace: reloading a page, or moving to another replica,
is not going away. Coming and going are told in the step that finds them out, so that
each is told once, whoever looks.
"""

import asyncio
import secrets
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.events import StatusChanged, Topic
from domain.users import Presence as Status
from kit.clock import Clock
from kit.tasks import heeding
from persistence import keys
from persistence.redis_breaker import RedisBreaker
from realtime import scripts
from realtime.codec import WIRE
from realtime.streams import Streams
from realtime.trying import for_ever

CHUNK = 500
T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """In seconds. `absent_s` without any sweep means that all were away, and then
    seats are kept for `return_s`, longer than it takes every replica to keep its own.
    """

    grace_s: float = 30
    seat_s: float = 45
    keep_every_s: float = 15
    sweep_every_s: float = 2
    absent_s: float = 10
    return_s: float = 20


class Presence:
    """Presence of this process's connections, and of everybody.

    Fails open: while Redis is away questions are answered by None, and what was not
    told is told by the next `keep`.
    """

    def __init__(
        self, streams: Streams, clock: Clock, timing: Timing | None = None
    ) -> None:
        self._streams = streams
        self._clock = clock
        self._timing = timing or Timing()
        self._breaker = RedisBreaker(streams.redis, clock)
        self._seats: dict[str, str] = {}  # to the user's id
        self._seen: dict[str, int] = {}
        self._keep_at_s = 0.0
        # Redis sees them in our order: a seat is not kept after it was left.
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def connection(self, user_id: str, session_id: str) -> AsyncIterator[None]:
        """The user is online while the block runs, and for a grace after it."""
        seat = f"{user_id}|{session_id}|{secrets.token_hex(8)}"
        self._seats[seat] = user_id
        self._seen[user_id] = self._clock.now_ms()
        try:
            if not await self._sit([seat]):
                self._keep_at_s = 0
            yield
        finally:
            del self._seats[seat]
            self._seen[user_id] = self._clock.now_ms()
            async with self._turn:
                # Should this fail, the seat expires.
                await self._run(scripts.LEAVE, [_ms(self._timing.grace_s), seat])

    async def run(self) -> None:
        """Keeps this process's seats and clears expired ones; until cancelled."""
        await for_ever("presence", self._round)

    async def keep(self) -> bool:
        """Keep every seat of this process; whether Redis took it."""
        now_ms = self._clock.now_ms()
        self._seen.update(dict.fromkeys(self._seats.values(), now_ms))
        seats = list(self._seats)
        chunks = [seats[i : i + CHUNK] for i in range(0, len(seats), CHUNK)]
        return all([await self._sit(chunk) for chunk in chunks])

    async def sweep(self) -> int:
        """Clear expired seats, anybody's; how many there were. -1 when all of us, or
        Redis, were away: seats are kept for a while, and are to be taken again.
        """
        timing = self._timing
        args = [_ms(timing.absent_s), _ms(timing.return_s)]
        return await self._run(scripts.SWEEP, args) or 0

    async def statuses(self, user_ids: Sequence[str]) -> Mapping[str, Status] | None:
        """The status of each; None while Redis is away. One round trip."""
        counts = await self._counts(user_ids)
        if counts is None:
            return None
        return {
            user_id: Status.ONLINE if count else Status.OFFLINE
            for user_id, count in counts.items()
        }

    async def connections(self, session_ids: Sequence[str]) -> Mapping[str, int] | None:
        """How many connections each session has open, on all replicas."""
        return await self._counts(session_ids)

    async def online_ids(self, limit: int) -> list[str] | None:
        """Users online, who came last first; None while Redis is away."""
        key = keys.ONLINE.key()
        found = await self._ask(lambda redis: redis.zrevrange(key, 0, limit - 1))
        return None if found is None else [one.decode() for one in found]

    async def online_count(self) -> int | None:
        """How many users are online; None while Redis is away."""
        return await self._ask(lambda redis: redis.zcard(keys.ONLINE.key()))

    async def flush_seen(
        self, write: Callable[[Mapping[str, int]], Awaitable[object]]
    ) -> None:
        """Hand `write` when (ms) each user was last here, of those who have been
        since the last flush; kept for the next one when it fails.
        """
        seen, self._seen = self._seen, {}
        if not seen:
            return
        try:
            await write(seen)
        except BaseException:
            self._seen = {**seen, **self._seen}
            raise

    async def _round(self) -> None:
        now_s = asyncio.get_running_loop().time()
        # Redis may have forgotten everything: then a sweep says so.
        is_due = await self.sweep() < 0 or now_s >= self._keep_at_s
        if is_due and await self.keep():
            self._keep_at_s = now_s + self._timing.keep_every_s
        await asyncio.sleep(self._timing.sweep_every_s)

    async def _counts(self, ids: Sequence[str]) -> Mapping[str, int] | None:
        if not ids:
            return {}
        key = keys.SEAT_COUNTS.key()
        found = await self._ask(lambda redis: redis.hmget(key, ids))
        if found is None:
            return None
        return {one: int(n or 0) for one, n in zip(ids, found, strict=True)}

    async def _sit(self, seats: Iterable[str]) -> bool:
        async with self._turn:
            taken = [seat for seat in seats if seat in self._seats]
            args = [_ms(self._timing.seat_s), *taken]
            return await self._run(scripts.SIT, args) is not None

    async def _run(self, script: str, args: Sequence[Any]) -> int | None:
        patterns = (keys.SEATS, keys.SEAT_COUNTS, keys.ONLINE, keys.SWEPT)
        wire = WIRE[StatusChanged]
        arguments = self._streams.arguments(
            Topic.PRESENCE,
            [pattern.key() for pattern in patterns],
            [wire.kind, wire.channel, wire.name, *args],
        )
        return await self._ask(lambda redis: redis.eval(script, *arguments))

    async def _ask(self, call: Callable[[Any], Awaitable[T]]) -> T | None:
        return await heeding(self._breaker.ask(call, default=None))


def _ms(seconds: float) -> int:
    return round(seconds * 1_000)
