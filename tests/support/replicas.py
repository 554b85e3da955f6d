"""The service behind a real port, in the test's own process, so that it shares its
clock; as many of them as wanted on the same databases.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
)
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette

from app.asgi import create_app
from app.lifespan import Platform, open_platform
from app.server import Server, server_config
from app.settings.settings import Settings
from app.sockets.sockets import Sockets
from domain.activity import ActivityDraft
from domain.users import User
from kit.clock import Clock
from resolvers.activity import record_activity
from resolvers.context import Services
from tests.support.factories import Tokens, acting, open_session
from tests.support.live import PATIENCE_S, until

OpenService = Callable[[], AbstractAsyncContextManager["Replica"]]


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

    async def tokens_of(self, user: User) -> Tokens:
        """Those of a fresh session."""
        signed_in = await open_session(self.services, user)
        return Tokens(signed_in.access_token, signed_in.refresh_token)

    async def token_of(self, user: User) -> str:
        return (await self.tokens_of(user)).access

    async def did(self, user: User, *actions: str, by: User | None = None) -> None:
        """`user` records that `by`, or who records, did all that."""
        drafts = [ActivityDraft(one, actor_id=(by or user).id) for one in actions]
        result = await record_activity(acting(self.services, user), drafts)
        assert not result.rejected


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
        # Or the kernel takes megabytes off a service's hands before it is slowed down.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        listener.bind(("127.0.0.1", 0))
        started = asyncio.Event()
        server = Server(server_config(settings, app), started.set)
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
