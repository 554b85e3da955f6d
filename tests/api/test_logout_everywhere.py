"""Signing out, and changing the password."""

import pytest

from domain.errors import BadCredentials, InvalidInput, NotAllowed, NotAuthenticated
from resolvers import auth
from resolvers.context import Services
from tests.support.factories import (
    PASSWORD,
    acting,
    bearing,
    make_api_key,
    make_user,
    open_session,
)
from tests.support.trail import trail

NEW_PASSWORD = "another good password of mine"


async def is_in(services: Services, token: str) -> bool:
    return (await bearing(services, token)).principal.user_id is not None


async def test_a_logout_ends_this_session_alone(services: Services) -> None:
    user = await make_user(services)
    here, there = [await open_session(services, user) for _ in range(2)]

    assert await auth.logout(await bearing(services, here.access_token))

    assert not await is_in(services, here.access_token)
    assert await is_in(services, there.access_token)
    (entry,) = await trail(services, "auth.logout")
    assert entry.actor_id == user.id


async def test_a_logout_everywhere_ends_them_all(services: Services) -> None:
    user, other = [await make_user(services) for _ in range(2)]
    mine = [await open_session(services, user) for _ in range(3)]
    theirs = await open_session(services, other)

    ctx = await bearing(services, mine[0].access_token)
    assert await auth.logout(ctx, everywhere=True)

    assert not any([await is_in(services, one.access_token) for one in mine])
    assert await is_in(services, theirs.access_token)


async def test_nobody_and_no_machine_logs_out(services: Services) -> None:
    with pytest.raises(NotAuthenticated):
        await auth.logout(acting(services))
    secret = await make_api_key(services, await make_user(services))
    with pytest.raises(NotAllowed):
        await auth.logout(await bearing(services, secret))


async def test_a_new_password_ends_every_other_session(services: Services) -> None:
    user = await make_user(services)
    here, there = [await open_session(services, user) for _ in range(2)]
    ctx = await bearing(services, here.access_token)

    assert await auth.change_password(ctx, PASSWORD, NEW_PASSWORD)

    assert await is_in(services, here.access_token)
    assert not await is_in(services, there.access_token)
    with pytest.raises(BadCredentials):
        await auth.login(acting(services), user.email, PASSWORD)
    assert await auth.login(acting(services), user.email, NEW_PASSWORD)
    (entry,) = await trail(services, "user.password_changed")
    assert entry.target_id == user.id
    assert NEW_PASSWORD not in repr(entry)


async def test_a_wrong_current_password_changes_nothing(services: Services) -> None:
    user = await make_user(services)
    ctx = await bearing(services, (await open_session(services, user)).access_token)

    with pytest.raises(BadCredentials):
        await auth.change_password(ctx, "not the password", NEW_PASSWORD)

    assert await open_session(services, user)


@pytest.mark.parametrize("new", ["short", "password2024!!", PASSWORD, "x" * 600])
async def test_a_poor_new_password_is_refused_by_field(
    services: Services, new: str
) -> None:
    user = await make_user(services)
    ctx = await bearing(services, (await open_session(services, user)).access_token)

    with pytest.raises(InvalidInput) as caught:
        await auth.change_password(ctx, PASSWORD, new)

    assert caught.value.problems[0].field == "newPassword"


async def test_a_fresh_token_of_ones_own_renews_a_connection(
    services: Services,
) -> None:
    user = await make_user(services)
    signed_in = await open_session(services, user)
    ctx = await bearing(services, signed_in.access_token)
    fresh = await auth.refresh(acting(services), signed_in.refresh_token)

    expires_ms = await auth.renew(ctx, fresh.access_token)

    claims = services.tokens.verify(fresh.access_token, "access")
    assert expires_ms == claims.exp_s * 1000
    assert ctx.principal.token_expires_ms == expires_ms


async def test_no_other_token_renews_a_connection(services: Services) -> None:
    user = await make_user(services)
    ctx = await bearing(services, (await open_session(services, user)).access_token)
    theirs = await open_session(services, await make_user(services))
    machine = await make_api_key(services, user)

    with pytest.raises(NotAllowed):
        await auth.renew(ctx, theirs.access_token)
    with pytest.raises(NotAllowed):
        await auth.renew(ctx, machine)
    with pytest.raises(NotAuthenticated):
        await auth.renew(ctx, "nonsense")
    assert ctx.principal.user_id == user.id
