"""A WebSocket of ours, whatever is spoken on it: how it is read, written and ended."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.server import Server
from app.sockets.protocol import WebSocketProtocol
from app.sockets.wire import Wire, wire
from domain.errors import Unavailable
from tests.support.live import PATIENCE_S, until

Talk = Callable[[Wire], Awaitable[None]]
SLOW_S = 0.2
TEXT, BINARY, CLOSE, PING = 0x81, 0x82, 0x88, 0x89
HANDSHAKE = (
    "GET /{path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@dataclass
class Bench:
    """A server with one endpoint, which does what `talk` says."""

    port: int = 0
    talk: Talk | None = None
    lines: list[Wire] = field(default_factory=list)
    ended: int = 0
    server: uvicorn.Server | None = None

    async def endpoint(self, websocket: WebSocket) -> None:
        async with wire(websocket, "test", slow_s=SLOW_S) as line:
            self.lines.append(line)
            await (self.talk or echo)(line)
        self.ended += 1

    @property
    def connections(self) -> int:
        assert self.server
        return len(self.server.server_state.connections)

    def dial(self) -> connect:
        return connect(f"ws://127.0.0.1:{self.port}/", max_queue=1)

    @asynccontextmanager
    async def raw(
        self, path: str = ""
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(HANDSHAKE.format(path=path).encode())
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


async def echo(line: Wire) -> None:
    while (text := await line.receive()) is not None:
        await line.send(text)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    bench = Bench()
    app = Starlette(routes=[WebSocketRoute("/", bench.endpoint)])
    config = uvicorn.Config(
        app,
        ws=WebSocketProtocol,
        ws_max_size=1_000,
        ws_ping_interval=1,
        ws_ping_timeout=1,
        log_config=None,
    )
    started = asyncio.Event()
    bench.server = Server(config, started.set)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        bench.port = listener.getsockname()[1]
        serving = asyncio.create_task(bench.server.serve([listener]))
        await started.wait()
        yield bench
        bench.server.should_exit = True
        await serving


async def code(connection: ClientConnection) -> int | None:
    """What it is closed with."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                await connection.recv()
    except ConnectionClosed:
        return connection.close_code


async def closing(reader: asyncio.StreamReader) -> int:
    """The code of the next close frame among frames without payload to speak of."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            kind, size = await reader.readexactly(2)
            payload = await reader.readexactly(size)
            if kind == CLOSE:
                return int(struct.unpack("!H", payload[:2])[0])


async def test_frames_go_out_in_the_order_they_were_handed_over(bench: Bench) -> None:
    async with bench.dial() as client:
        for text in ("one", "two", "three"):
            await client.send(text)

        assert [await client.recv() for _ in range(3)] == ["one", "two", "three"]


async def test_it_can_be_closed_from_elsewhere_but_once(bench: Bench) -> None:
    async with bench.dial() as client:
        await client.send("hello")
        await client.recv()
        bench.lines[0].close(4401, "first" + "x" * 200)
        bench.lines[0].close(4403, "second")

        assert await code(client) == 4401
        assert (client.close_reason or "").startswith("first")


async def test_what_fails_beside_it_ends_it(bench: Bench) -> None:
    async def fail() -> None:
        raise Unavailable

    async def talk(line: Wire) -> None:
        async with line.beside(fail):
            await echo(line)

    bench.talk = talk
    async with bench.dial() as client:
        assert await code(client) == 1013


async def test_a_bug_is_logged_and_asks_the_other_side_to_come_back(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(_: Wire) -> None:
        raise ZeroDivisionError("secret")

    bench.talk = talk
    async with bench.dial() as client:
        assert await code(client) == 1013
        assert "secret" not in (client.close_reason or "")
    assert "ZeroDivisionError" in caplog.text


async def test_who_reads_nothing_is_closed_1013_and_leaves_nothing(
    bench: Bench,
) -> None:
    async def flood(line: Wire) -> None:
        while True:
            await line.send("x" * 10_000)

    bench.talk = flood
    async with bench.raw() as (reader, _):
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        await until(lambda: bench.ended)
        (line,) = bench.lines
        assert line.closing
        assert line.closing.code == 1013
        assert not line._waiting
        reader._transport.resume_reading()  # type: ignore[attr-defined]
        # What was on its way comes first, then why.
        last = b""
        async with asyncio.timeout(PATIENCE_S):
            while not last.endswith(b"\x03\xf5reads too slowly"):
                last = last[-20:] + await reader.read(100_000)
    await until(lambda: not bench.connections)


async def test_who_reads_late_loses_nothing(bench: Bench) -> None:
    async def count(line: Wire) -> None:
        for number in range(1_000):
            await line.send(f"{number:01000}")
        await echo(line)

    bench.talk = count
    async with bench.dial() as client:
        numbers = [int(await client.recv()) for _ in range(1_000)]

    assert numbers == list(range(1_000))


async def test_a_peer_that_answers_no_ping_is_closed_but_may_come_back(
    bench: Bench,
) -> None:
    async with bench.raw() as (reader, _):
        await reader.readuntil(b"\r\n\r\n")

        assert await closing(reader) == 1013
        await until(lambda: bench.ended)
    await until(lambda: not bench.connections)


async def test_a_peer_still_sending_too_big_a_message_reads_why_it_is_closed(
    bench: Bench,
) -> None:
    async with bench.raw() as (reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(bytes([TEXT, 0xFF]) + struct.pack("!QI", 10_000_000, 0))
        for _ in range(20):
            writer.write(b"x" * 100_000)
            await writer.drain()
            await asyncio.sleep(0.005)
        reader._transport.resume_reading()  # type: ignore[attr-defined]

        assert await closing(reader) == 1009
    await until(lambda: not bench.connections)


async def test_text_that_is_none_is_closed_1007_without_a_word_in_the_log(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async with bench.raw() as (reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(bytes([TEXT, 0x82, 0, 0, 0, 0, 0xFF, 0xFE]))

        assert await closing(reader) == 1007
    assert not caplog.records


async def test_a_handshake_with_a_long_address_is_answered(bench: Bench) -> None:
    async with bench.raw("x" * 10_000) as (reader, _):
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.read()

        assert answer.startswith(b"HTTP/1.1 414")
    await until(lambda: not bench.connections)


async def test_connections_that_are_cut_leave_nothing(bench: Bench) -> None:
    for _ in range(50):
        async with bench.raw() as (reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.transport.abort()

    await until(lambda: bench.ended == 50 and not bench.connections)
