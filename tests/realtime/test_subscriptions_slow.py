"""Whoever reads slowly, or may not read any more, disturbs nobody else."""

import pytest

from app.sockets import wire as socket_wire
from domain.events import Topic
from domain.principal import Role
from domain.users import AccountStatus, User, UserChange
from realtime import figures
from resolvers import users
from resolvers.sessions import revoke_session
from tests.support.factories import acting, bearing, make_user
from tests.support.graphql_sockets import connected, started
from tests.support.live import happened, until
from tests.support.replicas import Replica

WORDS = " ".join(f"s{number}: summary" for number in range(14))
ACTIVITY = f"""subscription {{ activityAdded {{
  ... on ActivityAdded {{ activity {{ id {WORDS} }} }}
}} }}"""


async def test_who_stops_reading_is_bounded_and_still_gets_all_in_order(
    here: Replica, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_wire, "SLOW_S", 600)
    token = await here.token_of(boss)
    async with connected(here, token) as slow, connected(here, token) as quick:
        await started(slow, "log", ACTIVITY)
        await quick.subscribe("log", ACTIVITY)
        await quick.subscribe("q", "{ onlineUsers { id } }")
        await quick.about("q")
        slow.connection.transport.pause_reading()
        dropped = figures.DROPPED.value("shared")
        events = [happened(summary="s" * 500) for _ in range(600)]
        await here.services.live.bus.publish(*events)
        for event in events:
            assert (await quick.data("log"))["activity"]["id"] == event.activity.id
        # What waits for the slow one was dropped rather than kept...
        assert figures.DROPPED.value("shared") > dropped

        slow.connection.transport.resume_reading()

        # ... and is read again from the log, which has it all.
        for event in events:
            assert (await slow.data("log"))["activity"]["id"] == event.activity.id


async def test_a_revoked_session_is_closed_on_every_replica(
    here: Replica, there: Replica, boss: User
) -> None:
    ana = await make_user(here.services)
    token = await here.token_of(ana)
    async with connected(here, token) as one, connected(there, token) as two:
        for client in (one, two):
            await client.subscribe("log", ACTIVITY)
            await client.settled()
        ctx = await bearing(here.services, token)
        assert ctx.principal.session_id is not None

        await revoke_session(acting(here.services, boss), ctx.principal.session_id)
        await here.did(boss, "late.news", by=ana)

        for client in (one, two):
            assert await client.code() == 4401
            assert not [m for m in client.others if "late.news" in str(m)]


async def test_an_account_that_is_gone_is_closed_on_every_replica(
    here: Replica, there: Replica, boss: User
) -> None:
    ctx = acting(here.services, boss)
    for how in ("disabled", "deleted"):
        ana = await make_user(here.services, role=Role.ADMIN)
        async with connected(there, await here.token_of(ana)) as client:
            if how == "disabled":
                change = UserChange(status=AccountStatus.DISABLED)
                await users.update_user(ctx, ana.id, change)
            else:
                await users.delete_user(ctx, ana.id)

            assert await client.code() == 4401, how


async def test_sockets_that_are_cut_leave_nothing_behind(
    here: Replica, boss: User
) -> None:
    token = await here.token_of(boss)
    for _ in range(30):
        async with connected(here, token) as client:
            await client.subscribe("log", ACTIVITY)
            client.connection.transport.abort()

    await until(lambda: not list(here.sockets._watch))
    await until(lambda: not here.services.live.hub.hears(Topic.ACTIVITY))
    assert figures.SHARED.value("members") == 0
