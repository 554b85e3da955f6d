"""Refreshing: one successor for everybody, and none for a thief."""

import asyncio
from dataclasses import replace

import pytest

from domain.activity import Severity
from domain.errors import BadRefreshToken
from domain.principal import Role
from domain.users import AccountStatus, UserChange
from kit.tokens import TokenSigner
from resolvers import auth, users
from resolvers.context import Services
from resolvers.sign_in import SignIn
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import (
    acting,
    bearing,
    make_admin,
    make_user,
    open_session,
)
from tests.support.trail import trail

WEEK_S = 604_800
OLD_KEY = "the old key of these tests, long enough"
NEW_KEY = "the new key of these tests, long enough"


async def refresh(services: Services, signed_in: SignIn) -> SignIn:
    return await auth.refresh(acting(services), signed_in.refresh_token)


async def is_refused(services: Services, signed_in: SignIn) -> bool:
    try:
        await refresh(services, signed_in)
    except BadRefreshToken:
        return True
    return False


async def is_in(services: Services, signed_in: SignIn) -> bool:
    ctx = await bearing(services, signed_in.access_token)
    return ctx.principal.user_id is not None


def pair(signed_in: SignIn) -> tuple[str, str]:
    return signed_in.access_token, signed_in.refresh_token


async def test_a_refresh_token_is_spent_for_a_new_pair(
    services: Services, clock: ManualClock
) -> None:
    first = await open_session(services, await make_user(services))
    clock.advance(60)

    second = await refresh(services, first)

    assert not {*pair(first)} & {*pair(second)}
    assert await is_in(services, second)
    assert await is_in(services, first)  # an access token lives out its time
    assert second.expires_in_s == 1_800


async def test_twenty_at_once_get_one_and_the_same_successor(
    services: Services,
) -> None:
    user = await make_user(services)
    first = await open_session(services, user)

    answers = await asyncio.gather(*(refresh(services, first) for _ in range(20)))

    assert len({pair(answer) for answer in answers}) == 1
    assert await is_in(services, answers[0])
    assert await refresh(services, answers[0])
    assert len(await services.repos.sessions.of_user(user.id)) == 1


async def test_a_repeat_within_ten_seconds_gets_the_same_pair_byte_for_byte(
    services: Services, clock: ManualClock
) -> None:
    first = await open_session(services, await make_user(services))
    clock.advance(0.7)
    second = await refresh(services, first)

    clock.advance(9.9)
    again = await refresh(services, first)

    assert pair(again) == pair(second)
    assert again.expires_in_s in (1_790, 1_791)


async def test_a_repeat_across_a_key_rotation_gets_the_same_successor(
    services: Services, clock: ManualClock
) -> None:
    before = replace(services, tokens=TokenSigner([OLD_KEY], clock))
    during = replace(services, tokens=TokenSigner([NEW_KEY, OLD_KEY], clock))
    first = await open_session(before, await make_user(services))
    second = await refresh(before, first)

    again = await refresh(during, first)

    def claims(signed_in: SignIn) -> object:
        return during.tokens.verify(signed_in.refresh_token, "refresh")

    assert claims(again) == claims(second)
    third = await refresh(during, again)
    assert await is_in(during, third)


