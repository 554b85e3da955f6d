"""The live part of a replica, without the service around it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from kit.clock import SystemClock
from realtime.live import Live, open_live


def idle(address: str, **options: Any) -> AbstractAsyncContextManager[Live]:
    """One that does nothing by itself; a busy machine is no outage to it."""
    return open_live(address, SystemClock(), timeout_s=30, **options)


@asynccontextmanager
async def running(address: str, **options: Any) -> AsyncIterator[Live]:
    """One that reads, sends and sweeps."""
    async with idle(address, **options) as live:
        task = asyncio.create_task(live.run())
        await live.reader.ready.wait()
        yield live
        task.cancel()
        await asyncio.wait([task])


@asynccontextmanager
async def reading(live: Live) -> AsyncIterator[None]:
    """The reader alone, for as long as the block runs."""
    task = asyncio.create_task(live.reader.run())
    await live.reader.ready.wait()
    yield
    task.cancel()
    await asyncio.wait([task])
