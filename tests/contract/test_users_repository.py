import asyncio

import pytest

from domain.errors import Conflict
from domain.principal import Role
from domain.users import AccountStatus
from persistence.users import UserRepository
from tests.support.clock import ManualClock
from tests.support.records import new_user, session_of

NOW = 1_750_500_000_000


async def test_an_account_is_found_by_id_and_by_address(users: UserRepository) -> None:
    new = new_user("Ana", email="ana@example.com", role=Role.ADMIN)

    made = await users.insert(new, NOW)

    assert (made.name, made.version, made.created_ms) == ("Ana", 1, NOW)
    assert await users.get(new.id) == made
    assert await users.credentials(new.id) == (made, new.password_hash)
    assert await users.credentials_by_email("ana@example.com") == (
        made,
        new.password_hash,
    )


@pytest.mark.parametrize("email", ["2025-01-01@x.org", "0123456789abcdef01234567@x.y"])
async def test_no_address_is_taken_for_something_else(
    users: UserRepository, email: str
) -> None:
    await users.insert(new_user("2025-01-01", email=email), NOW)

    assert await users.credentials_by_email(email) is not None
    with pytest.raises(Conflict):
        await users.insert(new_user(email=email), NOW)


@pytest.mark.parametrize(
    "stranger", ["", "u_nobody", "é", "2025-01-01", "0" * 24, "a b", "x" * 500, "$ne"]
)
async def test_an_id_of_nobody_finds_nobody(
    users: UserRepository, stranger: str
) -> None:
    assert await users.get(stranger) is None
    assert await users.update(stranger, {"name": "X"}, 1, NOW) is None
    assert await users.delete(stranger, NOW) is False
    assert await users.by_ids([stranger]) == {}


async def test_the_same_id_again_is_the_same_account(users: UserRepository) -> None:
    new = new_user("Ana")
    made = await users.insert(new, NOW)

    assert await users.insert(new, NOW + 5) == made


async def test_of_20_creations_of_one_address_one_wins(users: UserRepository) -> None:
    creations = [users.insert(new_user(email="a@b.org"), NOW) for _ in range(20)]

    results = await asyncio.gather(*creations, return_exceptions=True)

    conflicts = [r for r in results if isinstance(r, Conflict)]
    assert len(conflicts) == 19
    assert {conflict.field for conflict in conflicts} == {"email"}


async def test_of_20_changes_of_one_version_one_wins(users: UserRepository) -> None:
    user = await users.insert(new_user(), NOW)

    results = await asyncio.gather(
        *(users.update(user.id, {"name": f"N{i}"}, 1, NOW + 1) for i in range(20))
    )

    winners = [result for result in results if result is not None]
    assert len(winners) == 1
    assert await users.get(user.id) == winners[0]
    assert winners[0].version == 2


async def test_a_change_sets_every_field_it_names(users: UserRepository) -> None:
    user = await users.insert(new_user(), NOW)

    changed = await users.update(
        user.id,
        {
            "email": "new@example.com",
            "name": "New",
            "role": Role.ADMIN,
            "status": AccountStatus.DISABLED,
            "avatar_url": "https://example.com/a.png",
        },
        1,
        NOW + 1,
    )

    assert changed is not None
    assert changed == await users.get(user.id)
    assert (changed.email, changed.role) == ("new@example.com", Role.ADMIN)
    assert changed.status is AccountStatus.DISABLED
    assert changed.avatar_url == "https://example.com/a.png"
    assert changed.updated_ms == NOW + 1


async def test_a_taken_address_refuses_the_whole_change(users: UserRepository) -> None:
    await users.insert(new_user(email="taken@example.com"), NOW)
    user = await users.insert(new_user("Ana"), NOW)

    with pytest.raises(Conflict) as refused:
        await users.update(user.id, {"name": "B", "email": "taken@example.com"}, 1, NOW)

    assert refused.value.field == "email"
    assert await users.get(user.id) == user


