"""Signing in: who gets a session, and what everybody else is told."""

from dataclasses import replace

import pytest

from domain.activity import Severity
from domain.errors import BadCredentials, InvalidInput, Unavailable
from domain.principal import Role
from domain.users import AccountStatus, UserChange
from kit.passwords import PasswordHasher
from kit.tokens import TokenSigner
from resolvers import auth, users
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.factories import (
    PASSWORD,
    acting,
    bearing,
    make_admin,
    make_user,
    open_session,
)
from tests.support.trail import trail

OLD_KEY = "the old key of these tests, long enough"
NEW_KEY = "the new key of these tests, long enough"


async def test_a_sign_in_hands_out_a_pair_that_is_good(services: Services) -> None:
    user = await make_user(services, name="Ana")

    signed_in = await open_session(services, user)

    ctx = await bearing(services, signed_in.access_token)
    assert ctx.principal.user_id == user.id
    assert ctx.principal.role is Role.MEMBER
    assert ctx.principal.label == "Ana"
    assert signed_in.expires_in_s == 1_800
    assert signed_in.user.id == user.id


async def test_the_request_that_signed_in_is_theirs_from_then_on(
    services: Services,
) -> None:
    user = await make_user(services)
    ctx = acting(services)

    await auth.login(ctx, user.email, PASSWORD)

    assert (await users.me(ctx)).id == user.id


async def test_an_address_is_found_in_any_spelling(services: Services) -> None:
    await make_user(services, email="ana@example.com")

    signed_in = await auth.login(acting(services), "  ANA@Example.COM ", PASSWORD)

    assert signed_in.user.email == "ana@example.com"


