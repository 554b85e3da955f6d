"""Accounts: made, found, changed and deleted, and by whom."""

import asyncio
from dataclasses import replace

import pytest

from domain.errors import (
    BadCredentials,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
    NotFound,
)
from domain.principal import Role
from domain.users import (
    AccountStatus,
    Presence,
    User,
    UserChange,
    UserDraft,
    UserFilter,
    UserOrder,
)
from realtime.live import open_live
from resolvers import presence, users
from resolvers.context import Context, Services
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import (
    PASSWORD,
    acting,
    bearing,
    make_admin,
    make_api_key,
    make_user,
    open_session,
)
from tests.support.trail import trail


def draft(email: str = "ana@example.com", name: str = "Ana") -> UserDraft:
    return UserDraft(email=email, password=PASSWORD, name=name)


async def admin_of(services: Services) -> Context:
    return acting(services, await make_admin(services))


async def stored(services: Services, user: User) -> User:
    found = await services.repos.users.get(user.id)
    assert found is not None
    return found


async def test_an_administrator_makes_an_account_that_can_sign_in(
    services: Services,
) -> None:
    admin = await admin_of(services)

    user = await users.create_user(admin, draft("  ANA@Example.com "))

    assert (user.email, user.role, user.version) == ("ana@example.com", Role.MEMBER, 1)
    assert await open_session(services, user)
    (entry,) = await trail(services, "user.created")
    assert (entry.actor_id, entry.target_id) == (admin.principal.user_id, user.id)
    assert PASSWORD not in repr(entry)


async def test_a_bad_draft_names_everything_and_stores_nothing(
    services: Services,
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await users.create_user(
            await admin_of(services), UserDraft("x", "short", "", Role.SERVICE, "x")
        )

    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["email", "name", "password", "avatarUrl", "role"]
    assert await trail(services) == []


async def test_twenty_at_once_with_one_address_make_one_account(
    services: Services,
) -> None:
    admin = await admin_of(services)
    spellings = ["ana@example.com", "ANA@EXAMPLE.COM", " Ana@Example.com "]

    answers = await asyncio.gather(
        *(users.create_user(admin, draft(spellings[n % 3])) for n in range(20)),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, User) for answer in answers) == 1
    conflicts = [answer for answer in answers if isinstance(answer, Conflict)]
    assert [conflict.field for conflict in conflicts] == ["email"] * 19
    assert len(await trail(services, "user.created")) == 1


async def test_twenty_repetitions_of_one_request_make_one_account(
    services: Services,
) -> None:
    admin = await admin_of(services)

    answers = await asyncio.gather(
        *(users.create_user(admin, draft(), "a-key") for _ in range(20))
    )

    assert len({answer.id for answer in answers}) == 1
    assert len(await trail(services, "user.created")) == 1


async def test_the_address_of_a_deleted_account_is_free_again(
    services: Services,
) -> None:
    admin = await admin_of(services)
    first = await users.create_user(admin, draft())
    await users.delete_user(admin, first.id)

    second = await users.create_user(admin, draft())

    assert second.id != first.id


async def test_only_administrators_make_list_count_and_delete(
    services: Services,
) -> None:
    user = await make_user(services)
    machine = await make_api_key(services, user)
    askers = [
        (acting(services), NotAuthenticated),
        (acting(services, user), NotAllowed),
        (await bearing(services, machine), NotAllowed),
    ]

    for ctx, refusal in askers:
        with pytest.raises(refusal):
            await users.create_user(ctx, draft())
        with pytest.raises(refusal):
            await users.list_users(ctx)
        with pytest.raises(refusal):
            await users.count_users(ctx)
        with pytest.raises(refusal):
            await users.delete_user(ctx, user.id)


async def test_anyone_signed_in_finds_anyone_and_no_machine_does(
    services: Services,
) -> None:
    user, other = [await make_user(services) for _ in range(2)]

    assert await users.get_user(acting(services, user), other.id) == other
    for nobody in ("", "u_none", "\ud800", "x" * 500, "$where", "a" * 24):
        assert await users.get_user(acting(services, user), nobody) is None
    with pytest.raises(NotAuthenticated):
        await users.get_user(acting(services), other.id)
    machine = await make_api_key(services, user)
    with pytest.raises(NotAllowed):
        await users.get_user(await bearing(services, machine), other.id)


