"""GET, POST, a stream and a socket refuse too much in the same words."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from tests.support.clock import ManualClock
from tests.support.documents import MEASURED, deep, fields, skipped
from tests.support.event_streams import streaming
from tests.support.factories import bearer, make_admin, open_session
from tests.support.graphql_sockets import GraphQLConnection, connected
from tests.support.replicas import Replica, replica

Ask = Callable[[str], Awaitable[Any]]
NESTED = "{ users(first: 100) { nodes { activity(first: 100) { nodes { id } } } } }"
WATCHED = "subscription { activityAdded { ... on ActivityAdded { activity { %s } } } }"
TOO_MUCH = [
    *(make(limit + 1) for _, make, limit in MEASURED),
    skipped(1, 6),
    deep(300),
    NESTED,
    WATCHED % f"actor {fields(500)}",
    WATCHED % "actor { activity(first: 100) { nodes { changes { field before after } "
    "actor { activity(first: 100) { nodes { id } } } } } }",
]


@pytest.fixture
async def here(settings: Settings, clock: ManualClock) -> AsyncIterator[Replica]:
    async with replica(settings, clock) as one:
        yield one


@pytest.fixture
async def token(here: Replica) -> str:
    user = await make_admin(here.services)
    return (await open_session(here.services, user)).access_token


@pytest.fixture
async def socket(here: Replica, token: str) -> AsyncIterator[GraphQLConnection]:
    async with connected(here, token) as client:
        yield client


def doors(here: Replica, token: str, socket: GraphQLConnection) -> list[Ask]:
    """Each gives the answer to an operation, or its first event."""

    async def over_http(text: str, method: str) -> Any:
        key = "json" if method == "POST" else "params"
        async with httpx.AsyncClient(base_url=here.http) as http:
            sent: dict[str, Any] = {key: {"query": text}}
            answer = await http.request(
                method, "/graphql", headers=bearer(token), **sent
            )
            assert answer.status_code == httpx.codes.BAD_REQUEST
            return answer.json()

    async def over_stream(text: str) -> Any:
        async with streaming(here, token, text) as stream:
            return json.loads((await stream.event())["data"])

    async def over_socket(text: str) -> Any:
        await socket.subscribe("1", text)
        message = await socket.about("1")
        assert message["type"] == "error"
        return {"errors": message["payload"]}

    return [
        lambda text: over_http(text, "POST"),
        lambda text: over_http(text, "GET"),
        over_stream,
        over_socket,
    ]


async def test_every_door_refuses_too_much_in_the_same_words(
    here: Replica, token: str, socket: GraphQLConnection
) -> None:
    for text in TOO_MUCH:
        open_ones = doors(here, token, socket)
        if text.startswith("subscription"):
            del open_ones[:2]  # which take none at all
        answers = [await ask(text) for ask in open_ones]

        (error,) = answers[0]["errors"]
        assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX", text[:100]
        details = error["extensions"]["details"]
        assert details["value"] > details["limit"]
        assert answers == answers[:1] * len(answers)


async def test_every_door_tells_the_cost_to_who_asks(
    here: Replica, token: str, socket: GraphQLConnection
) -> None:
    query, extensions = "{ me { id } }", {"cost": True}
    body = {"query": query, "extensions": extensions}
    async with httpx.AsyncClient(base_url=here.http, headers=bearer(token)) as http:
        accept = {"Accept": "text/event-stream"}
        stream = (await http.post("/graphql", json=body, headers=accept)).text
    await socket.say(id="1", type="subscribe", payload=body)
    watching = {**body, "query": "subscription { dashboardUpdated { version } }"}
    await socket.say(id="2", type="subscribe", payload=watching)

    asked = {"cost": {"requested": 3, "allowed": 5_000}}
    data = stream.split("data: ")[1].partition("\n")[0]
    assert json.loads(data)["extensions"] == asked
    assert (await socket.about("1"))["payload"]["extensions"] == asked
    assert (await socket.about("2"))["payload"]["extensions"] == asked


async def test_a_socket_refuses_operation_after_operation_and_stays(
    socket: GraphQLConnection,
) -> None:
    for number in range(20):
        await socket.subscribe(str(number), deep(300))
    await socket.subscribe("last", "{ __typename }")

    answers = [await socket.about(str(number)) for number in range(20)]
    assert {one["type"] for one in answers} == {"error"}
    assert await socket.data("last") == "Query"
