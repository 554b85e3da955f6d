"""Who a token is, with Redis and without."""

from dataclasses import replace

import pytest

from app.settings.settings import Settings
from domain.errors import NotAuthenticated, TokenExpired
from domain.principal import ANONYMOUS, Role
from domain.users import AccountStatus, UserChange
from persistence.keys import SESSION
from resolvers import auth, users
from resolvers.authenticate import authenticate
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import (
    acting,
    bearing,
    make_admin,
    make_user,
    open_session,
)
from tests.support.outages import flush_all, without_redis


async def test_no_token_is_nobody(services: Services) -> None:
    assert await authenticate(services, None) == ANONYMOUS


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "udk_", "udk_\ud800", "é" * 5_000])
async def test_a_bad_token_is_nobody_with_a_reason(
    services: Services, token: str
) -> None:
    principal = await authenticate(services, token)

    assert principal.role is None
    with pytest.raises(NotAuthenticated):
        principal.require_user()


async def test_an_expired_token_says_that_it_is(
    services: Services, clock: ManualClock
) -> None:
    signed_in = await open_session(services, await make_user(services))
    clock.advance(1_800)

    principal = await authenticate(services, signed_in.access_token)

    with pytest.raises(TokenExpired):
        principal.require_user()


async def test_a_session_looked_up_lately_costs_no_read(
    services: Services, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    signed_in = await open_session(services, await make_user(services))
    await bearing(services, signed_in.access_token)
    database_ops.clear()

    clock.advance(services.limits.session_recheck_s)
    await bearing(services, signed_in.access_token)
    assert database_ops == []

    clock.advance(0.001)
    await bearing(services, signed_in.access_token)
    assert len(database_ops.reads) == 2


async def test_losing_all_of_redis_signs_nobody_out_and_nobody_in(
    services: Services, settings: Settings
) -> None:
    kept, ended = [
        await open_session(services, await make_user(services)) for _ in range(2)
    ]
    ended_ctx = await bearing(services, ended.access_token)
    await bearing(services, kept.access_token)
    await auth.logout(ended_ctx)

    flush_all(settings)

    assert (await bearing(services, kept.access_token)).principal.user_id
    assert not (await bearing(services, ended.access_token)).principal.user_id


async def test_a_cached_session_put_back_after_its_end_counts_for_nothing(
    services: Services,
) -> None:
    signed_in = await open_session(services, await make_user(services))
    ctx = await bearing(services, signed_in.access_token)
    claims = services.tokens.verify(signed_in.access_token, "access")
    key = SESSION.key(token=claims.jti)
    cached = await services.cache.get(key)
    assert cached is not None
    await auth.logout(ctx)

    await services.cache.set(key, cached, 1_800)

    assert not (await bearing(services, signed_in.access_token)).principal.user_id


@pytest.mark.parametrize("junk", [b"", b"{", b"null", b"[]", b"{}", b'{"epoch": 1}'])
async def test_junk_in_redis_is_a_miss(services: Services, junk: bytes) -> None:
    signed_in = await open_session(services, await make_user(services))
    claims = services.tokens.verify(signed_in.access_token, "access")
    await bearing(services, signed_in.access_token)

    await services.cache.set(SESSION.key(token=claims.jti), junk, 60)

    assert (await bearing(services, signed_in.access_token)).principal.user_id


async def test_everything_works_without_redis(services: Services) -> None:
    alone = without_redis(services)
    user = await make_user(alone)
    signed_in = await open_session(alone, user)
    assert (await bearing(alone, signed_in.access_token)).principal.user_id == user.id

    signed_in = await auth.refresh(acting(alone), signed_in.refresh_token)
    ctx = await bearing(alone, signed_in.access_token)
    assert await auth.logout(ctx)

    assert not (await bearing(alone, signed_in.access_token)).principal.user_id


async def test_a_change_made_without_redis_is_felt_within_the_recheck(
    services: Services, clock: ManualClock
) -> None:
    signed_in = await open_session(services, await make_user(services))
    await bearing(services, signed_in.access_token)
    cut_off = without_redis(services)
    await auth.logout(await bearing(cut_off, signed_in.access_token))

    clock.advance(services.limits.session_recheck_s + 0.001)

    assert not (await bearing(services, signed_in.access_token)).principal.user_id


async def test_a_role_is_felt_by_the_next_request(services: Services) -> None:
    admin = acting(services, await make_admin(services))
    user = await make_user(services)
    signed_in = await open_session(services, user)
    assert not (await bearing(services, signed_in.access_token)).principal.is_admin

    await users.update_user(admin, user.id, UserChange(role=Role.ADMIN))
    assert (await bearing(services, signed_in.access_token)).principal.is_admin

    await users.update_user(admin, user.id, UserChange(role=Role.MEMBER))
    assert not (await bearing(services, signed_in.access_token)).principal.is_admin


async def test_disabling_or_deleting_is_felt_by_the_next_request(
    services: Services,
) -> None:
    admin = acting(services, await make_admin(services))
    disabled, deleted = [await make_user(services) for _ in range(2)]
    tokens = [
        (await open_session(services, user)).access_token
        for user in (disabled, deleted)
    ]
    for token in tokens:
        assert (await bearing(services, token)).principal.user_id

    await users.update_user(
        admin, disabled.id, UserChange(status=AccountStatus.DISABLED)
    )
    await users.delete_user(admin, deleted.id)

    for token in tokens:
        assert not (await bearing(services, token)).principal.user_id


async def test_the_session_of_one_user_is_no_session_of_another(
    services: Services,
) -> None:
    signed_in = await open_session(services, await make_user(services))
    other = await make_user(services)
    claims = services.tokens.verify(signed_in.access_token, "access")

    token = services.tokens.sign(replace(claims, sub=other.id))

    assert not (await bearing(services, token)).principal.user_id


async def test_last_use_is_written_once_a_minute(
    services: Services, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    user = await make_user(services)
    signed_in = await open_session(services, user)
    await bearing(services, signed_in.access_token)
    database_ops.clear()
    clock.advance(59)
    await bearing(services, signed_in.access_token)
    assert database_ops.writes == []

    clock.advance(1)
    await bearing(services, signed_in.access_token)

    now_ms = services.clock.now_ms()
    (session,) = await services.repos.sessions.of_user(user.id)
    found = await services.repos.users.get(user.id)
    assert session.seen_ms == now_ms
    assert found is not None
    assert found.seen_ms == now_ms
