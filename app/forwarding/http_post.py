"""POST over HTTP/1.1 and no more: no redirects, no cookies, no proxies."""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

_READ_BYTES = 65_536
_BODY_MAX_BYTES = 65_536  # of an answer; nobody reads it
_DEFAULT_PORTS = {"http": 80, "https": 443}


class NoAnswer(Exception):
    """There was none, or it was not HTTP; its text says why and names no address."""


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str | None = None


@dataclass
class _Line:
    """A connection, and how far HTTP is on it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    state: h11.Connection


class Poster:
    """Posts to one URL, over connections that are kept open."""

    def __init__(self, url: str, *, timeout_s: float) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port or _DEFAULT_PORTS[parts.scheme]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._target = parts.path or "/"
        if parts.query:
            self._target += f"?{parts.query}"
        self._headers = {"Host": parts.netloc, "User-Agent": "user-dashboard"}
        self._timeout_s = timeout_s
        self._idle: list[_Line] = []

    async def post(self, body: bytes, headers: dict[str, str]) -> Answer:
        """The answer to it, within the timeout.

        Raises:
            NoAnswer: it may have arrived all the same.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                while self._idle:
                    # It may have been closed meanwhile: then on another one.
                    with suppress(OSError, EOFError):
                        return await self._ask(self._idle.pop(), body, headers)
                return await self._ask(await self._connect(), body, headers)
        except TimeoutError:
            raise NoAnswer(f"no answer in {self._timeout_s:g} s") from None
        except (OSError, EOFError, h11.ProtocolError) as err:
            raise NoAnswer(f"no answer: {type(err).__name__}") from err

    def close(self) -> None:
        while self._idle:
            self._idle.pop().writer.close()

    async def _connect(self) -> _Line:
        reader, writer = await asyncio.open_connection(
            self._host, self._port, ssl=self._tls
        )
        return _Line(reader, writer, h11.Connection(h11.CLIENT))

    async def _ask(self, line: _Line, body: bytes, headers: dict[str, str]) -> Answer:
        kept = False
        try:
            given = {**self._headers, **headers, "Content-Length": str(len(body))}
            request = h11.Request(
                method="POST", target=self._target, headers=list(given.items())
            )
            for event in (request, h11.Data(data=body), h11.EndOfMessage()):
                line.writer.write(line.state.send(event) or b"")
            await line.writer.drain()
            answer = await self._answer(line)
            kept = line.state.our_state is h11.DONE is line.state.their_state
            if kept:
                line.state.start_next_cycle()
                self._idle.append(line)
            return answer
        finally:
            if not kept:
                line.writer.close()

    async def _answer(self, line: _Line) -> Answer:
        """What it says once its head is there; the rest is read to use the line again,
        unless it is long.
        """
        answer: Answer | None = None
        size = 0
        while True:
            event = line.state.next_event()
            if event is h11.NEED_DATA:
                data = await line.reader.read(_READ_BYTES)
                if not data and answer is None:
                    raise EOFError
                line.state.receive_data(data)
            elif isinstance(event, h11.Response):
                answer = _answer_of(event)
            elif isinstance(event, h11.Data):
                size += len(event.data)
            elif isinstance(event, h11.ConnectionClosed):
                raise EOFError
            is_over = isinstance(event, h11.EndOfMessage) or size > _BODY_MAX_BYTES
            if answer and is_over:
                return answer


def _answer_of(response: h11.Response) -> Answer:
    headers = {name: value.decode("latin-1") for name, value in response.headers}
    return Answer(response.status_code, headers.get(b"retry-after"))