async def test_a_password_is_found_in_any_composition(services: Services) -> None:
    user = await make_user(services, password="Crème brûlée à volonté")

    decomposed = "Cre\u0300me bru\u0302le\u0301e a\u0300 volonte\u0301"
    assert await auth.login(acting(services), user.email, decomposed)


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("no address", PASSWORD, "email"),
        ("ana@example.com\x00", PASSWORD, "email"),
        ("ana@example.com", "x" * 513, "password"),
        ("ana@example.com", "\ud800" * 12, "password"),
        ("ana@example.com", "a\x00b", "password"),
    ],
)
async def test_what_cannot_be_right_is_refused_by_field(
    services: Services, email: str, password: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await auth.login(acting(services), email, password)

    assert caught.value.problems[0].field == field
    assert await trail(services) == []


async def test_nobody_is_told_why_a_sign_in_was_refused(services: Services) -> None:
    known = await make_user(services)
    disabled = await make_user(services, status=AccountStatus.DISABLED)
    admin = await make_admin(services)
    deleted = await make_user(services)
    await users.delete_user(acting(services, admin), deleted.id)
    tries = [
        (known.email, "not the password"),
        (known.email, ""),
        ("nobody@example.com", PASSWORD),
        (disabled.email, PASSWORD),
        (deleted.email, PASSWORD),
    ]

    words = set()
    for email, password in tries:
        with pytest.raises(BadCredentials) as caught:
            await auth.login(acting(services), email, password)
        words.add(str(caught.value))

    assert words == {"E-mail or password is wrong"}


async def test_an_unknown_address_costs_the_same_work_as_a_known_one(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(services)
    work: list[str] = []
    verify = services.passwords.verify

    async def counted(password: str, stored: str) -> bool:
        work.append(stored[:20])
        return await verify(password, stored)

    monkeypatch.setattr(services.passwords, "verify", counted)
    for email in (user.email, "nobody@example.com"):
        with pytest.raises(BadCredentials):
            await auth.login(acting(services), email, "not the password")

    known, unknown = work
    assert known == unknown  # the same make at the same cost


async def test_every_try_is_one_entry_in_the_trail(services: Services) -> None:
    user = await make_user(services, name="Ana")

    await open_session(services, user)
    for email in (user.email, "nobody@example.com"):
        with pytest.raises(BadCredentials):
            await auth.login(acting(services), email, "not the password")

    ok, wrong, unknown = await trail(services)
    assert (ok.action, ok.actor_id, ok.target_id) == ("auth.login", user.id, user.id)
    assert (ok.address, ok.request_id) == ("192.0.2.7", "test")
    assert ok.severity is Severity.INFO
    assert (wrong.action, wrong.target_id) == ("auth.login_failed", user.id)
    assert (wrong.actor_id, wrong.actor_label) == (None, user.email)
    assert (unknown.target_id, unknown.actor_label) == (None, "nobody@example.com")
    assert unknown.severity is Severity.NOTICE
    assert PASSWORD not in repr([ok, wrong, unknown])


async def test_a_cheaper_hash_is_made_anew_by_signing_in(services: Services) -> None:
    user = await make_user(services)
    dearer = PasswordHasher(cost=5, threads=1, queue=1)

    await open_session(replace(services, passwords=dearer), user)

    found = await services.repos.users.credentials(user.id)
    assert found is not None
    assert not dearer.needs_rehash(found[1])
    assert await dearer.verify(PASSWORD, found[1])
    dearer.close()


@pytest.mark.parametrize("email", ["ana@example.com", "nobody@example.com"])
async def test_a_full_queue_of_passwords_is_unavailable(
    services: Services, email: str
) -> None:
    await make_user(services, email="ana@example.com")
    full = PasswordHasher(cost=4, threads=1, queue=0)
    assert full._places.acquire(blocking=False)

    with pytest.raises(Unavailable):
        await auth.login(acting(replace(services, passwords=full)), email, PASSWORD)

    full.close()


async def test_of_more_than_twenty_sessions_the_oldest_ends(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    signed_in = []
    for _ in range(21):
        signed_in.append(await open_session(services, user))
        clock.advance(1)

    alive = [
        (await bearing(services, one.access_token)).principal.user_id is not None
        for one in signed_in
    ]

    assert alive == [False] + [True] * 20
    assert len(await services.repos.sessions.of_user(user.id)) == 20


async def test_a_sign_in_that_races_a_password_change_ends_with_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await make_user(services)
    insert = services.repos.sessions.insert

    async def changed_meanwhile(session: object) -> None:
        hashed = await services.passwords.hash("another good password")
        await services.repos.users.set_password(user.id, hashed, 0)
        await services.repos.sessions.revoke_all(user.id)
        await insert(session)  # type: ignore[arg-type]

    monkeypatch.setattr(services.repos.sessions, "insert", changed_meanwhile)

    with pytest.raises(BadCredentials):
        await open_session(services, user)
    assert await services.repos.sessions.of_user(user.id) == []


async def test_tokens_of_the_old_key_are_good_until_it_is_retired(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    before = replace(services, tokens=TokenSigner([OLD_KEY], clock))
    during = replace(services, tokens=TokenSigner([NEW_KEY, OLD_KEY], clock))
    after = replace(services, tokens=TokenSigner([NEW_KEY], clock))

    signed_in = await open_session(before, user)

    assert (await bearing(during, signed_in.access_token)).principal.user_id == user.id
    refreshed = await auth.refresh(acting(during), signed_in.refresh_token)
    assert (await bearing(after, refreshed.access_token)).principal.user_id == user.id
    assert (await bearing(after, signed_in.access_token)).principal.user_id is None


async def test_a_session_names_the_device_and_the_address(services: Services) -> None:
    user = await make_user(services)

    await open_session(services, user)

    (session,) = await services.repos.sessions.of_user(user.id)
    assert (session.device, session.ip) == ("Firefox on Linux", "192.0.2.7")


async def test_a_disabled_account_is_let_in_again_once_it_is_enabled(
    services: Services,
) -> None:
    user = await make_user(services, status=AccountStatus.DISABLED)
    admin = acting(services, await make_admin(services))

    await users.update_user(admin, user.id, UserChange(status=AccountStatus.ACTIVE))

    assert await open_session(services, user)
