"""What a collector is sent of a query, a REST call and a live event."""

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from domain.activity import ActivityDraft
from kit.logs import set_up_logging
from resolvers.activity import record_activity
from tests.support.clients import signed_in
from tests.support.collector import Collector
from tests.support.factories import acting, make_admin, make_user, open_session
from tests.support.graphql_sockets import connected, started
from tests.support.replicas import replica
from tests.support.servers import SECRET, empty

PARENT = "00-{:032x}-00f067aa0ba902b7-01"
BELIEVED = 0xDEF
ACTIVITY = "query Trail { activity(first: 50) { nodes { id actor { name } } } }"
RECORD = """mutation Note($summary: String!) { recordActivity(events: [
  {action: "shop.opened", summary: $summary}]) { accepted } }"""
LOG = "subscription { activityAdded { ... on ActivityAdded { activity { summary } } } }"
PASSWORD, SEARCHED = "a password nobody guesses", "eva@example.org"


@dataclass
class Told:
    """What was told to a collector, and what was logged, while things were done."""

    collector: Collector
    logged: list[dict[str, Any]]
    token: str
    admin_id: str


@pytest.fixture(scope="module")
def told(servers: Settings) -> Iterator[Told]:
    empty(servers)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = StringIO()
    with pytest.MonkeyPatch.context() as patch, Collector.listening() as collector:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        set_up_logging("INFO", stream)
        patch.setattr(logging.getLogger("httpx"), "disabled", True)
        try:
            token, admin_id = asyncio.run(_do_things(servers))
        finally:
            root.handlers[:], root.level = before
        logged = [json.loads(line) for line in stream.getvalue().splitlines()]
        yield Told(collector, logged, token, admin_id)


async def _do_things(servers: Settings) -> tuple[str, str]:
    settings = servers.model_copy(update={"trusted_proxies": ("127.0.0.0/8",)})
    async with replica(settings) as here, httpx.AsyncClient(base_url=here.http) as http:
        boss = await make_admin(here.services, name="Boss")
        people = [await make_user(here.services) for _ in range(3)]
        for one in people:
            await record_activity(
                acting(here.services, boss),
                [ActivityDraft("shop.closed", actor_id=one.id)],
            )
        admin = await signed_in(http, here.services, boss)
        await admin.data(ACTIVITY)
        http.headers["traceparent"] = PARENT.format(BELIEVED)
        path = "/api/v1/users"
        await http.get(path, params={"search": SEARCHED}, headers=admin.headers)
        del http.headers["traceparent"]
        await http.get("/api/v1/users/u_nobody")
        login = {"email": SEARCHED, "password": PASSWORD}
        await http.post("/api/v1/auth/login", json=login)
        token = (await open_session(here.services, boss)).access_token
        async with connected(here, token) as socket:
            await started(socket, "log", LOG)
            await socket.subscribe("note", RECORD, summary=f"{SEARCHED} came")
            await socket.data("log")
            await socket.data("note")
        await http.get("/health")
    return token, boss.id


def test_a_query_is_one_trace_from_the_request_to_the_commands(told: Told) -> None:
    (request,) = [
        one
        for one in told.collector.named("POST /graphql")
        if told.collector.named("query Trail")[0].trace == one.trace
    ]
    within = [s for s in told.collector.spans if s.trace == request.trace]
    paths = [told.collector.path(span) for span in within]

    resolver = ["POST /graphql", "query Trail", "resolver activity"]
    assert [*resolver, "mongodb find audit_logs"] in paths
    # Fields of what a resolver gave are resolved after it, within the operation.
    loader = ["POST /graphql", "query Trail", "loader user"]
    assert [*loader, "mongodb find users"] in paths
    assert any(p[:1] + p[-1:] == ["POST /graphql", "redis EVAL"] for p in paths)
    (batch,) = [span for span in within if span.name == "loader user"]
    assert batch.attributes["dashboard.keys"] >= 3
    assert request.attributes["http.response.status_code"] == 200
    (operation,) = [span for span in within if span.name == "query Trail"]
    assert len(operation.attributes["graphql.document.hash"]) == 16


def test_a_rest_call_is_named_by_its_route_and_what_refuses_it(told: Told) -> None:
    (found,) = told.collector.named("GET /api/v1/users")
    (refused,) = told.collector.named("GET /api/v1/users/{id}")

    within = [s for s in told.collector.spans if s.trace == found.trace]
    paths = [told.collector.path(span) for span in within]
    assert ["GET /api/v1/users", "mongodb find dashboard_data"] in paths
    assert refused.attributes["http.response.status_code"] == 401
    assert not refused.failed


def test_a_trusted_proxy_says_what_a_request_is_part_of(told: Told) -> None:
    (found,) = told.collector.named("GET /api/v1/users")

    assert found.trace == f"{BELIEVED:032x}"
    assert found.parent == "00f067aa0ba902b7"


def test_a_live_event_is_a_trace_that_points_at_its_cause(told: Told) -> None:
    (event,) = told.collector.named("event activityAdded")
    (cause,) = told.collector.named("graphql-ws operation")
    (mutation,) = told.collector.named("mutation Note")

    assert event.parent == ""
    assert mutation.parent == cause.id
    assert event.links == [cause.trace] != [event.trace]


def test_health_makes_no_traces_and_no_command_is_without_a_request(
    told: Told,
) -> None:
    roots = {span.name for span in told.collector.spans if not span.parent}

    assert roots <= {
        *("POST /graphql", "GET /api/v1/users/{id}", "POST /api/v1/auth/login"),
        *("event activityAdded", "graphql-ws operation"),
    }


def test_nothing_that_was_sent_leaves_for_a_collector_or_a_log(told: Told) -> None:
    everything = b"".join(told.collector.raw) + json.dumps(told.logged).encode()

    assert b"query Trail" in everything
    for secret in (PASSWORD, SEARCHED, SECRET, told.token, "127.0.0.1"):
        assert secret.encode() not in everything, secret
    assert b"Bearer" not in everything


def test_log_lines_name_request_trace_and_user_and_are_sent_too(told: Told) -> None:
    (line,) = [
        one
        for one in told.logged
        if one.get("route") == "graphql:Trail" and one["message"] == "request"
    ]
    (operation,) = told.collector.named("query Trail")

    assert line["trace_id"] == operation.trace
    assert line["user_id"] == told.admin_id
    assert line["request_id"].startswith("r_")
    (sent,) = [
        one
        for one in told.collector.lines
        if one.trace_id.hex() == operation.trace and one.body.string_value == "request"
    ]
    attributes = {one.key: one.value for one in sent.attributes}
    assert attributes["request_id"].string_value == line["request_id"]
    assert attributes["status"].int_value == 200


def test_figures_are_sent_as_they_are_counted(told: Told) -> None:
    requests = told.collector.figures["dashboard_http_requests_total"].sum
    seconds = told.collector.figures["dashboard_mongodb_command_seconds"].histogram

    assert requests.is_monotonic
    assert len(requests.data_points) >= 4
    assert sum(point.count for point in seconds.data_points) > 10
    assert told.collector.figures["dashboard_sockets_open"].HasField("gauge")
    (instance,) = {one["service.instance.id"] for one in told.collector.resources}
    assert instance
