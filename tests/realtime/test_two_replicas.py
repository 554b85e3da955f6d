"""What holds between two replicas: tokens, sessions, and whom sockets let in."""

import asyncio
import base64
import json
import logging
from collections.abc import AsyncIterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from domain.events import Topic
from domain.users import User
from tests.support.factories import (
    Tokens,
    bearer,
    make_admin,
    make_user,
    open_session,
    sign_in,
)
from tests.support.graphql_sockets import connected, dialled, started
from tests.support.live_sockets import dialled as dialled_plain
from tests.support.live_sockets import listening
from tests.support.replicas import Replica
from tests.support.rest import data_of

REFRESH = "/api/v1/auth/refresh"
ME = "/api/v1/auth/me"
ACTIVITY = "subscription { activityAdded { __typename } }"


@pytest.fixture
async def doors(
    here: Replica, there: Replica
) -> AsyncIterator[list[httpx.AsyncClient]]:
    async with (
        httpx.AsyncClient(base_url=here.http) as one,
        httpx.AsyncClient(base_url=there.http) as other,
    ):
        yield [one, other]


@pytest.fixture
async def ana(here: Replica) -> User:
    return await make_user(here.services)


async def statuses(doors: list[httpx.AsyncClient], tokens: Tokens) -> list[int]:
    """What the access token and then the refresh token get, at each replica."""
    body = {"refresh_token": tokens.refresh}
    answers = [await door.get(ME, headers=tokens.headers) for door in doors]
    answers += [await door.post(REFRESH, json=body) for door in doors]
    return [one.status_code for one in answers]


def forgeries(good: str) -> list[str]:
    """Not ours, though they say what ours says."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    head, body, mac = good.split(".")
    ours = json.loads(base64.urlsafe_b64decode(head + "=="))
    heads = [{**ours, "alg": name} for name in ("none", "None", "", "HS512", "RS256")]
    heads += [{**ours, "kid": "/dev/null"}, {**ours, "typ": "JWT"}]
    return [
        *(f"{part(one)}.{body}.{mac}" for one in heads),
        f"{part(heads[0])}.{body}.",
        f"{head}.{body}",
        f"{head}.{body}.",
        f"{good}.{mac}",
        f"{head}.{body}.{mac[::-1]}",
    ]


async def test_no_socket_takes_a_token_that_is_not_ours(
    here: Replica, ana: User
) -> None:
    good = (await open_session(here.services, ana)).access_token

    for token in forgeries(good):
        async with dialled(here) as client, dialled_plain(here, token) as plain:
            payload = bearer(token)
            await client.say(type="connection_init", payload=payload)
            assert (await client.code(), await plain.code()) == (4403, 4401), token
    async with connected(here, good):
        pass


async def test_twenty_refreshes_at_two_replicas_get_one_successor(
    here: Replica, doors: list[httpx.AsyncClient], ana: User
) -> None:
    tokens = await sign_in(doors[0], ana)
    body = {"refresh_token": tokens.refresh}

    answers = await asyncio.gather(
        *(doors[n % 2].post(REFRESH, json=body) for n in range(20))
    )

    pairs = [data_of(answer) for answer in answers]
    assert len({(one["access_token"], one["refresh_token"]) for one in pairs}) == 1
    assert len(await here.services.repos.sessions.of_user(ana.id)) == 1


async def test_a_logout_ends_both_tokens_and_every_socket_everywhere(
    here: Replica, there: Replica, doors: list[httpx.AsyncClient], ana: User
) -> None:
    tokens = await sign_in(doors[0], ana)
    async with (
        connected(there, tokens.access) as client,
        listening(there, tokens.access) as plain,
    ):
        await started(client, "log", ACTIVITY)
        assert (await doors[1].get(ME, headers=tokens.headers)).is_success

        await doors[0].post("/api/v1/auth/logout", headers=tokens.headers)

        assert await statuses(doors, tokens) == [401] * 4
        assert await client.code() == 4401
        assert await plain.code() == 4401
        assert len(client.others) <= 1  # its own end, and nothing after
        assert not there.services.live.hub.hears(Topic.ACTIVITY)


@pytest.mark.parametrize("way", ["disabled", "deleted"])
async def test_who_is_disabled_or_deleted_is_out_everywhere_at_once(
    here: Replica, doors: list[httpx.AsyncClient], ana: User, way: str
) -> None:
    tokens = await sign_in(doors[1], ana)
    boss = await sign_in(doors[0], await make_admin(here.services))
    assert (await doors[1].get(ME, headers=tokens.headers)).is_success
    path = f"/api/v1/users/{ana.id}"

    if way == "deleted":
        await doors[0].delete(path, headers=boss.headers)
    else:
        change = {"status": "DISABLED"}
        await doors[0].put(path, json=change, headers=boss.headers)

    assert await statuses(doors, tokens) == [401] * 4


async def test_a_handshake_that_is_refused_is_no_error_of_ours(
    here: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
            with pytest.raises(InvalidStatus):
                async with dialled(here, headers=headers):
                    pass

    assert [one.message for one in caplog.records if one.levelno > 20] == []
