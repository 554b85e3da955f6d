"""There is always an administrator: a first one, and a last one."""

import asyncio

import pytest

from domain.errors import Conflict, InvalidInput
from domain.principal import Role
from domain.users import AccountStatus, User, UserChange
from resolvers import auth, users
from resolvers.context import Services
from resolvers.new_users import ensure_first_admin
from tests.support.factories import acting, make_admin, make_user, open_session
from tests.support.outages import without_redis
from tests.support.trail import trail

DEMOTE = UserChange(role=Role.MEMBER)
DISABLE = UserChange(status=AccountStatus.DISABLED)
PASSWORD = "a first good password of mine"


@pytest.mark.parametrize("change", [DEMOTE, DISABLE])
async def test_the_last_administrator_stays_one(
    services: Services, change: UserChange
) -> None:
    admin = await make_admin(services)
    await make_user(services)
    disabled = await make_admin(services, status=AccountStatus.DISABLED)
    ctx = acting(services, admin)

    with pytest.raises(Conflict):
        await users.update_user(ctx, admin.id, change)
    with pytest.raises(Conflict):
        await users.delete_user(ctx, admin.id)

    assert await services.repos.users.get(admin.id) == admin
    assert await users.delete_user(ctx, disabled.id)  # that one was none


async def test_the_last_administrator_may_change_otherwise(services: Services) -> None:
    admin = await make_admin(services)

    changed = await users.update_user(
        acting(services, admin), admin.id, UserChange(name="Ana", role=Role.ADMIN)
    )

    assert changed.name == "Ana"


@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("redis", ["up", "down"])
async def test_two_who_go_at_once_do_not_both_go(
    services: Services, redis: str, round_: int
) -> None:
    services = services if redis == "up" else without_redis(services)
    first, second = [await make_admin(services) for _ in range(2)]

    answers = await asyncio.gather(
        users.update_user(acting(services, first), second.id, DEMOTE),
        users.update_user(acting(services, second), first.id, DISABLE),
        users.delete_user(acting(services, first), second.id),
        users.delete_user(acting(services, second), first.id),
        return_exceptions=True,
    )

    assert await services.repos.users.count_admins() == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) >= 1
    assert all(isinstance(answer, User | str | Conflict) for answer in answers)


async def test_a_holder_that_died_does_not_keep_the_rule_for_ever(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = [await make_admin(services) for _ in range(2)]
    abandon = services.repos.idempotency.abandon

    async def died(_: str, *, claim: str) -> None:
        return

    monkeypatch.setattr(services.repos.idempotency, "abandon", died)
    await users.update_user(acting(services, first), second.id, DEMOTE)
    monkeypatch.setattr(services.repos.idempotency, "abandon", abandon)
    services.clock.advance(30)  # type: ignore[attr-defined]

    with pytest.raises(Conflict):
        await users.update_user(acting(services, first), first.id, DEMOTE)


async def test_a_first_administrator_is_made_once(services: Services) -> None:
    shown = await ensure_first_admin(services, "Boss@Example.com", PASSWORD)
    again = await ensure_first_admin(services, "other@example.com", PASSWORD)

    assert (shown, again) == (None, None)
    signed_in = await auth.login(acting(services), "boss@example.com", PASSWORD)
    assert signed_in.user.role is Role.ADMIN
    (entry,) = await trail(services, "user.created")
    assert (entry.actor_id, entry.actor_label) == (None, "system")


async def test_without_a_password_a_random_one_is_shown_once(
    services: Services,
) -> None:
    shown = await ensure_first_admin(services, None, None)

    assert shown is not None
    assert len(shown) >= 16
    signed_in = await auth.login(acting(services), "admin@localhost", shown)
    assert signed_in.user.role is Role.ADMIN
    assert await ensure_first_admin(services, None, None) is None


async def test_of_many_processes_starting_at_once_one_makes_it(
    services: Services,
) -> None:
    shown = await asyncio.gather(
        *(ensure_first_admin(services, None, None) for _ in range(5))
    )

    (password,) = [one for one in shown if one is not None]
    assert await auth.login(acting(services), "admin@localhost", password)
    assert await services.repos.users.count_admins() == 1


async def test_a_poor_first_password_is_refused(services: Services) -> None:
    with pytest.raises(InvalidInput):
        await ensure_first_admin(services, "boss@example.com", "password1234")

    assert await services.repos.users.count_admins() == 0


async def test_an_administrator_who_is_there_is_left_alone(services: Services) -> None:
    admin = await make_admin(services)

    assert await ensure_first_admin(services, admin.email, PASSWORD) is None

    assert await open_session(services, admin)
