"""What is no message of graphql-transport-ws: always 4400, never a crash."""

import json
from collections.abc import AsyncIterator

import pytest

from app.settings.settings import Settings
from kit.strict_json import DIGITS_MAX
from tests.support.clock import ManualClock
from tests.support.factories import make_user, open_session
from tests.support.graphql_sockets import GraphQLConnection, connected
from tests.support.replicas import replica

ASK = {"query": "{ __typename }"}
BAD_FRAMES = [
    "",
    "{",
    "[]",
    "5",
    "null",
    '"x"',
    "true",
    "[" * 20_000,
    '{"a":' * 10_000,
    "1" * (DIGITS_MAX + 1),
    "{}",
    '{"type": null}',
    '{"type": ["ping"]}',
    '{"type": "soap"}',
    '{"type": "next", "id": "1", "payload": {}}',
    '{"type": "connection_ack"}',
    '{"type": "ping", "payload": []}',
    '{"type": "pong", "payload": "x"}',
    '{"type": "complete"}',
    '{"type": "complete", "id": 5}',
    '{"type": "complete", "id": ""}',
    '{"type": "subscribe"}',
    '{"type": "subscribe", "id": "1"}',
    '{"type": "subscribe", "id": "1", "payload": null}',
    '{"type": "subscribe", "id": "1", "payload": []}',
    '{"type": "subscribe", "id": "1", "payload": {}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
    '{"type": "subscribe", "id": "1", "payload": {"query": null}}',
    *(
        json.dumps({"type": "subscribe", "id": name, "payload": {**ASK, **more}})
        for name, more in (
            (5, {}),
            ([], {}),
            ({}, {}),
            ("", {}),
            ("x" * 1_001, {}),
            ("1", {"variables": []}),
            ("1", {"variables": "x"}),
            ("1", {"operationName": 5}),
            ("1", {"extensions": []}),
            ("1", {"query": "{ user(id: \ud800) { id } }"}),
        )
    ),
    '{"type": "ping", "type": "pong"}',
    '{"type": "ping", "payload": {"n": NaN}}',
]


@pytest.fixture
async def client(
    settings: Settings, clock: ManualClock
) -> AsyncIterator[GraphQLConnection]:
    async with replica(settings, clock) as here:
        user = await make_user(here.services)
        token = (await open_session(here.services, user)).access_token
        async with connected(here, token) as client:
            yield client


@pytest.mark.parametrize("frame", BAD_FRAMES, ids=lambda frame: frame[:60])
async def test_a_frame_that_is_no_message_closes_4400(
    client: GraphQLConnection, frame: str
) -> None:
    await client.connection.send(frame)

    assert await client.code() == 4400
