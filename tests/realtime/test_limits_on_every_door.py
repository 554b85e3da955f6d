"""GET, POST, a stream and a socket refuse too much in the same words."""

import json

import httpx

from tests.support.documents import MEASURED, deep, fields, skipped
from tests.support.doors import Doors
from tests.support.factories import bearer
from tests.support.graphql_sockets import GraphQLConnection
from tests.support.replicas import Replica

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


async def test_every_door_refuses_too_much_in_the_same_words(
    here: Replica, token: str, client: GraphQLConnection
) -> None:
    doors = Doors(here, token, client)
    for text in TOO_MUCH:
        answers = [await ask(text) for ask in doors.open_to(text)]

        (error,) = answers[0]["errors"]
        assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX", text[:100]
        details = error["extensions"]["details"]
        assert details["value"] > details["limit"]
        assert answers == answers[:1] * len(answers)


async def test_every_door_tells_the_cost_to_who_asks(
    here: Replica, token: str, client: GraphQLConnection
) -> None:
    query, extensions = "{ me { id } }", {"cost": True}
    body = {"query": query, "extensions": extensions}
    async with httpx.AsyncClient(base_url=here.http, headers=bearer(token)) as http:
        accept = {"Accept": "text/event-stream"}
        stream = (await http.post("/graphql", json=body, headers=accept)).text
    await client.say(id="1", type="subscribe", payload=body)
    watching = {**body, "query": "subscription { dashboardUpdated { version } }"}
    await client.say(id="2", type="subscribe", payload=watching)

    asked = {"cost": {"requested": 3, "allowed": 5_000}}
    data = stream.split("data: ")[1].partition("\n")[0]
    assert json.loads(data)["extensions"] == asked
    assert (await client.about("1"))["payload"]["extensions"] == asked
    assert (await client.about("2"))["payload"]["extensions"] == asked


async def test_a_socket_refuses_operation_after_operation_and_stays(
    client: GraphQLConnection,
) -> None:
    for number in range(20):
        await client.subscribe(str(number), deep(300))
    await client.subscribe("last", "{ __typename }")

    answers = [await client.about(str(number)) for number in range(20)]
    assert {one["type"] for one in answers} == {"error"}
    assert await client.data("last") == "Query"