async def test_a_list_is_walked_both_ways_by_its_cursors(services: Services) -> None:
    admin = await admin_of(services)
    made = [await make_user(services, name=f"Member {n}") for n in range(7)]
    where = UserFilter(role=Role.MEMBER)
    names = [user.name for user in made]

    async def page(**arguments: object) -> list[str]:
        found = await users.list_users(
            admin,
            where=where,
            order=UserOrder.NAME_ASC,
            **arguments,  # type: ignore[arg-type]
        )
        cursors.extend(
            services.cursors.sign("users:NAME_ASC", one) for one in found.positions
        )
        return [user.name for user in found.items]

    cursors: list[str] = []
    assert await page(first=3) == names[:3]
    assert await page(first=3, after=cursors[2]) == names[3:6]
    assert await page(last=2) == names[5:]
    assert await page(last=2, before=cursors[3]) == names[1:3]
    assert await users.count_users(admin, where) == 7


@pytest.mark.parametrize("cursor", ["", "nonsense", "\ud800", "A" * 400])
async def test_a_bad_cursor_is_refused_by_name(services: Services, cursor: str) -> None:
    admin = await admin_of(services)

    with pytest.raises(InvalidInput) as caught:
        await users.list_users(admin, after=cursor)
    assert caught.value.problems[0].field == "after"


async def test_a_cursor_of_one_order_is_none_of_another(services: Services) -> None:
    admin = await admin_of(services)
    page = await users.list_users(admin, first=1, order=UserOrder.NAME_ASC)
    cursor = services.cursors.sign("users:NAME_ASC", page.positions[0])

    with pytest.raises(InvalidInput):
        await users.list_users(admin, after=cursor, order=UserOrder.NAME_DESC)


async def test_a_search_that_is_too_long_is_refused_by_name(
    services: Services,
) -> None:
    admin = await admin_of(services)

    for use in (users.list_users, users.count_users):
        with pytest.raises(InvalidInput) as caught:
            await use(admin, where=UserFilter(search="x" * 65))
        assert caught.value.problems[0].field == "filter.search"


async def test_one_changes_ones_own_profile(services: Services) -> None:
    user = await make_user(services)

    changed = await users.update_user(
        acting(services, user),
        user.id,
        UserChange(name="Ana", avatar_url="https://example.com/a.png"),
    )

    assert (changed.name, changed.version) == ("Ana", user.version + 1)
    assert await stored(services, user) == changed
    (entry,) = await trail(services, "user.updated")
    assert [(one.field, one.before, one.after) for one in entry.changes] == [
        ("name", user.name, "Ana"),
        ("avatar_url", None, "https://example.com/a.png"),
    ]


async def test_nothing_to_change_changes_nothing(services: Services) -> None:
    user = await make_user(services)

    same = await users.update_user(
        acting(services, user), user.id, UserChange(name=user.name)
    )

    assert same == await stored(services, user) == user
    assert await trail(services) == []


async def test_ones_own_address_needs_the_password(services: Services) -> None:
    user = await make_user(services)
    ctx = acting(services, user)
    new = "new@example.com"

    for password in (None, "", "not the password"):
        with pytest.raises(BadCredentials):
            await users.update_user(
                ctx, user.id, UserChange(email=new, current_password=password)
            )
    assert await stored(services, user) == user

    changed = await users.update_user(
        ctx, user.id, UserChange(email="NEW@example.com", current_password=PASSWORD)
    )
    assert changed.email == new
    assert await open_session(services, changed)


async def test_an_administrator_changes_anothers_address_without_it(
    services: Services,
) -> None:
    user = await make_user(services)

    changed = await users.update_user(
        await admin_of(services), user.id, UserChange(email="new@example.com")
    )

    assert changed.email == "new@example.com"


async def test_an_address_that_is_taken_is_a_conflict(services: Services) -> None:
    user, other = [await make_user(services) for _ in range(2)]

    with pytest.raises(Conflict) as caught:
        await users.update_user(
            await admin_of(services), user.id, UserChange(email=other.email.upper())
        )
    assert caught.value.field == "email"


async def test_roles_and_statuses_are_for_administrators(services: Services) -> None:
    user = await make_user(services)

    for change in (
        UserChange(role=Role.ADMIN),
        UserChange(role=Role.MEMBER),
        UserChange(status=AccountStatus.ACTIVE, name="x"),
        UserChange(role=None),
    ):
        with pytest.raises(NotAllowed):
            await users.update_user(acting(services, user), user.id, change)
    assert await stored(services, user) == user


async def test_a_member_changes_nobody_else_whether_there_or_not(
    services: Services,
) -> None:
    user, other = [await make_user(services) for _ in range(2)]

    for target in (other.id, "u_none"):
        with pytest.raises(NotAllowed):
            await users.update_user(
                acting(services, user), target, UserChange(name="x")
            )
    assert await stored(services, other) == other


