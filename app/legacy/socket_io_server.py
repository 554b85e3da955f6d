"""python-socketio's server, told what it leaves to others: limits, and their ends.

Of its defaults these would not do: whoever connects below it may stay without ever
saying who it is, frames that are none of the protocol end in 1006 and a traceback, and
what a client does not read piles up.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

import socketio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.legacy.socket_io_sign_in import address_of
from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.rate import MessageRate
from app.sockets.wire import SLOW_S, WAITING_FRAMES_MAX

NAMESPACE = "/"
CLOSE_S = 5.0
# The first character of every Engine.IO packet is its type.
PACKET_TYPES = tuple("0123456")
# What it logs are the mistakes of strangers; ours are caught and logged by us.
_quiet = logging.getLogger("socketio.quiet")
_quiet.setLevel(logging.CRITICAL)


class Listener(Protocol):
    """Hears of what happens below the events."""

    def transport_opened(self, transport_id: str, address: str | None) -> bool:
        """Whether there is room for one from that address."""

    def transport_closed(self, transport_id: str) -> None: ...

    def acknowledged(self, transport_id: str) -> None:
        """The client has been told that it is connected, or that it is not."""


class Server(socketio.AsyncServer):  # type: ignore[misc]  # has no types
    """A transport is what Engine.IO calls a socket: polling at first, as a rule."""

    def __init__(
        self, listener: Listener, *, message_max_bytes: int, ping_s: int
    ) -> None:
        super().__init__(
            async_mode="asgi",
            cors_allowed_origins=[],  # `app.sockets.origins` and CORS are before it
            max_http_buffer_size=message_max_bytes,
            ping_interval=ping_s,
            ping_timeout=ping_s,
            http_compression=False,
            logger=_quiet,
            engineio_logger=_quiet,
        )
        self._listener = listener

    async def tell(self, client_id: str, event: str, *values: Any) -> None:
        """Emit to one client; waits while too much is waiting already.

        Raises:
            SocketClosed: it took nothing for `SLOW_S`.
        """
        transport = self.eio.sockets.get(self.transport_of(client_id))
        if transport and transport.queue.qsize() >= WAITING_FRAMES_MAX:
            try:
                async with asyncio.timeout(SLOW_S):
                    await transport.queue.join()
            except TimeoutError:
                raise SocketClosed(CloseCode.OVERLOADED, "reads too slowly") from None
        await self.emit(event, values, to=client_id)

    async def part(self, client_id: str, *, for_good: bool) -> None:
        """End a client's connection; unless `for_good` it comes back by itself."""
        transport_id = self.transport_of(client_id)
        if for_good:
            await self.disconnect(client_id)
        if transport_id:
            await self.drop(transport_id)

    async def drop(self, transport_id: str) -> None:
        """End a transport, and all that is on it."""
        transport = self.eio.sockets.get(transport_id)
        if transport is None:
            return
        # Who reads nothing is left to the next ping, which finds out.
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self.eio.disconnect(transport_id)
        # Only polling clients understand the packet it was sent: this ends the writer
        # of a WebSocket, which then closes it.
        transport.queue.put_nowait(None)

    def transport_of(self, client_id: str) -> str:
        """The id of the transport it came on; empty when it has left."""
        return self.manager.eio_sid_from_sid(client_id, NAMESPACE) or ""

    async def _handle_eio_connect(
        self, eio_sid: str, environ: Mapping[str, Any]
    ) -> bool | None:
        if not self._listener.transport_opened(eio_sid, address_of(environ)):
            return False
        await super()._handle_eio_connect(eio_sid, environ)
        return None

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        await super()._handle_eio_disconnect(eio_sid, reason)
        self._listener.transport_closed(eio_sid)

    async def _handle_connect(self, eio_sid: str, namespace: str, data: Any) -> None:
        await super()._handle_connect(eio_sid, namespace, data)
        self._listener.acknowledged(eio_sid)


class Guard:
    """Before the server: ends a WebSocket that speaks something else, or too much."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        rate = MessageRate()

        async def checked() -> Message:
            message = await receive()
            try:
                _check(message, rate)
            except SocketClosed as why:
                closing = {"code": int(why.code), "reason": why.reason}
                await send({"type": "websocket.close", **closing})
                return {"type": "websocket.disconnect", **closing}
            return message

        await self._app(scope, checked, send)


def _check(message: Message, rate: MessageRate) -> None:
    if message["type"] != "websocket.receive":
        return
    rate.count()
    text = message.get("text")
    if text is None:
        raise SocketClosed(CloseCode.NO_TEXT, "send text")
    if not text.startswith(PACKET_TYPES):
        raise SocketClosed(CloseCode.BAD_MESSAGE, "not a packet of Engine.IO")
