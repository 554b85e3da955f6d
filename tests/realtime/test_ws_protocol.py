"""graphql-transport-ws: who is let in, what may be said, and what each fault costs."""

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from domain.users import User
from tests.support.clock import ManualClock
from tests.support.factories import (
    Tokens,
    make_admin,
    make_api_key,
    open_session,
)
from tests.support.graphql_sockets import connected, dialled
from tests.support.replicas import Replica

LISTED = "https://dashboard.example.com"
ASK = {"query": "{ __typename }"}


@pytest.fixture
def changes() -> dict[str, Any]:
    return {"socket_sign_in_s": 1, "backend_cors_origins": (LISTED,)}


@pytest.fixture
async def tokens(here: Replica, boss: User) -> Tokens:
    return await here.tokens_of(boss)


async def test_another_protocol_is_not_spoken(here: Replica) -> None:
    for spoken in ([], ["graphql-ws"], ["soap", "graphql-ws"]):
        async with dialled(here, subprotocols=[*map(Subprotocol, spoken)]) as client:
            assert client.connection.subprotocol is None
            assert await client.code() == 4406, spoken


async def test_ours_is_chosen_among_others(here: Replica, tokens: Tokens) -> None:
    spoken = [Subprotocol("graphql-ws"), Subprotocol("graphql-transport-ws")]
    async with dialled(here, subprotocols=spoken) as client:
        assert client.connection.subprotocol == "graphql-transport-ws"
        await client.sign_in(tokens.access)


async def test_a_page_of_another_origin_is_refused(here: Replica) -> None:
    for origin in ("https://evil.example", "null", f"{LISTED}.evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            async with dialled(here, headers={"Origin": origin}):
                pass
        assert refused.value.response.status_code == 403, origin


async def test_a_listed_origin_and_our_own_are_let_in(
    here: Replica, tokens: Tokens
) -> None:
    for origin in (LISTED, here.http):
        async with dialled(here, headers={"Origin": origin}) as client:
            await client.sign_in(tokens.access)


async def test_who_says_nothing_in_time_is_closed_whatever_it_pings(
    here: Replica,
) -> None:
    async with dialled(here) as client:
        for _ in range(3):
            await client.say(type="ping")
            assert await client.hear() == {"type": "pong"}

        assert await client.code() == 4408


async def test_a_ping_is_answered_with_what_it_carried(
    here: Replica, tokens: Tokens
) -> None:
    async with connected(here, tokens.access) as client:
        await client.say(type="ping", payload={"n": [1, None]})
        assert await client.hear() == {"type": "pong", "payload": {"n": [1, None]}}
        await client.say(type="pong")
        await client.say(type="ping")
        assert await client.hear() == {"type": "pong"}


async def test_operations_wait_for_the_sign_in(here: Replica) -> None:
    async with dialled(here) as client:
        await client.say(id="1", type="subscribe", payload=ASK)

        assert await client.code() == 4401


async def test_signing_in_twice_is_one_too_many(here: Replica, tokens: Tokens) -> None:
    async with connected(here, tokens.access) as client:
        await client.say(type="connection_init")

        assert await client.code() == 4429


async def test_a_token_that_does_not_do_is_refused(
    here: Replica, tokens: Tokens, clock: ManualClock, boss: User
) -> None:
    expired = (await open_session(here.services, boss)).access_token
    clock.advance(3_600)
    fresh = (await open_session(here.services, boss)).access_token
    key = await make_api_key(here.services, await make_admin(here.services))
    said: list[Any] = [
        None,
        f"Bearer {expired}",
        f"Bearer {tokens.refresh}",
        f"Bearer {key}",
        "Bearer x",
        fresh,
        [f"Bearer {fresh}"],
        "",
    ]
    for token in said:
        async with dialled(here) as client:
            await client.say(type="connection_init", payload={"Authorization": token})
            assert await client.code() == 4403, token
    async with dialled(here) as client:
        await client.say(type="connection_init")
        assert await client.code() == 4403


async def test_a_token_elsewhere_than_in_the_payload_counts_for_nothing(
    here: Replica, tokens: Tokens
) -> None:
    async with dialled(here, headers=tokens.headers) as client:
        await client.say(type="connection_init")

        assert await client.code() == 4403


async def test_a_bad_first_frame_closes_4400(here: Replica) -> None:
    async with dialled(here) as client:
        await client.say(type="connection_init", payload=[])

        assert await client.code() == 4400


async def test_other_faults_have_codes_of_their_own(
    here: Replica, tokens: Tokens
) -> None:
    async with connected(here, tokens.access) as client:
        await client.connection.send(b"{}")
        assert await client.code() == 1003
    async with connected(here, tokens.access) as client:
        await client.connection.send("x" * 65_537)
        assert await client.code() == 1009
    async with connected(here, tokens.access) as client:
        await asyncio.gather(*(client.say(type="pong") for _ in range(501)))
        assert await client.code() == 1008
