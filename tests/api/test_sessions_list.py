"""Where somebody is signed in, and ending it."""

import httpx
import pytest

from domain.activity import Activity
from domain.errors import NotAllowed, NotAuthenticated, NotFound, Unavailable
from resolvers import auth, sessions
from resolvers.context import Services
from tests.support.clients import GraphQLClient
from tests.support.clock import ManualClock
from tests.support.factories import (
    acting,
    bearer,
    bearing,
    make_admin,
    make_api_key,
    make_user,
    open_session,
)
from tests.support.trail import trail


async def test_one_sees_ones_own_live_sessions_newest_first(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    await open_session(services, await make_user(services))
    opened = []
    for _ in range(3):
        ctx = await bearing(services, (await open_session(services, user)).access_token)
        opened.append(ctx)
        clock.advance(1)
    await auth.logout(opened[1])

    listed = await sessions.list_sessions(opened[2])

    ids = [ctx.principal.session_id for ctx in opened]
    assert [session.id for session in listed] == [ids[2], ids[0]]


async def test_the_sessions_of_others_are_for_administrators(
    services: Services,
) -> None:
    user, other = [await make_user(services) for _ in range(2)]
    await open_session(services, user)
    admin = await make_admin(services)

    for viewer, seen in ((user, 1), (admin, 1), (other, None)):
        found = await sessions.sessions_of(acting(services, viewer), user)
        assert (None if found is None else len(found)) == seen


async def test_ending_a_session_is_felt_by_its_next_request(
    services: Services,
) -> None:
    user = await make_user(services)
    here, there = [await open_session(services, user) for _ in range(2)]
    ctx = await bearing(services, here.access_token)
    there_id = (await bearing(services, there.access_token)).principal.session_id
    assert there_id is not None

    assert await sessions.revoke_session(ctx, there_id)

    assert not (await bearing(services, there.access_token)).principal.user_id
    assert (await bearing(services, here.access_token)).principal.user_id
    assert not await sessions.revoke_session(ctx, there_id)
    (entry,) = await trail(services, "session.revoked")
    assert entry.target_id == user.id


async def test_all_others_end_at_once_each_with_its_entry_and_this_one_stays(
    http: httpx.AsyncClient, services: Services
) -> None:
    user, other = [await make_user(services) for _ in range(2)]
    here, *others = [await open_session(services, user) for _ in range(4)]
    theirs = await open_session(services, other)
    ids = {
        (await bearing(services, one.access_token)).principal.session_id
        for one in others
    }
    mine = GraphQLClient(http, bearer(here.access_token))

    data = await mine.data("mutation { revokeOtherSessions }")
    again = await mine.data("mutation { revokeOtherSessions }")

    assert (set(data["revokeOtherSessions"]), again["revokeOtherSessions"]) == (ids, [])
    for one in others:
        assert not (await bearing(services, one.access_token)).principal.user_id
    for one in (here, theirs):
        assert (await bearing(services, one.access_token)).principal.user_id
    entries = await trail(services, "session.revoked")
    assert [one.target_id for one in entries] == [user.id] * len(others)


async def test_a_failure_half_way_is_told_and_what_ended_has_its_entry(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(services)
    here, *others = [await open_session(services, user) for _ in range(3)]
    ctx = await bearing(services, here.access_token)
    first, second = [await bearing(services, one.access_token) for one in others]
    kept = second.principal.session_id
    revoke = services.repos.sessions.revoke

    async def failing(session_id: str, *, entry: Activity | None = None) -> bool:
        if session_id == kept:
            raise Unavailable
        return await revoke(session_id, entry=entry)

    monkeypatch.setattr(services.repos.sessions, "revoke", failing)

    with pytest.raises(Unavailable):
        await sessions.revoke_other_sessions(ctx)

    first, second = [await bearing(services, one.access_token) for one in others]
    assert (first.principal.user_id, second.principal.session_id) == (None, kept)
    assert len(await trail(services, "session.revoked")) == 1


async def test_an_administrator_ends_anybodys_session(services: Services) -> None:
    signed_in = await open_session(services, await make_user(services))
    ctx = await bearing(services, signed_in.access_token)
    assert ctx.principal.session_id is not None
    admin = acting(services, await make_admin(services))

    assert await sessions.revoke_session(admin, ctx.principal.session_id)

    assert not (await bearing(services, signed_in.access_token)).principal.user_id


@pytest.mark.parametrize("session_id", ["", "s_none", "\ud800", "a" * 300, "u_1"])
async def test_no_such_session_is_not_found(
    services: Services, session_id: str
) -> None:
    ctx = acting(services, await make_user(services))

    with pytest.raises(NotFound):
        await sessions.revoke_session(ctx, session_id)


async def test_a_session_of_somebody_else_is_as_good_as_none(
    services: Services,
) -> None:
    signed_in = await open_session(services, await make_user(services))
    theirs = (await bearing(services, signed_in.access_token)).principal.session_id
    assert theirs is not None

    with pytest.raises(NotFound):
        await sessions.revoke_session(
            acting(services, await make_user(services)), theirs
        )
    assert (await bearing(services, signed_in.access_token)).principal.user_id


async def test_nobody_and_no_machine_has_sessions(services: Services) -> None:
    with pytest.raises(NotAuthenticated):
        await sessions.list_sessions(acting(services))
    secret = await make_api_key(services, await make_admin(services))
    with pytest.raises(NotAllowed):
        await sessions.list_sessions(await bearing(services, secret))
