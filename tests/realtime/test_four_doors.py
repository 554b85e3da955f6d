"""GET, POST, a stream and a socket: the same operation, the same answer."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.settings.settings import Settings
from tests.support.clock import ManualClock
from tests.support.event_streams import streaming
from tests.support.factories import bearer, make_user, open_session
from tests.support.graphql_sockets import connected
from tests.support.replicas import Replica, replica

URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)


@pytest.fixture
async def here(settings: Settings, clock: ManualClock) -> AsyncIterator[Replica]:
    async with replica(settings, clock) as one:
        yield one


@pytest.fixture
async def token(here: Replica) -> str:
    user = await make_user(here.services)
    return (await open_session(here.services, user)).access_token


async def over_http(at: Replica, token: str, query: str, method: str) -> Any:
    sent: dict[str, Any] = {"json": {"query": query}}
    if method == "GET":
        sent = {"params": {"query": query}}
    async with httpx.AsyncClient(base_url=at.http) as http:
        answer = await http.request(method, "/graphql", headers=bearer(token), **sent)
        return answer.json()


async def over_stream(at: Replica, token: str, query: str) -> Any:
    async with streaming(at, token, query) as stream:
        return json.loads((await stream.event())["data"])


async def over_socket(at: Replica, token: str, query: str) -> Any:
    async with connected(at, token) as client:
        await client.subscribe("1", query)
        message = await client.about("1")
        if message["type"] == "error":
            return {"errors": message["payload"]}
        return message["payload"]


@pytest.mark.parametrize(
    "query",
    [
        "{ me { role } }",
        "{ users { totalCount } }",
        "{ apiKeys { id } }",
        "{ activity(first: 101) { nodes { id } } }",
        '{ user(id: "u_nobody") { id } nope }',
        "{ user { id } }",
        "{",
    ],
)
async def test_every_door_gives_the_same_answer(
    here: Replica, token: str, query: str
) -> None:
    expected = await over_http(here, token, query, "POST")

    assert await over_http(here, token, query, "GET") == expected
    assert await over_stream(here, token, query) == expected
    assert await over_socket(here, token, query) == expected


async def test_who_reads_anything_gets_a_stream_only_where_it_takes_one(
    here: Replica, token: str
) -> None:
    headers = {**bearer(token), "Accept": URQL}
    async with httpx.AsyncClient(base_url=here.http, headers=headers) as http:
        answer = await http.post("/graphql", json={"query": "{ __typename }"})
        assert answer.headers["content-type"].startswith("application/graphql-resp")
        query = "subscription { dashboardUpdated { version } }"
        async with http.stream("POST", "/graphql", json={"query": query}) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
