"""Open sockets do not outlive what let them in, on any replica."""

import httpx
import pytest

from app.settings.settings import Settings
from app.sockets.open_socket import RENEWED
from app.sockets.sockets import OPEN
from app.sockets.watch import RECHECK_S
from app.sockets.wire import CLOSED
from domain.principal import Role
from domain.users import User
from tests.support.clock import ManualClock
from tests.support.factories import (
    PASSWORD,
    bearer,
    bearing,
    make_user,
    sign_in,
)
from tests.support.live import happened, until
from tests.support.live_sockets import LiveClient, dialled, listening
from tests.support.replicas import Replica, all_left, replica

LIFE_S = 1_800
NEW = "activity:new"


async def is_open(client: LiveClient) -> bool:
    """It still answers."""
    await client.say(type="ping")
    return bool(await client.hear("pong"))


async def test_signing_out_closes_the_session_s_sockets_on_every_replica(
    here: Replica, there: Replica, http: httpx.AsyncClient, boss: User
) -> None:
    phone, desk = await sign_in(http, boss), await sign_in(http, boss)
    async with (
        listening(here, phone.access) as first,
        listening(there, phone.access) as second,
        listening(there, desk.access) as other,
    ):
        await http.post("/api/v1/auth/logout", headers=phone.headers)

        assert (await first.code(), await second.code()) == (4401, 4401)
        assert await is_open(other)


async def test_signing_out_everywhere_closes_them_all(
    there: Replica, http: httpx.AsyncClient, boss: User
) -> None:
    phone, desk = await sign_in(http, boss), await sign_in(http, boss)
    async with (
        listening(there, phone.access) as first,
        listening(there, desk.access) as second,
    ):
        body = {"everywhere": True}
        await http.post("/api/v1/auth/logout", headers=phone.headers, json=body)

        assert (await first.code(), await second.code()) == (4401, 4401)


async def test_another_password_closes_all_but_one_s_own(
    there: Replica, http: httpx.AsyncClient, boss: User
) -> None:
    mine, other = await sign_in(http, boss), await sign_in(http, boss)
    async with (
        listening(there, mine.access) as kept,
        listening(there, other.access) as lost,
    ):
        change = 'mutation { changePassword(currentPassword: "%s", newPassword: "%s") }'
        text = change % (PASSWORD, "another horse battery staple")
        await http.post("/graphql", json={"query": text}, headers=mine.headers)

        assert await lost.code() == 4401
        assert await is_open(kept)


@pytest.mark.parametrize("way", ["disabled", "deleted"])
async def test_who_is_disabled_or_deleted_is_closed_4401(
    *,
    there: Replica,
    http: httpx.AsyncClient,
    ben: User,
    token: str,
    ben_token: str,
    way: str,
) -> None:
    async with listening(there, ben_token) as client:
        path = f"/api/v1/users/{ben.id}"
        if way == "deleted":
            await http.delete(path, headers=bearer(token))
        else:
            change = {"status": "DISABLED"}
            await http.put(path, json=change, headers=bearer(token))

        assert await client.code() == 4401


async def test_a_revocation_nobody_told_of_is_noticed_within_30_s(
    here: Replica, clock: ManualClock, boss: User, token: str
) -> None:
    async with listening(here, token) as client:
        await here.services.repos.sessions.revoke_all(boss.id)
        assert RECHECK_S < 30
        clock.advance(RECHECK_S)

        assert await client.code() == 4401


async def test_a_session_that_ended_before_anybody_watched_it_is_noticed(
    here: Replica, boss: User, token: str
) -> None:
    context = await bearing(here.services, token)
    await here.services.repos.sessions.revoke_all(boss.id)
    closed: list[int] = []

    async with here.sockets.open(context, "test", lambda code, _: closed.append(code)):
        await until(lambda: closed)

    assert closed == [4401]


async def test_a_token_that_expires_closes_4403(
    here: Replica, clock: ManualClock, token: str
) -> None:
    async with listening(here, token) as client:
        clock.advance(LIFE_S - 1)
        assert await is_open(client)
        clock.advance(1)

        assert await client.code() == 4403


