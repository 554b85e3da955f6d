"""The clients people use, against two replicas as an operator runs them."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from websockets.asyncio.client import connect

from app.settings.settings import Settings
from kit.clock import SystemClock
from kit.tokens import TokenSigner
from scripts import replicas
from scripts.replicas import SECRET, Databases, Replica, graphql, sign_in
from tests.support.factories import PASSWORD, bearer
from tests.support.node import NodeClient, needs_node, node_client
from tests.support.servers import empty

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]
RECORD = """mutation($events: [ActivityInput!]!) {
  recordActivity(events: $events) { accepted } }"""
ACTIVITY = """subscription {
  activityAdded(filter: {actions: ["thing.done"]}) {
    ... on ActivityAdded { cursor activity { summary } } ... on Gap { reason } } }"""
USERS = "subscription { dashboardUpdated { totalUsers { value } } }"
RENEW = """mutation($token: String!) {
  authenticate(accessToken: $token) { expiresAt } }"""
SEND = """mutation($input: NotificationInput!) { sendNotification(input: $input) }"""
CREATE = "mutation($input: CreateUserInput!) { createUser(input: $input) { id } }"
BELLA = {"email": "bella@example.com", "password": PASSWORD, "name": "Bella"}
REVOKE = "mutation($id: ID!) { revokeSession(id: $id) }"


@dataclass
class Pair:
    """Two replicas: what is done on the one is told by the other."""

    here: Replica
    there: Replica
    token: str
    user_id: str

    @property
    def socket_url(self) -> str:
        return f"{self.there.ws_url}/graphql"

    async def happens(self, summary: str) -> None:
        events = [{"action": "thing.done", "summary": summary}]
        await graphql(self.here.url, self.token, RECORD, events=events)

    async def token_for(self, seconds: int) -> str:
        """A fresh session's, which ends so soon."""
        fresh = (await sign_in(self.here.url))["access_token"]
        signer = TokenSigner([SECRET], SystemClock())
        claims = signer.verify(fresh, "access")
        return signer.sign(replace(claims, exp_s=int(time.time()) + seconds))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(
    servers: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Pair]:
    empty(servers)
    folder = tmp_path_factory.mktemp("replicas")
    at = Databases(servers)
    database = {"MONGODB_DATABASE": servers.mongodb_database}
    async with (
        replicas.running(at, folder, "here", **database) as here,
        replicas.running(at, folder, "there", **database) as there,
    ):
        signed_in = await sign_in(here.url)
        yield Pair(here, there, signed_in["access_token"], signed_in["user"]["id"])


async def watching(client: NodeClient, query: str = ACTIVITY) -> None:
    """Subscribes; returns when a later event will be told."""
    await client.do("subscribe", id="first", query=USERS)
    await client.told("next", id="first")
    await client.do("subscribe", id="watch", query=query)
    # Answered in order by one socket: the subscription has begun before this is.
    await client.do("subscribe", id="after", query="{ me { id } }")
    await client.told("complete", id="after")


def summary_of(told: dict[str, Any]) -> str:
    return str(told["data"]["activityAdded"]["activity"]["summary"])


@needs_node
async def test_what_happens_on_one_replica_is_told_once_by_the_other(
    pair: Pair,
) -> None:
    async with node_client("graphql_ws", url=pair.socket_url, token=pair.token) as one:
        await watching(one)
        await pair.happens("one")
        await pair.happens("two")

        assert summary_of(await one.told("next", id="watch")) == "one"
        assert summary_of(await one.told("next", id="watch")) == "two"
        await one.stays_quiet("next")


@needs_node
async def test_graphql_ws_and_sse_come_back_after_a_restart_and_go_on(
    pair: Pair,
) -> None:
    url = f"{pair.there.url}/graphql"
    async with (
        node_client("graphql_ws", url=pair.socket_url, token=pair.token) as socket,
        node_client("graphql_sse", url=url, token=pair.token) as stream,
    ):
        await watching(socket)
        await stream.do("subscribe", id="watch", query=ACTIVITY)
        await stream.told("connected", again=False)
        await pair.happens("before")
        assert summary_of(await socket.told("next", id="watch")) == "before"
        assert summary_of(await stream.told("next", id="watch")) == "before"

        await pair.there.stop()
        assert (await socket.told("closed"))["code"] == 1012
        await pair.happens("meanwhile")
        await pair.there.start()

        assert summary_of(await stream.told("next", id="watch")) == "meanwhile"
        await socket.told("connected", again=True)
        await socket.told("next", id="first")
        await pair.happens("after")
        assert summary_of(await stream.told("next", id="watch")) == "after"
        assert summary_of(await socket.told("next", id="watch")) == "after"
        await stream.stays_quiet("next")


@needs_node
async def test_a_token_that_runs_out_makes_graphql_ws_come_back_with_a_fresh_one(
    pair: Pair,
) -> None:
    token = await pair.token_for(2)
    async with node_client("graphql_ws", url=pair.socket_url, token=token) as client:
        await watching(client)
        await client.do("token", token=pair.token)

        assert (await client.told("closed"))["code"] == 4403
        await client.told("connected", again=True)
        await client.told("next", id="first")


@needs_node
async def test_a_token_renewed_in_place_keeps_every_subscription(pair: Pair) -> None:
    token = await pair.token_for(2)
    async with node_client("graphql_ws", url=pair.socket_url, token=token) as client:
        await watching(client)
        fresh = {"token": pair.token}
        await client.do("subscribe", id="renew", query=RENEW, variables=fresh)
        answer = await client.told("next", id="renew")
        assert answer["data"]["authenticate"]["expiresAt"].endswith("Z")

        await client.told("complete", id="renew")
        over_s = time.time() + 4
        while time.time() < over_s:  # the first token's time is up
            await client.stays_quiet("closed")
        await pair.happens("still here")
        assert summary_of(await client.told("next", id="watch")) == "still here"


@needs_node
async def test_a_revoked_session_is_final_for_graphql_ws_on_the_other_replica(
    pair: Pair,
) -> None:
    signed_in = await sign_in(pair.here.url)
    token = signed_in["access_token"]
    session_id = TokenSigner([SECRET], SystemClock()).verify(token, "access").sid
    async with node_client("graphql_ws", url=pair.socket_url, token=token) as client:
        await watching(client)
        await graphql(pair.here.url, pair.token, REVOKE, id=session_id)

        assert (await client.told("closed"))["code"] == 4401
        assert (await client.told("error", id="watch"))["code"] == 4401
        await client.stays_quiet("connected")


@needs_node
async def test_socket_io_is_told_the_documented_events(pair: Pair) -> None:
    await graphql(pair.here.url, pair.token, CREATE, input=BELLA)
    bella = await sign_in(pair.here.url, BELLA["email"], BELLA["password"])
    async with node_client("socket_io", url=pair.there.url, token=pair.token) as client:
        await client.told("connected")
        await client.told("event", event="dashboard:update")

        notice = {"userIds": [pair.user_id], "title": "Hello"}
        await graphql(pair.here.url, pair.token, SEND, input=notice)
        told = await client.told("event", event="notification:new")
        assert told["data"]["title"] == "Hello"

        headers = bearer(bella["access_token"])
        async with connect(f"{pair.here.ws_url}/ws/b", additional_headers=headers):
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
