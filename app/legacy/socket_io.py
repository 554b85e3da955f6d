"""`/socket.io`: the documented events for Socket.IO v4 clients, over our own hub."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import socketio
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from app.legacy.cursor import Positions
from app.legacy.messages import Message
from app.legacy.socket_io_server import Guard, Server
from app.legacy.socket_io_sign_in import sign_in, token_in
from app.legacy.source import LiveSource, Telling
from app.settings.settings import Settings
from app.sockets.close_codes import CloseCode, SocketClosed, reason_of
from app.sockets.ending import Ending
from app.sockets.open_socket import OpenSocket
from app.sockets.sockets import Sockets
from app.sockets.wire import CLOSED, LEFT
from domain.errors import DashboardError
from kit.times import rfc3339
from resolvers.context import Context, Services

PATH = "/socket.io/"
PROTOCOL = "socket.io"
Opened = asyncio.Future[OpenSocket]


@dataclass
class _Transport:
    """What a client connects on; `late` drops it unless somebody signs in."""

    place: ExitStack
    late: asyncio.TimerHandle
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class SocketIO:
    """All Socket.IO clients of this process, each with a task of its own."""

    def __init__(
        self,
        services: Services,
        sockets: Sockets,
        source: LiveSource,
        settings: Settings,
    ) -> None:
        self._services = services
        self._sockets = sockets
        self._source = source
        self._sign_in_s = settings.socket_sign_in_s
        self._tasks: asyncio.TaskGroup | None = None
        self._transports: dict[str, _Transport] = {}
        self._clients: dict[str, tuple[OpenSocket, Ending]] = {}
        self._server = Server(
            self,
            message_max_bytes=settings.socket_message_max_bytes,
            ping_s=settings.socket_ping_s,
        )
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.on("auth", self._renew)
        self.app = Guard(socketio.ASGIApp(self._server))

    async def run(self) -> None:
        """Holds the clients' tasks; ends by being cancelled, and they with it."""
        async with asyncio.TaskGroup() as self._tasks:
            try:
                await asyncio.Event().wait()
            finally:
                await self._server.shutdown()

    def knows(self, transport_id: str) -> bool:
        """Whether a client is connected, or about to be, under that id."""
        return transport_id in self._transports

    def transport_opened(self, transport_id: str, address: str | None) -> bool:
        place = ExitStack()
        try:
            place.enter_context(self._sockets.admit(address))
        except SocketClosed:
            return False
        loop = asyncio.get_running_loop()
        late = loop.call_later(self._sign_in_s, self._drop, transport_id)
        self._transports[transport_id] = _Transport(place, late)
        return True

    def transport_closed(self, transport_id: str) -> None:
        if transport := self._transports.pop(transport_id, None):
            transport.late.cancel()
            transport.place.close()
            if transport.task:
                transport.task.cancel()

    def acknowledged(self, transport_id: str) -> None:
        if transport := self._transports.get(transport_id):
            transport.acknowledged.set()

    def _drop(self, transport_id: str) -> None:
        if self._tasks:
            self._tasks.create_task(self._server.drop(transport_id))

    async def _connect(self, client_id: str, environ: Any, auth: Any = None) -> None:
        transport = self._transports[self._server.transport_of(client_id)]
        transport.acknowledged.clear()
        try:
            context, after = await sign_in(self._services, environ, auth)
            assert self._tasks, "it runs while the application does"
            opened = Opened()
            transport.task = self._tasks.create_task(
                self._hold(client_id, transport, context, after, opened)
            )
            await opened
        except DashboardError as error:
            raise Refused(error.message, {"code": error.code}) from error
        except Exception as error:
            why = reason_of(error, PROTOCOL)
            raise Refused(why.reason, {"code": why.code.name}) from error
        transport.late.cancel()

    async def _hold(
        self,
        client_id: str,
        transport: _Transport,
        context: Context,
        after: Positions | None,
        opened: Opened,
    ) -> None:
        """All of a client's life here."""
        ending = Ending(PROTOCOL)
        try:
            async with (
                ending.block(),
                self._sockets.open(context, PROTOCOL, ending.close) as socket,
            ):
                self._clients[client_id] = socket, ending
                opened.set_result(socket)
                await transport.acknowledged.wait()
                telling = Telling(self._source, socket, after)
                emit = partial(self._emit, client_id)
                await emit(telling.ready(), telling.cursor)
                await telling.run(emit)
        finally:
            self._clients.pop(client_id, None)
            CLOSED.inc(PROTOCOL, str(int(ending.why.code)) if ending.why else LEFT)
        assert ending.why
        if opened.done():
            transport.task = None  # it would be cancelled by the end it brings about
            for_good = ending.why.code is CloseCode.SIGNED_OUT
            await self._server.part(client_id, for_good=for_good)
        else:
            opened.set_exception(ending.why)

    async def _emit(self, client_id: str, message: Message, cursor: str | None) -> None:
        meta = {"timestamp": rfc3339(message.at_ms), "cursor": cursor}
        await self._server.tell(client_id, message.event, message.data, meta)

    async def _disconnect(self, client_id: str, _reason: str) -> None:
        transport = self._transports.get(self._server.transport_of(client_id))
        if transport and transport.task:
            transport.task.cancel()

    async def _renew(self, client_id: str, *said: Any) -> dict[str, str] | None:
        """Go on with the token of `{token}`; one that does not do ends it."""
        if client_id not in self._clients:
            return None
        socket, ending = self._clients[client_id]
        try:
            expires_ms = await socket.renew(token_in(said))
        except DashboardError as error:
            ending.fail(error)
            return None
        return {"expires_at": rfc3339(expires_ms)}


class _Door:
    """To the process's own, which is there once the service has started."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inside: SocketIO = scope["app"].state.socket_io
        await inside.app(scope, receive, send)


ROUTES = (Route(PATH, _Door()), WebSocketRoute(PATH, _Door()))
