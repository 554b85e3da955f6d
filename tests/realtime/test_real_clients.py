"""The clients people use, against two replicas as an operator runs them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from pydantic import SecretStr
from websockets.asyncio.client import connect

from app.settings.settings import Settings
from kit.clock import SystemClock
from kit.tokens import TokenSigner
from scripts.replicas import SECRET, Databases, graphql, running, sign_in
from scripts.replicas import Replica as Process
from tests.support.factories import PASSWORD, bearer
from tests.support.node import NodeClient, needs_node, node_client
from tests.support.replicas import Replica, replica
from tests.support.servers import empty

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]
RECORD = """mutation($events: [ActivityInput!]!) {
  recordActivity(events: $events) { accepted } }"""
ACTIVITY = """subscription($after: String) {
  activityAdded(after: $after, filter: {actions: ["thing.done"]}) {
    ... on ActivityAdded { cursor activity { summary } }
    ... on Gap { to reason } } }"""
NEWEST = "{ activity { newestCursor } }"
USERS = "subscription { dashboardUpdated { totalUsers { value } } }"
RENEW = """mutation($token: String!) {
  authenticate(accessToken: $token) { expiresAt } }"""
SEND = """mutation($input: NotificationInput!) { sendNotification(input: $input) }"""
CREATE = "mutation($input: CreateUserInput!) { createUser(input: $input) { id } }"
BELLA = {"email": "bella@example.com", "password": PASSWORD, "name": "Bella"}
REVOKE = "mutation($id: ID!) { revokeSession(id: $id) }"
SIGNER = TokenSigner([SECRET], SystemClock())


@dataclass
class Pair:
    """Two replicas: what is done on the one is told by the other, a process."""

    here: Replica
    there: Process
    token: str
    user_id: str

    @property
    def socket_url(self) -> str:
        return f"{self.there.ws_url}/graphql"

    async def happens(self, summary: str) -> None:
        events = [{"action": "thing.done", "summary": summary}]
        await graphql(self.here.http, self.token, RECORD, events=events)

    async def session(self, *, ends_in_s: int) -> dict[str, str]:
        """The tokens of a fresh one, whose access token ends so soon."""
        signed_in = await sign_in(self.here.http)
        claims = SIGNER.verify(signed_in["access_token"], "access")
        ends_s = int(time.time()) + ends_in_s
        short = replace(claims, iat_s=ends_s - 60, exp_s=ends_s)
        return {
            "accessToken": SIGNER.sign(short),
            "refreshToken": signed_in["refresh_token"],
        }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(
    servers: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Pair]:
    empty(servers)
    at = Databases(servers)
    own = servers.model_copy(update={"jwt_secret": SecretStr(SECRET)})
    given = {"MONGODB_DATABASE": servers.mongodb_database}
    folder = tmp_path_factory.mktemp("there")
    async with (
        running(at, folder, **given) as there,
        replica(own) as here,
    ):
        signed_in = await sign_in(here.http)
        yield Pair(here, there, signed_in["access_token"], signed_in["user"]["id"])


async def watching(client: NodeClient, query: str = ACTIVITY) -> None:
    """Subscribes; returns when a later event will be told."""
    await client.do("subscribe", id="first", query=USERS)
    await client.told("next", id="first")
    await client.do("subscribe", id="watch", query=query)
    # Answered in order by one socket: the subscription has begun before this is.
    await client.do("subscribe", id="after", query="{ me { id } }")
    await client.told("complete", id="after")


@asynccontextmanager
async def expired(pair: Pair) -> AsyncIterator[list[NodeClient]]:
    """Apollo Client and urql, whose access tokens have just expired."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                node_client(
                    script, url=pair.there.url, **await pair.session(ends_in_s=0)
                )
            )
            for script in ("apollo", "urql")
        ]


async def all_told(summary: str, *clients: NodeClient) -> None:
    """Each is told of that entry next."""
    for client in clients:
        told = await client.told("next", id="watch")
        assert told["data"]["activityAdded"]["activity"]["summary"] == summary


@needs_node
async def test_what_happens_on_one_replica_is_told_once_by_the_other(
    pair: Pair,
) -> None:
    async with node_client("graphql_ws", url=pair.socket_url, token=pair.token) as one:
        await watching(one)
        await pair.happens("one")
        await pair.happens("two")

        await all_told("one", one)
        await all_told("two", one)
        await one.stays_quiet("next")