async def test_a_deleted_account_is_gone_and_its_address_free(
    users: UserRepository,
) -> None:
    user = await users.insert(new_user(email="ana@example.com"), NOW)

    assert await users.delete(user.id, NOW + 1)

    assert not await users.delete(user.id, NOW + 2)
    assert await users.get(user.id) is None
    assert await users.credentials(user.id) is None
    assert await users.credentials_by_email("ana@example.com") is None
    assert await users.update(user.id, {"name": "X"}, 2, NOW) is None
    await users.insert(new_user(email="ana@example.com"), NOW + 3)


async def test_a_password_is_replaced_only_instead_of_the_one_seen(
    users: UserRepository,
) -> None:
    user = await users.insert(new_user(password_hash="one"), NOW)

    assert await users.set_password(user.id, "two", NOW)
    assert not await users.set_password(user.id, "three", NOW, instead_of="one")

    stored = await users.credentials(user.id)
    assert stored is not None
    assert stored[1] == "two"


async def test_the_oldest_session_leaves_a_full_list(users: UserRepository) -> None:
    user = await users.insert(new_user(), NOW)
    sessions = [session_of(user.id, NOW) for _ in range(4)]
    for one in sessions[:3]:
        await users._sessions.insert({"_id": one.id, "st": 1, "exp_ms": 2**53})
        assert await users.link_session(user.id, one.id, keep=3) == []

    dropped = await users.link_session(user.id, sessions[3].id, keep=3)

    assert dropped == [sessions[0].id]
    linked = await users.get(user.id)
    assert linked is not None
    assert linked.session_ids == tuple(one.id for one in sessions[1:])
    assert linked.version == 1


async def test_sessions_that_are_over_leave_first(
    users: UserRepository, clock: ManualClock
) -> None:
    user = await users.insert(new_user(), NOW)
    over = {"s_1": (1, 2**53), "s_2": (0, 2**53), "s_3": (1, clock.now_ms())}
    for session_id, (live, expires_ms) in over.items():
        document = {"_id": session_id, "st": live, "exp_ms": expires_ms}
        await users._sessions.insert(document)
        await users.link_session(user.id, session_id, keep=3)

    assert await users.link_session(user.id, "s_4", keep=3) == []

    linked = await users.get(user.id)
    assert linked is not None
    assert linked.session_ids == ("s_1", "s_4")


async def test_no_parallel_sign_in_is_lost_from_the_list(users: UserRepository) -> None:
    user = await users.insert(new_user(), NOW)

    await asyncio.gather(
        *(users.link_session(user.id, f"s_{i}", keep=20) for i in range(10))
    )

    linked = await users.get(user.id)
    assert linked is not None
    assert set(linked.session_ids) == {f"s_{i}" for i in range(10)}


async def test_being_seen_never_moves_back(users: UserRepository) -> None:
    ana, bo = [await users.insert(new_user(), NOW) for _ in range(2)]

    await users.touch({ana.id: NOW + 50, bo.id: NOW + 10, "u_nobody": NOW})
    await users.touch({ana.id: NOW + 20})

    assert [u.id for u in await users.online(5, NOW)] == [ana.id, bo.id]
    assert [u.id for u in await users.online(5, NOW + 11)] == [ana.id]
    assert [u.id for u in await users.online(1, NOW)] == [ana.id]
    assert (await users.by_ids([ana.id]))[ana.id].seen_ms == NOW + 50


async def test_the_figures_count_what_they_say(users: UserRepository) -> None:
    made = [
        await users.insert(new_user(role=role), NOW + i)
        for i, role in enumerate([Role.ADMIN, Role.ADMIN, Role.MEMBER, Role.MEMBER])
    ]
    await users.update(made[1].id, {"status": AccountStatus.DISABLED}, 1, NOW)
    await users.delete(made[2].id, NOW + 100)
    await users.touch({made[0].id: NOW + 60})

    assert await users.count_admins() == 1
    assert await users.count_created(NOW, NOW + 1) == 1
    assert await users.count_created(NOW, NOW + 100) == 3
    assert await users.count_existing(NOW + 3) == 3
    assert await users.count_existing(NOW + 101) == 3
    assert await users.count_existing(NOW) == 0
    assert await users.count_seen(NOW + 60) == 1
    assert await users.count_seen(NOW + 61) == 0
