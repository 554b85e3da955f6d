"""What is no message of graphql-transport-ws: always 4400, never a crash."""

import json

from kit.strict_json import DIGITS_MAX
from tests.support.graphql_sockets import connected
from tests.support.replicas import Replica

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


async def test_a_frame_that_is_no_message_closes_4400(
    here: Replica, token: str
) -> None:
    for frame in BAD_FRAMES:
        async with connected(here, token) as client:
            await client.connection.send(frame)

            assert await client.code() == 4400, frame[:60]