async def test_who_is_not_there_is_not_found(services: Services) -> None:
    admin = await admin_of(services)

    with pytest.raises(NotFound):
        await users.update_user(admin, "u_none", UserChange(name="x"))
    with pytest.raises(NotFound):
        await users.delete_user(admin, "u_none")


async def test_twenty_at_once_with_one_version_and_one_wins(
    services: Services,
) -> None:
    admin = await admin_of(services)
    user = await make_user(services)

    answers = await asyncio.gather(
        *(
            users.update_user(
                admin, user.id, UserChange(name=f"Name {n}"), user.version
            )
            for n in range(20)
        ),
        return_exceptions=True,
    )

    (winner,) = [answer for answer in answers if isinstance(answer, User)]
    stale = [answer for answer in answers if isinstance(answer, Conflict)]
    assert [conflict.field for conflict in stale] == ["expectedVersion"] * 19
    assert await stored(services, user) == winner
    assert len(await trail(services, "user.updated")) == 1


async def test_changes_of_different_fields_at_once_all_arrive(
    services: Services,
) -> None:
    admin = await admin_of(services)
    user = await make_user(services)

    await asyncio.gather(
        users.update_user(admin, user.id, UserChange(name="Ana")),
        users.update_user(admin, user.id, UserChange(email="ana@example.com")),
        users.update_user(admin, user.id, UserChange(role=Role.ADMIN)),
    )

    after = await stored(services, user)
    assert (after.name, after.email, after.role, after.version) == (
        "Ana",
        "ana@example.com",
        Role.ADMIN,
        user.version + 3,
    )


async def test_a_deleted_account_is_gone_and_its_trail_stays(
    services: Services,
) -> None:
    admin = await admin_of(services)
    user = await make_user(services, name="Ana")

    assert await users.delete_user(admin, user.id) == user.id

    assert await users.get_user(admin, user.id) is None
    assert await users.count_users(admin) == 1
    (entry,) = await trail(services, "user.deleted")
    assert (entry.target_id, entry.target_label) == (user.id, "Ana")
    with pytest.raises(NotFound):
        await users.delete_user(admin, user.id)


async def test_somebody_is_online_while_a_connection_is_open(
    services: Services,
) -> None:
    user = await make_user(services)
    ctx = acting(services, user)

    assert await presence.presence_of(ctx, user) is Presence.OFFLINE
    assert await presence.online_users(ctx) == []

    async with services.live.presence.connection(user.id, "s_1"):
        ctx.renew_loaders()
        assert await presence.presence_of(ctx, user) is Presence.ONLINE
        assert [one.id for one in await presence.online_users(ctx)] == [user.id]
        admin = acting(services, await make_admin(services))
        for which, expected in (("ONLINE", 1), ("OFFLINE", 1)):
            where = UserFilter(presence=Presence(which))
            assert await users.count_users(admin, where) == expected
            assert len((await users.list_users(admin, where=where)).items) == expected


async def test_while_redis_is_away_those_seen_lately_count_as_online(
    services: Services, clock: ManualClock
) -> None:
    user = await make_user(services)
    await open_session(services, user)
    user = await stored(services, user)

    async with open_live("redis://127.0.0.1:1", clock) as away:
        ctx = acting(replace(services, live=away), user)
        assert await presence.presence_of(ctx, user) is Presence.ONLINE
        assert [one.id for one in await presence.online_users(ctx)] == [user.id]

        clock.advance(services.limits.online_window_s + 0.001)

        ctx.renew_loaders()
        assert await presence.presence_of(ctx, user) is Presence.OFFLINE
        assert await presence.online_users(ctx) == []


@pytest.mark.parametrize("first", [-1, 0, 101])
async def test_online_users_come_a_hundred_at_most(
    services: Services, first: int
) -> None:
    ctx = acting(services, await make_user(services))

    with pytest.raises(InvalidInput) as caught:
        await presence.online_users(ctx, first)
    assert caught.value.problems[0].field == "first"


async def test_a_page_of_users_costs_one_read(
    services: Services, database_ops: DatabaseOps
) -> None:
    admin = await admin_of(services)
    for _ in range(3):
        await make_user(services)
    await users.list_users(admin)  # the first in an hour is told in the trail
    database_ops.clear()

    page = await users.list_users(admin, first=50)
    for user in page.items:
        assert await users.get_user(admin, user.id) == user

    assert len(database_ops.reads) == 1
