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

from app.settings.settings import Settings
from tests.support.factories import PASSWORD, bearer
from tests.support.processes import PATIENCE_S, Serving, serving

LOGIN = {"email": "ana@example.com", "password": PASSWORD}
SOCKETS = 6


@contextmanager
def drained(
    folder: Path, at: Settings, **settings: str
) -> Iterator[tuple[Serving, list[ClientConnection]]]:
    """A service on these databases, and sockets that are signed in to it."""
    given = {
        "MONGODB_URI": at.mongodb_uri or "",
        "MONGODB_DATABASE": at.mongodb_database,
        "REDIS_URL": at.redis_url or "",
        "ADMIN_EMAIL": LOGIN["email"],
        "ADMIN_PASSWORD": PASSWORD,
        **settings,
    }
    with serving(folder, **given) as service, ExitStack() as stack:
        with httpx.Client(transport=httpx.HTTPTransport(retries=10)) as http:
            answer = http.post(f"{service.url}/api/v1/auth/login", json=LOGIN)
        token = answer.json()["data"]["access_token"]
        url = f"{service.url.replace('http', 'ws')}/ws/panel"
        dial = partial(connect, url, additional_headers=bearer(token))
        clients = [stack.enter_context(dial()) for _ in range(SOCKETS)]
        for client in clients:
            assert json.loads(client.recv(PATIENCE_S))["event"] == "ready"
        yield service, clients


def code(client: ClientConnection) -> int | None:
    try:
        while True:
            client.recv(PATIENCE_S)
    except ConnectionClosed:
        return client.protocol.close_code


def test_all_are_served_until_load_balancers_know_then_sockets_closed_1012(
    tmp_path: Path, settings: Settings
) -> None:
    with drained(tmp_path, settings, DRAIN_S="1") as (service, clients):
        address = urlsplit(service.url)
        body = json.dumps(LOGIN).encode()
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

            ready = httpx.get(f"{service.url}/health/ready")
            assert (ready.status_code, ready.json()["status"]) == (503, "draining")
            clients[0].send('{"type": "ping"}')
            while json.loads(clients[0].recv(PATIENCE_S))["event"] != "pong":
                pass
            assert [code(client) for client in clients] == [1012] * SOCKETS

            # A request that was under way is answered still.
            request.sendall(body[10:])
            assert b" 200 " in request.recv(1_000)
        assert service.process.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_every_worker_closes_its_sockets(tmp_path: Path, settings: Settings) -> None:
    with drained(tmp_path, settings, WORKERS="2") as (service, clients):
        service.process.send_signal(signal.SIGTERM)

        assert [code(client) for client in clients] == [1012] * SOCKETS
        assert service.process.wait(PATIENCE_S) == 0
