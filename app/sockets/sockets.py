"""Connections that stay open: bounded, present, watched over, closed with a reason.

A transport does three things with them:

    with sockets.admit(address):             # before it knows who is there
        ...                                  # accepts, finds out who it is
        async with sockets.open(context, "graphql-ws", close) as socket:
            ...                              # serves, until `close` was called

and closes as `SocketClosed` says wherever that is raised. `app.sockets.wire` does the
sending and closing for WebSockets.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from app.settings.sockets import SocketLimits
from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.open_socket import Close, OpenSocket
from app.sockets.watch import SocketWatch
from domain.addresses import caller_at
from domain.features import FEATURE_OF
from kit.metrics import REGISTRY
from resolvers.context import Context, Services

__all__ = ["CloseCode", "OpenSocket", "SocketClosed", "SocketLimits", "Sockets"]
OPEN = REGISTRY.gauge(
    "dashboard_sockets_open", "Connections open and signed in", ("protocol",)
)
# Few sockets are closed faster than the drain lasts: nobody gains by waiting.
DRAIN_PAUSE_MAX_S = 0.005


class Sockets:
    """All of a process's."""

    def __init__(self, services: Services, limits: SocketLimits | None = None) -> None:
        self._services = services
        self._limits = limits or SocketLimits()
        self._watch = SocketWatch(services)
        self._admitted: Counter[str] = Counter()
        self._draining = False

    async def run(self) -> None:
        """Watches over all of them; ends by being cancelled."""
        await self._watch.run()

    @contextmanager
    def admit(self, address: str | None) -> Iterator[None]:
        """A place for a connection from that address, until the block ends.

        Raises:
            SocketClosed: there are too many, or this process is about to stop.
        """
        self._refuse_while_draining()
        place = caller_at(address)
        if self._admitted.total() >= self._limits.per_worker:
            raise SocketClosed(CloseCode.OVERLOADED, "too many connections")
        if self._admitted[place] >= self._limits.per_address:
            raise SocketClosed(CloseCode.OVERLOADED, "too many from this address")
        self._admitted[place] += 1
        try:
            yield
        finally:
            self._admitted[place] -= 1
            if not self._admitted[place]:
                del self._admitted[place]

    @asynccontextmanager
    async def open(
        self, context: Context, protocol: str, close: Close
    ) -> AsyncIterator[OpenSocket]:
        """The connection of whoever `context` says, until the block ends.

        Its user is online meanwhile. `close(code, reason)` is called at most once and
        must not block: with 4401 when the session has ended or the account was disabled
        or deleted, 4403 when the token has expired unrenewed, 1012 when this process is
        about to stop. `protocol` is its name in the figures.

        Raises:
            NotAuthenticated, NotAllowed: nobody is signed in, or a machine.
            SocketClosed: the user has too many, or this process is about to stop.
        """
        self._refuse_while_draining()
        socket = OpenSocket(context, protocol, close, self._watch.doubt)
        if len(self._watch.of_user(socket.user_id)) >= self._limits.per_user:
            raise SocketClosed(CloseCode.OVERLOADED, "too many of this user")
        self._watch.add(socket)
        OPEN.inc(protocol)
        if protocol in FEATURE_OF:
            self._services.usage.note(protocol, protocol, context.principal)
        try:
            presence = self._services.live.presence
            async with presence.connection(socket.user_id, socket.session_id or "-"):
                yield socket
        finally:
            OPEN.inc(protocol, by=-1)
            self._watch.remove(socket)

    async def drain(self, within_s: float) -> None:
        """Close every connection with 1012, in no order, spread over `within_s` so
        that not all come back at once; new ones are refused from now on.
        """
        self._draining = True
        leaving = list(self._watch)
        random.shuffle(leaving)
        for socket in leaving:
            socket.close(CloseCode.RESTARTING, "the service restarts")
            await asyncio.sleep(min(within_s / len(leaving), DRAIN_PAUSE_MAX_S))

    def _refuse_while_draining(self) -> None:
        if self._draining:
            raise SocketClosed(CloseCode.RESTARTING, "the service restarts")