async def test_a_spent_token_after_ten_seconds_ends_the_whole_family(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    first = await open_session(services, user)
    second = await refresh(services, first)
    assert await is_in(services, second)
    clock.advance(10.001)

    assert await is_refused(services, first)

    assert await is_refused(services, second)
    assert not await is_in(services, first)
    assert not await is_in(services, second)
    (entry,) = await trail(services, "auth.refresh_reuse")
    assert (entry.severity, entry.target_id) == (Severity.WARNING, user.id)
    assert first.refresh_token not in repr(entry)


async def test_a_grandparent_is_theft_at_any_time(services: Services) -> None:
    first = await open_session(services, await make_user(services))
    second = await refresh(services, first)
    third = await refresh(services, second)

    assert await is_refused(services, first)
    assert await is_refused(services, third)


async def test_a_theft_seen_by_twenty_at_once_is_told_once(
    services: Services, clock: ManualClock
) -> None:
    first = await open_session(services, await make_user(services))
    await refresh(services, first)
    clock.advance(11)

    refused = await asyncio.gather(*(is_refused(services, first) for _ in range(20)))

    assert all(refused)
    assert len(await trail(services, "auth.refresh_reuse")) == 1


async def test_a_theft_in_one_session_leaves_the_others_alone(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    stolen, other = [await open_session(services, user) for _ in range(2)]
    await refresh(services, stolen)
    clock.advance(11)
    await is_refused(services, stolen)

    assert await is_in(services, other)
    assert await refresh(services, other)


async def test_a_session_ends_after_a_week_unused(
    services: Services, clock: ManualClock
) -> None:
    used = await open_session(services, await make_user(services))
    unused = await open_session(services, await make_user(services))
    clock.advance(WEEK_S - 1)
    used = await refresh(services, used)
    clock.advance(1)

    assert await is_refused(services, unused)
    clock.advance(WEEK_S - 2)
    assert await refresh(services, used)


async def test_a_session_ends_after_thirty_days_however_often_refreshed(
    services: Services, clock: ManualClock
) -> None:
    current = await open_session(services, await make_user(services))
    for _ in range(5):
        clock.advance(6 * 86_400 - 1)
        current = await refresh(services, current)

    clock.advance(6)

    assert await is_refused(services, current)
    assert not await is_in(services, current)


@pytest.mark.parametrize("round_", range(5))
async def test_a_refresh_that_races_a_logout_leaves_nothing_usable(
    services: Services, round_: int
) -> None:
    first = await open_session(services, await make_user(services))
    ctx = await bearing(services, first.access_token)

    _, *answers = await asyncio.gather(
        auth.logout(ctx),
        *(refresh(services, first) for _ in range(5)),
        return_exceptions=True,
    )

    for answer in answers:
        if isinstance(answer, SignIn):
            assert not await is_in(services, answer)
            assert await is_refused(services, answer)
        else:
            assert isinstance(answer, BadRefreshToken)
    assert await is_refused(services, first)


async def test_only_a_refresh_token_refreshes(services: Services) -> None:
    signed_in = await open_session(services, await make_user(services))

    for token in (signed_in.access_token, "", "nonsense", "a.b.c", "\ud800"):
        with pytest.raises(BadRefreshToken):
            await auth.refresh(acting(services), token)
    ctx = await bearing(services, signed_in.refresh_token)
    assert ctx.principal.user_id is None


async def test_nobody_disabled_or_deleted_refreshes(services: Services) -> None:
    admin = acting(services, await make_admin(services))
    disabled, deleted = [await make_user(services) for _ in range(2)]
    sessions = [await open_session(services, user) for user in (disabled, deleted)]

    await users.update_user(
        admin, disabled.id, UserChange(status=AccountStatus.DISABLED)
    )
    await users.delete_user(admin, deleted.id)

    assert [await is_refused(services, one) for one in sessions] == [True, True]


async def test_a_new_role_is_in_effect_after_a_refresh(services: Services) -> None:
    admin = acting(services, await make_admin(services))
    user = await make_user(services)
    signed_in = await open_session(services, user)
    await users.update_user(admin, user.id, UserChange(role=Role.ADMIN))

    signed_in = await refresh(services, signed_in)

    assert (await bearing(services, signed_in.access_token)).principal.is_admin


async def test_no_refresh_token_is_kept_anywhere(
    services: Services, database_ops: DatabaseOps
) -> None:
    first = await open_session(services, await make_user(services))
    second = await refresh(services, first)

    seen = repr([op.command for op in database_ops])
    for signed_in in (first, second):
        for token in pair(signed_in):
            assert token not in seen
            assert token.rpartition(".")[2] not in seen
        claims = services.tokens.verify(signed_in.refresh_token, "refresh")
        assert claims.jti not in seen


async def test_a_refresh_costs_two_reads_and_a_write_and_two_for_the_trail(
    services: Services, database_ops: DatabaseOps
) -> None:
    signed_in = await open_session(services, await make_user(services))
    database_ops.clear()

    await refresh(services, signed_in)

    assert len(database_ops.reads) == 2
    assert [op.collection for op in database_ops.writes] == [
        "sessions",
        "audit_logs",
        "dashboard_data",
    ]