async def test_a_token_renewed_in_place_goes_on_and_loses_nothing(
    here: Replica, clock: ManualClock, boss: User, http: httpx.AsyncClient
) -> None:
    old = await sign_in(http, boss)
    renewed = RENEWED.value("ws")
    async with listening(here, old.access) as client:
        clock.advance(LIFE_S - 60)
        new = await sign_in(http, boss)
        await client.say(type="auth", token=new.access)
        answer = await client.hear("renewed")
        assert answer["data"] == {"expires_at": "2025-06-21T10:59:00.000Z"}

        clock.advance(120)
        await here.services.live.bus.publish(happened("a_1"))
        while (await client.hear(NEW))["data"]["id"] != "a_1":
            pass
        assert await is_open(client)
        assert RENEWED.value("ws") == renewed + 1

        # It is the new session's now.
        await http.post("/api/v1/auth/logout", headers=new.headers)
        assert await client.code() == 4401


async def test_nobody_goes_on_with_another_s_token(
    here: Replica, token: str, ben_token: str
) -> None:
    for other, code in ((ben_token, 4403), ("nonsense", 4401)):
        async with listening(here, token) as client:
            await client.say(type="auth", token=other)

            assert await client.code() == code


async def test_another_role_is_felt_by_the_next_event(
    *,
    here: Replica,
    there: Replica,
    http: httpx.AsyncClient,
    ben: User,
    token: str,
    ben_token: str,
) -> None:
    async def become(role: Role) -> None:
        path, change = f"/api/v1/users/{ben.id}", {"role": role}
        answer = await http.put(path, json=change, headers=bearer(token))
        assert answer.is_success

    bus = here.services.live.bus
    async with listening(there, ben_token) as client:
        await bus.publish(happened("unseen_1"))
        await become(Role.ADMIN)
        # Theirs to see in either role: the change itself, as it is about them.
        while (await client.hear(NEW))["data"]["action"] != "user.updated":
            pass
        while not client.events(NEW)[-1]["data"]["id"].startswith("seen"):
            await bus.publish(happened(f"seen_{len(client.heard)}"))
            await is_open(client)
        await become(Role.MEMBER)
        await bus.publish(happened("unseen_2"))
        await bus.publish(happened("last", actor_id=ben.id))
        while (await client.hear(NEW))["data"]["id"] != "last":
            pass

        ids = {frame["data"]["id"] for frame in client.events(NEW)}
        assert not ids.intersection({"unseen_1", "unseen_2"})


@pytest.mark.parametrize(
    ("limit", "same_user"),
    [
        ("sockets_per_user_max", True),
        ("sockets_per_address_max", False),
        ("sockets_per_worker_max", False),
    ],
)
async def test_one_too_many_is_closed_1013_and_a_place_that_is_free_is_taken(
    settings: Settings, clock: ManualClock, limit: str, *, same_user: bool
) -> None:
    async with replica(settings.model_copy(update={limit: 1}), clock) as here:
        async with httpx.AsyncClient(base_url=here.http) as http:
            first = await sign_in(http, await make_user(here.services))
            other = await sign_in(http, await make_user(here.services))
        second = first if same_user else other
        async with listening(here, first.access):
            async with dialled(here, second.access) as client:
                assert await client.code() == 1013
            if same_user:
                async with listening(here, other.access):
                    pass
        await all_left(here.sockets)
        async with listening(here, second.access):
            pass


async def test_a_drain_closes_1012_and_refuses_who_comes_then(
    here: Replica, token: str, ben_token: str
) -> None:
    async with (
        listening(here, token) as first,
        listening(here, ben_token) as second,
    ):
        await here.sockets.drain(0.1)

        assert (await first.code(), await second.code()) == (1012, 1012)
    async with dialled(here, token) as late:
        assert await late.code() == 1012


async def test_open_sockets_and_how_they_ended_are_counted(
    here: Replica, boss: User, token: str, http: httpx.AsyncClient
) -> None:
    before, left, ended = (
        OPEN.value("ws"),
        CLOSED.value("ws", "left"),
        CLOSED.value("ws", "4401"),
    )
    async with listening(here, token) as one:
        async with listening(here, token):
            assert OPEN.value("ws") == before + 2
        await http.post("/api/v1/auth/logout", headers=bearer(token))
        assert await one.code() == 4401
    await all_left(here.sockets)

    assert OPEN.value("ws") == before
    assert CLOSED.value("ws", "left") == left + 1
    assert CLOSED.value("ws", "4401") == ended + 1
    figures = (await http.get("/metrics", headers=bearer("-"))).text
    assert f'dashboard_sockets_open{{protocol="ws"}} {before}' in figures
