"""The service behind a real port, in the test's own process, so that it shares its
clock; as many of them as wanted on the same databases.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette

from app.asgi import create_app
from app.cli.serve import Server, _config
from app.lifespan import Platform, open_platform
from app.settings.settings import Settings
from app.sockets.sockets import Sockets
from kit.clock import Clock
from resolvers.context import Services
from tests.support.live import PATIENCE_S, until


@dataclass
class Replica:
    """One of them; `address` is its host and port."""

    app: Starlette
    platform: Platform
    address: str
    server: Server

    @property
    def services(self) -> Services:
        return self.platform.services

    @property
    def sockets(self) -> Sockets:
        sockets: Sockets = self.app.state.sockets
        return sockets

    @property
    def http(self) -> str:
        return f"http://{self.address}"

    @property
    def ws(self) -> str:
        return f"ws://{self.address}"


@asynccontextmanager
async def replica(
    settings: Settings, clock: Clock | None = None, *, listeners: Sequence[Any] = ()
) -> AsyncIterator[Replica]:
    """Listens until the block ends."""
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(
            open_platform(settings, clock=clock, listeners=listeners)
        )
        app = create_app(settings, platform=platform)
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        started = asyncio.Event()
        server = Server(_config(settings, app), started.set)
        serving = asyncio.create_task(server.serve([listener]))
        async with asyncio.timeout(PATIENCE_S):
            await started.wait()
            await platform.services.live.reader.ready.wait()
        host, port = listener.getsockname()
        yield Replica(app, platform, f"{host}:{port}", server)
        server.should_exit = True
        await serving


async def all_left(sockets: Sockets) -> None:
    """Returns when no connection is open any more."""
    await until(lambda: not list(sockets._watch))
