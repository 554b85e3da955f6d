"""GET, POST, a stream and a socket: the same operation, the same answer."""

import httpx

from tests.support.doors import Doors
from tests.support.factories import bearer
from tests.support.graphql_sockets import connected
from tests.support.replicas import Replica

URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)


ASKED = [
    "{ me { role } }",
    "{ users { totalCount } }",
    "{ apiKeys { id } }",
    "{ activity(first: 101) { nodes { id } } }",
    '{ user(id: "u_nobody") { id } nope }',
    "{ user { id } }",
    "{",
]


async def test_every_door_gives_the_same_answer(here: Replica, ben_token: str) -> None:
    async with connected(here, ben_token) as client:
        doors = Doors(here, ben_token, client)
        for text in ASKED:
            answers = [await ask(text) for ask in doors.open_to(text)]

            assert answers == answers[:1] * 4, text


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
