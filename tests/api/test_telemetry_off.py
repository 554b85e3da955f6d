"""Without a collector nothing is loaded; a bad one, or a bold client, does no harm."""

import subprocess
import sys
import threading
from collections.abc import Iterator

import httpx
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.lifespan import StartFailed, open_platform
from app.settings.settings import Settings
from app.telemetry.opening import telemetry
from app.telemetry.spans import Spans
from app.telemetry.wanted import Wanted
from kit import tracing
from resolvers.context import Services
from tests.support.clients import signed_in
from tests.support.factories import make_admin

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
# A port of the reserved range, where nobody listens.
NOWHERE = "http://127.0.0.1:1"
PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
# Parts of the SDK are loaded by the Redis client wherever they are installed.
NOT_LOADED = """
import sys, app.asgi, app.cli.main
ours = ("app.telemetry.pipelines", "opentelemetry.exporter", "opentelemetry.sdk.trace")
sys.exit(", ".join(n for n in sys.modules if n.startswith(ours)) or 0)
"""


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """What is recorded, kept here."""
    kept, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracing.record_with(Spans(provider.get_tracer("test")))
    yield kept
    tracing.record_with(None)


def test_what_sends_is_not_even_loaded_until_it_is_wanted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOT_LOADED], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


async def test_without_a_collector_there_are_no_threads_and_no_spans(
    settings: Settings,
) -> None:
    async with telemetry(settings):
        assert not [t for t in threading.enumerate() if t.name.startswith("Otel")]
        assert tracing.span("a thing") is tracing.trace("another")
        assert tracing.here() is None


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, Wanted()),
        ({ENDPOINT: ""}, Wanted()),
        ({ENDPOINT: NOWHERE}, Wanted(frozenset({"traces", "metrics", "logs"}))),
        ({ENDPOINT: NOWHERE, "OTEL_SDK_DISABLED": "TRUE"}, Wanted()),
        (
            {ENDPOINT: NOWHERE, "OTEL_LOGS_EXPORTER": "none"},
            Wanted(frozenset({"traces", "metrics"})),
        ),
        (
            {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": NOWHERE},
            Wanted(frozenset({"traces"})),
        ),
        ({"APPLICATIONINSIGHTS_CONNECTION_STRING": "x"}, Wanted(azure=True)),
    ],
)
def test_the_standard_variables_say_what_is_sent(
    environ: dict[str, str], wanted: Wanted
) -> None:
    assert Wanted.of(environ) == wanted


async def test_what_is_not_installed_stops_the_start_and_says_how_to_get_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=0")
    monkeypatch.setitem(sys.modules, "azure", None)

    with pytest.raises(StartFailed, match="install the extra `azure`"):
        async with open_platform(settings):
            pass


async def test_a_collector_that_is_away_is_none_of_a_request_s_business(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, http: httpx.AsyncClient
) -> None:
    monkeypatch.setenv(ENDPOINT, NOWHERE)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "0.1")

    async with telemetry(settings):
        answers = [await http.get("/api/v1/users/u_1") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert not [t for t in threading.enumerate() if t.name.startswith("Otel")]


async def test_a_client_does_not_say_what_its_request_is_part_of(
    http: httpx.AsyncClient, spans: InMemorySpanExporter
) -> None:
    await http.get("/api/v1/users/u_1", headers={"traceparent": PARENT})

    (request,) = [s for s in spans.get_finished_spans() if s.parent is None]
    assert request.name == "GET /api/v1/users/{id}"
    assert request.context is not None
    assert f"{request.context.trace_id:032x}" not in PARENT


async def test_a_refused_operation_is_named_by_its_code_and_is_no_failure(
    http: httpx.AsyncClient, services: Services, spans: InMemorySpanExporter
) -> None:
    admin = await signed_in(http, services, await make_admin(services))

    await admin.error('mutation Gone { deleteUser(id: "u_nobody") }')

    (found,) = [s for s in spans.get_finished_spans() if s.name == "mutation Gone"]
    assert found.attributes is not None
    assert found.attributes["error.type"] == "NOT_FOUND"
    assert found.status.is_unset
