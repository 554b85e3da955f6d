"""The two servers of `scripts.fanout`, and how to tell each of a change."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from app.lifespan import open_platform
from resolvers.stats import renew_figures
from scripts import replicas
from scripts.plain_subscription import CHANNEL, FIGURES
from scripts.replicas import ROOT, Databases, sign_in

Change = Callable[[int], Awaitable[object]]


@dataclass(frozen=True)
class Server:
    """`arguments` are those of the subscription; `change(number)` causes an event."""

    name: str
    url: str
    pid: int
    token: str
    arguments: str
    change: Change


@asynccontextmanager
async def ours(at: Databases, folder: Path, count: int) -> AsyncIterator[Server]:
    most = str(count + 10)
    limits = {f"SOCKETS_PER_{one}_MAX": most for one in ("USER", "ADDRESS", "WORKER")}
    async with (
        replicas.running(at, folder, **limits) as replica,
        open_platform(at.settings, background=False) as platform,
    ):

        async def change(_: int) -> None:
            await renew_figures(platform.services)

        token = (await sign_in(replica.url))["access_token"]
        arguments = "(minIntervalMs: 100)"
        yield Server("ours", replica.url, replica.pid, token, arguments, change)


@asynccontextmanager
async def plain(at: Databases) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scripts.plain_subscription", at.redis_url),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    redis: Redis = Redis.from_url(at.redis_url)

    async def change(number: int) -> None:
        message = {"version": number, **dict.fromkeys(FIGURES, float(number))}
        await redis.publish(CHANNEL, json.dumps(message))

    try:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().split()[1]
        yield Server("plain", url, process.pid, "", "", change)
    finally:
        process.kill()
        await process.wait()
        await redis.aclose()
