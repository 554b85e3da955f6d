"""Uvicorn's WebSocket, except for how connections end.

Measured on uvicorn 0.54: a peer that does not read cannot be closed, as the close
frame waits for room; one that does not answer pings is closed 1011, which clients of
graphql-ws take for final though it may be a laptop that slept; a message beyond the
limit resets the connection while the peer still sends, so that it never reads why;
text that is none is logged with a traceback; a handshake refused over HTTP is logged
as an error, so that strangers fill the log; and a handshake with a long line is left
unanswered for ever.
"""

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import (
    WebSocketsSansIOProtocol,
)

from app.sockets.close_codes import CloseCode

NO_UTF8 = 1007
LINGER_S = 5.0  # for the peer to read why, before the connection is cut


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=…)`."""

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc and not self.handshake_initiated:
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()

    async def run_asgi(self) -> None:
        try:
            await super().run_asgi()
        finally:
            # Closing waits for the peer to take what was sent; not for ever.
            self.loop.call_later(LINGER_S, self.transport.abort)

    async def send(self, message: ASGISendEvent) -> None:
        """As ASGI says; closing does not wait, and once closed nothing is an error
        but `ClientDisconnected`.
        """
        if message["type"] == "websocket.close":
            self.writable.set()
        await self.writable.wait()
        if self.close_sent:
            raise ClientDisconnected
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            # An answer like any: uvicorn would log that there was none, as an error.
            self.handshake_complete = self.close_sent

    def keepalive_timeout(self) -> None:
        self.pong_timer = None
        self.pending_ping_payload = None
        if not self.close_sent and not self.transport.is_closing():
            self.conn.send_close(CloseCode.OVERLOADED, "no answer to a ping")
            self._leave()

    def handle_parser_exception(self) -> None:
        # Called again for each chunk that follows.
        if not self.close_sent:
            self._leave()

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.conn.send_close(NO_UTF8)
                self._leave()
        super().send_receive_event_to_app()

    def _leave(self) -> None:
        """Say what `conn` has to say and read no more, but let the peer finish: cut
        off while it sends, it would be reset and never see the close frame.
        """
        closing = self.conn.close_sent
        assert closing is not None
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.writable.set()
        self.queue.put_nowait(
            {
                "type": "websocket.disconnect",
                "code": closing.code,
                "reason": closing.reason,
            }
        )
        self.transport.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.close_timer = self.loop.call_later(LINGER_S, self.transport.abort)
