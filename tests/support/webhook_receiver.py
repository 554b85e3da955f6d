"""Somebody who is sent events over HTTP, and answers as a test wants."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True)
class Call:
    """A request as it came."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.body)
        return event

    def is_signed(self, secret: str = SECRET) -> bool:
        """As the text of Standard Webhooks says it is checked."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        stamp = self.headers["webhook-timestamp"]
        text = f"{self.headers['webhook-id']}.{stamp}.".encode() + self.body
        digest = hmac.new(key, text, hashlib.sha256).digest()
        expected = f"v1,{base64.b64encode(digest).decode()}"
        return expected in self.headers["webhook-signature"].split(" ")


@dataclass
class WebhookReceiver:
    """Listens on `port`, a free one at first and the same again later.

    `answers` are the next ones, `status reason` and headers; then 204. None of them
    closes the connection, "silence" leaves it open without a word. `calls` are all
    that came; `taken` those that were answered with 2xx.
    """

    answers: list[str | None] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    taken: list[Call] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    on_close: list[Callable[[], None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/events?key=hush"

    def heard(self, subject: str | None = None) -> list[str]:
        """The summaries of what was taken, each the first time, in order."""
        events = [call.event for call in self.taken]
        return list(
            dict.fromkeys(
                one["data"]["summary"]
                for one in events
                if subject in (None, one["subject"])
            )
        )

    async def __aenter__(self) -> Self:
        self._writers: set[asyncio.StreamWriter] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for close in self.on_close:
            close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            while await self._answer(await self._read(reader), writer):
                pass
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader) -> Call:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        pairs = [line.split(": ", 1) for line in lines]
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        return Call(first.split(" ")[1], headers, body)

    async def _answer(self, call: Call, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection goes on."""
        self.calls.append(call)
        answer = self.answers.pop(0) if self.answers else "204 No Content"
        if answer is None:
            return False
        if answer.startswith("2"):
            self.taken.append(call)
        if answer != "silence":
            length = "" if answer.startswith("204") else "content-length: 0\r\n"
            writer.write(f"HTTP/1.1 {answer}\r\n{length}\r\n".encode())
            await writer.drain()
        return True
