"""The live part of one process, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from kit.clock import Clock
from persistence.redis_pool import TIMEOUT_S, open_redis
from realtime.bus import Bus
from realtime.hub import Hub
from realtime.outbox import Outbox
from realtime.presence import Presence, Timing
from realtime.reader import Reader
from realtime.streams import KEEP_MS, LOG_EVENTS, Streams


@dataclass(frozen=True)
class Live:
    bus: Bus
    hub: Hub
    presence: Presence
    reader: Reader
    outbox: Outbox

    async def run(self) -> None:
        """Everything that runs beside the requests; ends by being cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.reader.run())
            tasks.create_task(self.outbox.run())
            tasks.create_task(self.presence.run())


@asynccontextmanager
async def open_live(
    redis_url: str,
    clock: Clock,
    *,
    log_events: int = LOG_EVENTS,
    keep_ms: int = KEEP_MS,
    timing: Timing | None = None,
    timeout_s: float = TIMEOUT_S,
) -> AsyncIterator[Live]:
    """Connects at the first call, and waits for an answer `timeout_s` at most.
    `log_events` and `keep_ms` bound each topic's log; all processes are to have the
    same.

    Raises:
        ValueError: `redis_url` is none.
    """
    commands = open_redis(redis_url, timeout_s=timeout_s)
    blocking = open_redis(redis_url, timeout_s=None, max_connections=1)
    # The reader is to notice each time that its connection was lost.
    blocking.set_retry(Retry(NoBackoff(), 0))
    streams = Streams(commands, log_events=log_events, keep_ms=keep_ms)
    reading = Streams(blocking, log_events=log_events, keep_ms=keep_ms)
    outbox = Outbox(streams)
    hub = Hub(clock)
    try:
        yield Live(
            bus=Bus(streams, outbox),
            hub=hub,
            presence=Presence(streams, clock, timing),
            reader=Reader(reading, hub),
            outbox=outbox,
        )
    finally:
        await outbox.flush()
        await commands.aclose()
        await blocking.aclose()