@needs_node
async def test_stock_clients_come_back_after_a_restart_and_are_told_each_event_once(
    pair: Pair,
) -> None:
    url, token = pair.there.url, pair.token
    place = await graphql(pair.here.http, token, NEWEST)
    after = {"after": place["activity"]["newestCursor"]}
    async with (
        node_client("graphql_ws", url=pair.socket_url, token=token) as plain,
        node_client("socket_io", url=url, token=token) as socket_io,
        node_client("graphql_sse", url=f"{url}/graphql", token=token) as stream,
        expired(pair) as (apollo, urql),
    ):
        resuming = (stream, apollo, urql)
        await watching(plain)
        for client in resuming:
            await client.do("subscribe", id="watch", query=ACTIVITY, variables=after)
        await pair.happens("before")
        await all_told("before", plain, *resuming)

        await pair.there.stop()
        assert (await plain.told("closed"))["code"] == 1012
        await socket_io.told("closed")
        await pair.happens("meanwhile")
        await pair.there.start()

        await all_told("meanwhile", *resuming)
        await plain.told("connected", again=True)
        await plain.told("next", id="first")
        await socket_io.told("connected")
        await pair.happens("after")
        await all_told("after", plain, *resuming)
        told = await socket_io.told("event", event="activity:new")
        assert told["data"]["summary"] == "after"
        await asyncio.gather(*(client.stays_quiet("next") for client in resuming))


@needs_node
async def test_apollo_and_urql_refresh_a_token_that_has_expired(pair: Pair) -> None:
    event = {"action": "thing.done", "summary": "told"}
    async with expired(pair) as clients:
        for client in clients:
            await client.do("query", id="me", query="{ me { id } }")
            answer = await client.told("answer", id="me")
            assert answer["data"]["me"]["id"] == pair.user_id
            variables = {"events": [event]}
            await client.do("mutate", id="do", query=RECORD, variables=variables)
            answer = await client.told("answer", id="do")
            assert answer["data"]["recordActivity"]["accepted"] == 1


@needs_node
async def test_graphql_ws_comes_back_with_a_fresh_token_or_renews_it_in_place(
    pair: Pair,
) -> None:
    async with (
        node_client("graphql_ws", url=pair.socket_url) as coming_back,
        node_client("graphql_ws", url=pair.socket_url) as renewing,
    ):
        short = await pair.session(ends_in_s=3)
        for client in (renewing, coming_back):
            await client.do("token", token=short["accessToken"])
            await watching(client)
            await client.do("token", token=pair.token)
        fresh = {"token": pair.token}
        await renewing.do("subscribe", id="renew", query=RENEW, variables=fresh)
        answer = await renewing.told("next", id="renew")
        assert answer["data"]["authenticate"]["expiresAt"].endswith("Z")

        assert (await coming_back.told("closed"))["code"] == 4403
        await coming_back.told("connected", again=True)
        await coming_back.told("next", id="first")
        await renewing.stays_quiet("closed")
        await pair.happens("still here")
        await all_told("still here", renewing)


@needs_node
async def test_a_revoked_session_is_final_for_graphql_ws_on_the_other_replica(
    pair: Pair,
) -> None:
    signed_in = await sign_in(pair.here.http)
    token = signed_in["access_token"]
    session_id = SIGNER.verify(token, "access").sid
    async with node_client("graphql_ws", url=pair.socket_url, token=token) as client:
        await watching(client)
        await graphql(pair.here.http, pair.token, REVOKE, id=session_id)

        assert (await client.told("closed"))["code"] == 4401
        assert (await client.told("error", id="watch"))["code"] == 4401
        await client.stays_quiet("connected")


@needs_node
async def test_socket_io_is_told_the_documented_events(pair: Pair) -> None:
    await graphql(pair.here.http, pair.token, CREATE, input=BELLA)
    bella = await sign_in(pair.here.http, BELLA["email"], BELLA["password"])
    async with node_client("socket_io", url=pair.there.url, token=pair.token) as client:
        await client.told("connected")
        await client.told("event", event="dashboard:update")

        notice = {"userIds": [pair.user_id], "title": "Hello"}
        await graphql(pair.here.http, pair.token, SEND, input=notice)
        told = await client.told("event", event="notification:new")
        assert told["data"]["title"] == "Hello"

        headers = bearer(bella["access_token"])
        async with connect(f"{pair.here.ws}/ws/b", additional_headers=headers):
            told = await client.told("event", event="user:status_change")
            while told["data"]["user_id"] != bella["user"]["id"]:
                told = await client.told("event", event="user:status_change")
            assert told["data"]["status"] == "ONLINE"


@needs_node
async def test_socket_io_without_a_good_token_is_refused(pair: Pair) -> None:
    async with node_client("socket_io", url=pair.there.url, token="no") as client:
        assert (await client.told("refused"))["message"]


async def test_a_plain_socket_goes_on_where_it_was(pair: Pair) -> None:
    headers = bearer(pair.token)
    url = f"{pair.there.ws_url}/ws/test"
    async with connect(url, additional_headers=headers) as socket:
        ready = json.loads(await socket.recv())
        assert ready["event"] == "ready"
    await pair.happens("while away")
    after = ready["data"]["cursor"]
    async with connect(f"{url}?after={after}", additional_headers=headers) as socket:
        told = [json.loads(await socket.recv()) for _ in range(2)]
        while told[-1]["event"] != "activity:new":
            told.append(json.loads(await socket.recv()))
        assert told[-1]["data"]["summary"] == "while away"
