"""SIGTERM: load balancers hear of it first, then sockets, and nobody is cut off."""

import json
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.factories import bearer
from tests.support.processes import PATIENCE_S, Serving, serving

EMAIL, PASSWORD = "ana@example.com", "correct horse battery staple"
ADMIN = {"ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}


@contextmanager
def listening(service: Serving, count: int = 1) -> Iterator[list[ClientConnection]]:
    """Sockets that are signed in."""
    body = {"email": EMAIL, "password": PASSWORD}
    with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as http:
        answer = http.post(f"{service.url}/api/v1/auth/login", json=body)
    token = answer.json()["data"]["access_token"]
    url = service.url.replace("http", "ws")
    dial = partial(connect, f"{url}/ws/panel", additional_headers=bearer(token))
    with ExitStack() as stack:
        clients = [stack.enter_context(dial()) for _ in range(count)]
        for client in clients:
            assert json.loads(client.recv(PATIENCE_S))["event"] == "ready"
        yield clients


def code(client: ClientConnection) -> int | None:
    try:
        while True:
            client.recv(PATIENCE_S)
    except ConnectionClosed:
        return client.protocol.close_code


def test_sockets_are_served_until_load_balancers_know_then_closed_1012(
    tmp_path: Path,
) -> None:
    with (
        serving(tmp_path, **ADMIN, DRAIN_S="2") as service,
        listening(service, 5) as clients,
    ):
        service.process.send_signal(signal.SIGTERM)

        ready = httpx.get(f"{service.url}/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "draining")
        clients[0].send('{"type": "ping"}')
        while json.loads(clients[0].recv(PATIENCE_S))["event"] != "pong":
            pass

        assert [code(client) for client in clients] == [1012] * 5
        assert service.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_every_worker_closes_its_sockets(tmp_path: Path) -> None:
    with (
        serving(tmp_path, **ADMIN, WORKERS="2") as service,
        listening(service, 6) as clients,
    ):
        service.process.send_signal(signal.SIGTERM)

        assert [code(client) for client in clients] == [1012] * 6
        assert service.process.wait(PATIENCE_S) == 0


def test_a_request_under_way_is_answered(tmp_path: Path) -> None:
    with serving(tmp_path, **ADMIN) as service, listening(service) as (client,):
        address = urlsplit(service.url)
        body = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
        head = (
            f"POST /api/v1/auth/login HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((address.hostname, address.port)) as request:
            request.settimeout(PATIENCE_S)
            request.sendall(head.encode() + body[:10])
            # Served once it answers: the request was read before the signal came.
            httpx.get(f"{service.url}/health")
            service.process.send_signal(signal.SIGTERM)
            assert code(client) == 1012
            request.sendall(body[10:])

            assert b" 200 " in request.recv(1_000)
        assert service.process.wait(PATIENCE_S) == 0
