"""Uvicorn's HTTP, except that nobody holds a connection by doing nothing.

Measured on uvicorn 0.54: a connection that never says a word, half a head and half a
body stay open for ever, as does one whose answer nobody reads; a head may be of any
size; and what cannot be read is answered in plain text.
"""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from app.http.middleware import SECURITY_HEADERS
from app.rest.envelope import failure
from domain.errors import InvalidInput, TimedOut

BAD_REQUEST, REQUEST_TIMEOUT, HEAD_TOO_LARGE = 400, 408, 431
# A late body is refused by the application, which knows its shape; what still has not
# come so much later is cut off.
AFTER_BODY_S = 2.0
LINGER_S = 2.0  # for the peer to read why, while it still sends


class HeadTooLarge(Exception):
    """Ends the parser's work."""


class HttpProtocol(HttpToolsProtocol):
    """For `uvicorn.Config(http=…)`, by `functools.partial` with the figures."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        head_s: float,
        head_max_bytes: int,
        body_s: float,
        read_s: float,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head_s = head_s
        self._head_max_bytes = head_max_bytes
        self._body_s = body_s
        self._read_s = read_s
        self._in_head = False
        self._head_bytes = 0  # of chunks that were all head
        self._named_bytes = 0  # of what of the head is known by name
        self._refused = False
        self._late: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(  # type: ignore[override]
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self._expect(self._head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave_timers()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._late is None:
            self._expect(self._head_s)
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > self._head_max_bytes:
            self._refuse_head_size()
        elif self._in_head and self._late is None:
            self._expect(self._head_s)  # it began behind the end of another

    def handle_websocket_upgrade(self) -> None:
        self._leave_timers()
        super().handle_websocket_upgrade()

    # What the parser tells.
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = self._named_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        self._count(len(name) + len(value) + len(": \r\n"))

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._expect(self._body_s + AFTER_BODY_S)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop_expecting()
        super().on_message_complete()
        if self.cycle is not None and self.cycle.response_complete:
            # Answered before its end, so that nobody else waits for the next one.
            self._expect(self._head_s)

    def _count(self, size: int) -> None:
        self._named_bytes += size
        if self._named_bytes > self._head_max_bytes:
            raise HeadTooLarge

    # Who does not go on sending.
    def _expect(self, within_s: float) -> None:
        self._stop_expecting()
        self._late = self.loop.call_later(within_s, self._is_late)

    def _stop_expecting(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def _is_late(self) -> None:
        self._late = None
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering and not self.cycle.more_body:
            self.cycle.keep_alive = False  # it is the next request that does not come
        elif self._in_head and not answering:
            self._refuse(REQUEST_TIMEOUT, TimedOut.code, "The head did not arrive", {})
        else:
            self.transport.abort()

    # Who does not read.
    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_reading()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_reading()

    def _watch_reading(self, before: int | None = None) -> None:
        """Look now and then whether what waits to be read becomes less."""
        waiting = self.transport.get_write_buffer_size()
        if self._unread:
            self._unread.cancel()
            self._unread = None
        if before is not None and waiting >= before:
            self.transport.abort()
        elif waiting:
            self._unread = self.loop.call_later(
                self._read_s, self._watch_reading, waiting
            )

    def _leave_timers(self) -> None:
        self._stop_expecting()
        if self._unread:
            self._unread.cancel()
            self._unread = None

    # What is answered without the application.
    def send_400_response(self, msg: str) -> None:
        if self._named_bytes > self._head_max_bytes:
            self._refuse_head_size()
            return
        wrong = InvalidInput.of("request", "is not HTTP/1.1")
        self._refuse(BAD_REQUEST, wrong.code, msg, wrong.details)

    def _refuse_head_size(self) -> None:
        reason = f"may have {self._head_max_bytes} bytes at most"
        wrong = InvalidInput.of("headers", reason)
        self._refuse(HEAD_TOO_LARGE, wrong.code, wrong.default_message, wrong.details)

    def _refuse(self, status: int, code: str, message: str, details: Any) -> None:
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self._leave_timers()
        answer = failure(status, code, message, details, SECURITY_HEADERS)
        lines = [b"%s: %s\r\n" % header for header in answer.raw_headers]
        head = [STATUS_LINE[status], *lines, b"connection: close\r\n\r\n"]
        self.transport.write(b"".join([*head, bytes(answer.body)]))
        self.transport.write_eof()
        self.loop.call_later(LINGER_S, self.transport.abort)
