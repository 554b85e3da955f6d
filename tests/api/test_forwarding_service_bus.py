"""What happened, sent to Service Bus: by its own client, to a broker of ours."""

import asyncio
import gc
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from app.forwarding.service_bus import (
    SESSION_MAX,
    CannotForward,
    ServiceBus,
    message_of,
    session_of,
)
from domain.forwarding import Happening, NotTaken
from resolvers import forwarding
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.forwarding import (
    LONGEST_PAUSE_S,
    forwarder,
    happen,
    numbered,
    until_idle,
)
from tests.support.processes import ROOT
from tests.support.records import entry


def test_without_the_extra_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "azure.servicebus", None)

    with pytest.raises(CannotForward, match=r"user-dashboard\[servicebus\]"):
        ServiceBus("Endpoint=sb://a", "events", source="test", timeout_s=1)


def test_a_message_has_the_event_and_what_keeps_order_and_finds_duplicates() -> None:
    pytest.importorskip("azure.servicebus", reason="the extra servicebus")
    stored = entry(1_750_500_000_000, target_type="user", target_id="u_ana")
    message = message_of(Happening(stored, "000000000001.0000", late=False), "test")

    assert message.message_id == stored.id
    assert message.session_id == message.partition_key == "user/u_ana"
    assert message.subject == stored.action
    assert message.content_type.startswith("application/cloudevents+json")
    assert json.loads(b"".join(message.body))["id"] == stored.id


def test_a_subject_that_is_too_long_for_a_session_keeps_one_of_its_own() -> None:
    long = "thing/" + "x" * SESSION_MAX

    assert session_of("thing/x") == "thing/x"
    assert len(session_of(long)) <= SESSION_MAX
    assert session_of(long) != session_of(long + "y")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def broker(port: int, file: Path, *token: str) -> Iterator["subprocess.Popen[str]"]:
    """Listens; killed when the block ends, if not before."""
    command = [sys.executable, "-m", "tests.support.amqp_broker", str(port), str(file)]
    command += token
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield process
        finally:
            process.kill()


async def hang_up(port: int) -> None:
    """The client itself leaves sockets open that were cut off."""
    for one in gc.get_objects():
        if issubclass(type(one), asyncio.Transport):
            peer = one.get_extra_info("peername") or ()
            if port in peer:
                one.abort()
    await asyncio.sleep(0)


async def test_events_reach_the_queue_in_order_though_its_broker_is_killed(
    services: Services,
    clock: ManualClock,
    tmp_path: Path,
) -> None:
    pytest.importorskip("proton", reason="the broker is Qpid Proton's")
    port, file = _free_port(), tmp_path / "taken"
    bus = ServiceBus(
        f"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=test;"
        "SharedAccessKey=dGVzdA==;UseDevelopmentEmulator=true;",
        "events",
        source="test",
        timeout_s=20,
    )
    made = forwarder(services, bus)
    await made.round()
    stored = await happen(services, *numbered("a", 3), target="a")
    with broker(port, file):
        await until_idle(made)
    stored += await happen(services, *numbered("b", 3), target="b")
    stored += await happen(services, "a 3", target="a")
    await until_idle(made)
    assert forwarding.WAITING.value() == 4

    with broker(port, file):
        clock.advance(LONGEST_PAUSE_S)
        await until_idle(made)
        await bus.close()
        await hang_up(port)

    taken = [json.loads(line) for line in file.read_text().splitlines()]
    assert {one["id"] for one in taken} == {one.id for one in stored}
    for target, count in (("a", 4), ("b", 3)):
        said = [
            one["body"]["data"]["summary"]
            for one in taken
            if one["session"] == f"thing/{target}"
        ]
        assert list(dict.fromkeys(said)) == numbered(target, count)


class IdentityEndpoint(BaseHTTPRequestHandler):
    """What Azure has beside a container: it knows its caller by a header."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        known = asked == {
            "resource": ["https://servicebus.azure.net"],
            "api-version": ["2019-08-01"],
            "client_id": ["the-app"],
        }
        known &= self.headers["X-IDENTITY-HEADER"] == "only we know"
        self.send_response(200 if known else 400)
        self.end_headers()
        until = str(int(time.time()) + 3_600)  # Azure says it as a text
        said = {"access_token": "a token", "expires_on": until}
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def identity(monkeypatch: pytest.MonkeyPatch, header: str) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", 0), IdentityEndpoint) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/msi/token"
        monkeypatch.setenv("IDENTITY_ENDPOINT", url)
        monkeypatch.setenv("IDENTITY_HEADER", header)
        monkeypatch.setenv("AZURE_CLIENT_ID", "the-app")
        yield
        server.shutdown()


@pytest.mark.parametrize("header", ["only we know", "-"])
async def test_the_identity_of_the_container_opens_the_topic_without_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    pytest.importorskip("proton", reason="the broker is Qpid Proton's")
    port, file = _free_port(), tmp_path / "taken"
    one = entry(1_750_500_000_000, target_type="user", target_id="u_ana")
    is_known = header != "-"
    with identity(monkeypatch, header), broker(port, file, "a token"):
        bus = ServiceBus(
            f"Endpoint=sb://127.0.0.1:{port}/;Authentication=ManagedIdentity;"
            "UseDevelopmentEmulator=true;",
            "events",
            source="test",
            timeout_s=20,
        )
        refused = (
            nullcontext() if is_known else pytest.raises(NotTaken, match="no token of")
        )
        with refused:
            await bus.take([Happening(one, "000000000001.0000", late=False)])
        await bus.close()
        await hang_up(port)

    assert file.exists() == is_known


def test_where_nobody_gives_an_identity_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("azure.servicebus", reason="the extra servicebus")
    monkeypatch.delenv("IDENTITY_ENDPOINT", raising=False)
    text = "Endpoint=sb://a.example.com/;Authentication=ManagedIdentity"

    with pytest.raises(CannotForward, match="there is no IDENTITY_ENDPOINT"):
        ServiceBus(text, "events", source="test", timeout_s=1)
