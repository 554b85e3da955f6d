"""Nobody holds a connection by doing nothing, and nobody gets one by writing oddly."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.settings.settings import Settings
from tests.support.clock import ManualClock
from tests.support.live import PATIENCE_S, until
from tests.support.replicas import Replica, replica

SHORT = {"header_timeout_s": 1, "body_timeout_s": 1, "read_timeout_s": 1}
POST = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
ENDLESS = f"{POST}Transfer-Encoding: chunked\r\n\r\n"
GET = "GET /health HTTP/1.1\r\nHost: localhost\r\n"
UPGRADE = "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
BIG = 16 * 1_024 * 1_024


@pytest.fixture
async def here(settings: Settings, clock: ManualClock) -> AsyncIterator[Replica]:
    async with replica(settings.model_copy(update=SHORT), clock) as one:
        yield one


async def said_until_cut_off(
    here: Replica, text: str, drip: str = "", after: bytes = b""
) -> bytes:
    """All that is answered until the other side ends the connection, which it must."""
    reader, writer = await asyncio.open_connection(*here.address.split(":"))
    writer.write(text.encode() + after)
    found = b""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                async with asyncio.timeout(0.2 if drip else None):
                    part = await reader.read(65_536)
            except TimeoutError:
                writer.write(drip.encode())
                continue
            except OSError:
                break
            if not part:
                break
            found += part
    writer.close()
    return found


async def test_who_does_not_go_on_is_cut_off(here: Replica) -> None:
    cases = {
        "nothing": ("", "", b""),
        "nothing but empty lines": ("", "\r\n", b""),
        "half a head": ("GET /health HTTP/1.1\r\nHost: loc", "", b" 408 "),
        "a head, drop by drop": ("GET /health HTTP/1.1\r\n", "X: y\r\n", b" 408 "),
        "half a body": (f"{POST}Content-Length: 50\r\n\r\n{{", "", b" 408 "),
        "a body, drop by drop": (f"{POST}Content-Length: 5000\r\n\r\n", " ", b" 408 "),
        "an endless body": (ENDLESS, "1\r\n \r\n", b" 408 "),
        "half a handshake": (f"GET /ws/a HTTP/1.1\r\n{UPGRADE}", "", b" 408 "),
        "the next request": (f"{GET}\r\nGET /health HT", "", b" 408 "),
        "empty lines after a request": (f"{GET}\r\n", "\r\n", b" 200 "),
    }

    answers = await asyncio.gather(
        *(said_until_cut_off(here, text, drip) for text, drip, _ in cases.values())
    )

    for (name, (_, _, status)), answer in zip(cases.items(), answers, strict=True):
        *_, last = answer.split(b"HTTP/1.1")
        assert status in last[:6] if status else not answer, (name, answer)


async def test_a_refused_body_does_not_hold_the_connection_it_still_fills(
    here: Replica,
) -> None:
    answer = await said_until_cut_off(
        here, f"{POST}Content-Length: 3000000\r\n\r\n", after=b" " * 3_000_000
    )

    assert answer.startswith(b"HTTP/1.1 413")


async def test_what_is_no_request_is_refused_in_the_shape_of_every_refusal(
    here: Replica,
) -> None:
    many = "X: y\r\n" * 12_000
    both = "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    cases = {
        f"{POST}{both}": 400,
        f"{POST}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc": 400,
        f"{POST}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc": 400,
        f"{POST}Content-Length: -3\r\n\r\nabc": 400,
        f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n": 400,
        f"{GET}X : y\r\n\r\n": 400,
        f"{GET}X: a\r\n b\r\n\r\n": 400,
        "\x16\x03\x01\x02\r\n\r\n": 400,
        "BREW /api/v1/users HTTP/1.1\r\nHost: localhost\r\n\r\n": 400,
        "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n": 400,
        f"{GET}X: {'y' * 70_000}\r\n\r\n": 431,
        f"{GET}{many}\r\n": 431,
        f"GET /{'x' * 70_000} HTTP/1.1\r\nHost: localhost\r\n\r\n": 431,
        f"{GET}X: {'y' * 2_000_000}": 431,
    }

    answers = await asyncio.gather(*(said_until_cut_off(here, one) for one in cases))

    for (text, status), answer in zip(cases.items(), answers, strict=True):
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(f"HTTP/1.1 {status} ".encode()), (text[:90], answer)
        assert b"x-content-type-options: nosniff" in head
        assert json.loads(body)["error"]["code"] == "VALIDATION_ERROR"


async def test_a_long_path_is_refused_at_once_also_in_a_handshake(
    here: Replica,
) -> None:
    path = "x" * 10_240
    answer = await said_until_cut_off(
        here, f"GET /ws/{path} HTTP/1.1\r\n{UPGRADE}{KEY}\r\n"
    )

    assert answer.startswith(b"HTTP/1.1 414 ")


async def test_two_host_headers_are_refused(here: Replica) -> None:
    twice = "Host: evil.example\r\nConnection: close\r\n\r\n"
    answer = await said_until_cut_off(
        here, f"{GET.replace('health', 'metrics')}{twice}"
    )

    assert answer.startswith(b"HTTP/1.1 400 ")


async def test_who_reads_nothing_is_cut_off(here: Replica) -> None:
    async def big(_: Request) -> Response:
        return Response(b"x" * BIG)

    here.app.router.routes[:0] = [Route("/big", big)]
    host, port = here.address.split(":")
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, (host, int(port)))
        await loop.sock_sendall(client, b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")

        connections = here.server.server_state.connections
        await until(lambda: connections)
        await until(lambda: not connections)


async def test_who_reads_slowly_gets_all_of_it(here: Replica) -> None:
    async def big(_: Request) -> Response:
        return Response(b"x" * BIG)

    here.app.router.routes[:0] = [Route("/big", big)]
    reader, writer = await asyncio.open_connection(*here.address.split(":"))
    writer.write(b"GET /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    found = 0
    async with asyncio.timeout(PATIENCE_S):
        await reader.readuntil(b"\r\n\r\n")
        while part := await reader.read(4 * 1_024 * 1_024):
            found += len(part)
            await asyncio.sleep(0.02)
    writer.close()

    assert found == BIG
