"""Whoever reads slowly, or may not read any more, disturbs nobody else."""

from collections.abc import AsyncIterator

import pytest

from app.settings.settings import Settings
from app.sockets import wire as socket_wire
from domain.activity import ActivityDraft
from domain.events import Topic
from domain.principal import Role
from domain.users import AccountStatus, User, UserChange
from realtime import figures
from resolvers import users
from resolvers.activity import record_activity
from resolvers.sessions import revoke_session
from tests.support.clock import ManualClock
from tests.support.factories import acting, bearing, make_admin, make_user, open_session
from tests.support.graphql_sockets import connected, started
from tests.support.live import until
from tests.support.replicas import Replica, replica

# Long results, as the kernel's buffers hold megabytes.
WORDS = " ".join(f"s{number}: summary" for number in range(14))
ACTIVITY = f"""subscription {{ activityAdded {{
  ... on ActivityAdded {{ activity {{ action {WORDS} }} }}
}} }}"""
CALLS, EACH = 2, 1_000


@pytest.fixture
async def here(settings: Settings, clock: ManualClock) -> AsyncIterator[Replica]:
    async with replica(settings, clock) as one:
        yield one


@pytest.fixture
async def there(settings: Settings, clock: ManualClock) -> AsyncIterator[Replica]:
    async with replica(settings, clock) as one:
        yield one


@pytest.fixture
async def boss(here: Replica) -> User:
    return await make_admin(here.services)


async def token_of(at: Replica, user: User) -> str:
    return (await open_session(at.services, user)).access_token


async def record(at: Replica, user: User, call: int) -> list[str]:
    actions = [f"shop.sold_{call * EACH + number}" for number in range(EACH)]
    drafts = [ActivityDraft(one, summary="s" * 500) for one in actions]
    await record_activity(acting(at.services, user), drafts)
    return actions


async def test_who_stops_reading_is_bounded_and_still_gets_all_in_order(
    here: Replica, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_wire, "SLOW_S", 600)
    token = await token_of(here, boss)
    async with connected(here, token) as slow, connected(here, token) as quick:
        await started(slow, "log", ACTIVITY)
        await quick.subscribe("log", ACTIVITY)
        await quick.subscribe("q", "{ onlineUsers { id } }")
        await quick.about("q")
        slow.connection.transport.pause_reading()
        dropped = figures.DROPPED.value("shared")
        expected = []
        for call in range(CALLS):
            actions = await record(here, boss, call)
            heard = [(await quick.data("log"))["activity"] for _ in actions]
            assert [one["action"] for one in heard] == actions
            expected += actions
        # What waits for the slow one was dropped rather than kept...
        assert figures.DROPPED.value("shared") > dropped

        slow.connection.transport.resume_reading()

        # ... and is read again from the log, which has it all.
        for action in expected:
            assert (await slow.data("log"))["activity"]["action"] == action


async def test_a_revoked_session_is_closed_on_every_replica(
    here: Replica, there: Replica, boss: User
) -> None:
    ana = await make_user(here.services)
    token = await token_of(here, ana)
    async with connected(here, token) as one, connected(there, token) as two:
        for client in (one, two):
            await client.subscribe("log", ACTIVITY)
            await client.settled()
        ctx = await bearing(here.services, token)
        assert ctx.principal.session_id is not None

        await revoke_session(acting(here.services, boss), ctx.principal.session_id)
        await record_activity(
            acting(here.services, boss), [ActivityDraft("late.news", actor_id=ana.id)]
        )

        for client in (one, two):
            assert await client.code() == 4401
            assert not [m for m in client.others if "late.news" in str(m)]


@pytest.mark.parametrize("how", ["disabled", "deleted"])
async def test_an_account_that_is_gone_is_closed_on_every_replica(
    here: Replica, there: Replica, boss: User, how: str
) -> None:
    ana = await make_user(here.services, role=Role.ADMIN)
    async with connected(there, await token_of(here, ana)) as client:
        ctx = acting(here.services, boss)
        if how == "disabled":
            change = UserChange(status=AccountStatus.DISABLED)
            await users.update_user(ctx, ana.id, change)
        else:
            await users.delete_user(ctx, ana.id)

        assert await client.code() == 4401


async def test_sockets_that_are_cut_leave_nothing_behind(
    here: Replica, boss: User
) -> None:
    token = await token_of(here, boss)
    for _ in range(30):
        async with connected(here, token) as client:
            await client.subscribe("log", ACTIVITY)
            client.connection.transport.abort()

    await until(lambda: not list(here.sockets._watch))
    await until(lambda: not here.services.live.hub.hears(Topic.ACTIVITY))
    assert figures.SHARED.value("members") == 0
