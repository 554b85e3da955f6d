"""A Redis server that can be killed, and replicas on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kit.clock import SystemClock
from realtime.live import Live, open_live
from tests.support.valkey import Valkey

OpenReplica = Callable[..., AbstractAsyncContextManager[Live]]


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path)
    server.start()
    yield server
    server.kill()


@asynccontextmanager
async def running(address: str, **options: Any) -> AsyncIterator[Live]:
    """A replica that reads, sends and sweeps."""
    async with open_live(address, SystemClock(), **options) as live:
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


@pytest.fixture
def replica(valkey: Valkey) -> OpenReplica:
    """`async with replica() as live:`, as often as wanted."""
    return partial(running, valkey.address)


@pytest.fixture
async def here(replica: OpenReplica) -> AsyncIterator[Live]:
    async with replica() as live:
        yield live


@pytest.fixture
async def there(replica: OpenReplica) -> AsyncIterator[Live]:
    async with replica() as live:
        yield live
