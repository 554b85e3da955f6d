import asyncio
import random
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import product

import pytest

from domain.errors import InvalidInput
from domain.paging import PageRequest
from domain.principal import Role
from domain.users import (
    AccountStatus,
    Presence,
    User,
    UserFilter,
    UserOrder,
    fold,
    search_tokens,
)
from persistence import user_search
from persistence.mongo import Mongo
from persistence.users import UserRepository
from tests.support.database_ops import DatabaseOps
from tests.support.records import new_user

NOW = 1_750_500_000_000
NAMES = ("Ana", "ana Maria", "Éva", "Straße", "2025-01-01", "李 雷", "Bo | Bo", "Zoë")
FILTERS = [
    UserFilter(search=search, role=role, status=status, presence=presence)
    for search, role, status, presence in product(
        (None, "a", "example.com", "2025-01", "nobody"),
        (None, Role.ADMIN),
        (None, AccountStatus.DISABLED),
        (None, Presence.ONLINE, Presence.OFFLINE),
    )
]


async def crowd(users: UserRepository) -> list[User]:
    """30 people with all kinds of names, some changed, seen, disabled or deleted."""
    rng = random.Random(7)
    people = []
    for i in range(30):
        new = new_user(rng.choice(NAMES), role=rng.choice([Role.ADMIN, Role.MEMBER]))
        user = await users.insert(new, NOW + i // 2)
        if i % 5 == 0:
            changes = {"status": AccountStatus.DISABLED, "name": rng.choice(NAMES)}
            changed = await users.update(user.id, changes, 1, NOW)
            assert changed is not None
            user = changed
        if i % 3 == 0:
            await users.touch({user.id: NOW + i})
            user = replace(user, seen_ms=NOW + i)
        if i % 11 == 10:
            await users.delete(user.id, NOW)
        else:
            people.append(user)
    return people


def matches(user: User, where: UserFilter, online_ids: Collection[str]) -> bool:
    online = user.id in online_ids
    tokens = search_tokens(user.name, user.email)
    return (
        (where.role in (None, user.role))
        and (where.status in (None, user.status))
        and (where.presence is None or (where.presence is Presence.ONLINE) is online)
        and (where.search is None or any(t.startswith(where.search) for t in tokens))
    )


def in_order(people: list[User], order: UserOrder) -> list[User]:
    keys: dict[str, Callable[[User], tuple[object, str]]] = {
        "CREATED_AT": lambda user: (user.created_ms, user.id),
        "NAME": lambda user: (fold(user.name), user.id),
    }
    by, _, direction = order.rpartition("_")
    return sorted(people, key=keys[by], reverse=direction == "DESC")


async def walked(
    users: UserRepository,
    where: UserFilter,
    order: UserOrder,
    online: Collection[str],
    *,
    backward: bool,
) -> list[User]:
    """The whole list, page by page."""
    found: list[User] = []
    request = PageRequest(4, backward=backward)
    while True:
        page = await users.page(request, where, order, online=online)
        found = [*page.items, *found] if backward else [*found, *page.items]
        if not (page.has_previous if backward else page.has_next):
            return found
        edge = page.positions[0] if backward else page.positions[-1]
        request = replace(request, position=edge)


async def test_every_filter_in_every_order_gives_what_a_plain_sort_gives(
    users: UserRepository,
) -> None:
    people = await crowd(users)
    online = {user.id for user in people[::3]} | {"u_gone"}

    for where in FILTERS:
        expected = [user for user in people if matches(user, where, online)]
        count = await users.count(where, online=online)
        assert count == len(expected), where
        for order, backward in product(UserOrder, (False, True)):
            found = await walked(users, where, order, online, backward=backward)
            assert found == in_order(expected, order), (where, order, backward)


async def test_a_page_lies_between_both_its_bounds(users: UserRepository) -> None:
    people = [await users.insert(new_user(), NOW + i) for i in range(6)]
    order = UserOrder.CREATED_AT_ASC
    listed = await users.page(PageRequest(6), UserFilter(), order)
    first, last = listed.positions[0], listed.positions[-1]

    for where in (UserFilter(), UserFilter(search="person")):
        request = PageRequest(3, position=first, until=last)
        page = await users.page(request, where, order)
        assert list(page.items) == people[1:4]
        assert (page.has_previous, page.has_next) == (True, True)
        request = PageRequest(9, position=last, until=first, backward=True)
        page = await users.page(request, where, order)
        assert list(page.items) == people[1:5]


async def test_a_page_of_nothing_still_tells_whether_there_is_more(
    users: UserRepository,
) -> None:
    await users.insert(new_user("Ana"), NOW)

    for where in (UserFilter(), UserFilter(search="ana")):
        page = await users.page(PageRequest(0), where, UserOrder.NAME_ASC)
        assert list(page.items) == []
        assert page.has_next


async def test_a_plain_page_and_a_count_are_one_command_each(
    users: UserRepository, database_ops: DatabaseOps
) -> None:
    await users.insert(new_user(), NOW)
    database_ops.clear()
    where = UserFilter(role=Role.MEMBER, status=AccountStatus.ACTIVE)

    await users.page(PageRequest(50), where, UserOrder.NAME_ASC)
    await users.count(where)

    assert [op.name for op in database_ops] == ["find", "count"]


async def test_a_renamed_person_is_found_by_the_new_name_only(
    users: UserRepository,
) -> None:
    user = await users.insert(new_user("Ana Lovelace"), NOW)

    await users.update(user.id, {"name": "Ana Byron"}, 1, NOW)

    async def found(search: str) -> int:
        return await users.count(UserFilter(search=search))

    assert await found("byron") == 1
    assert await found("ana  byron") == 1
    assert await found("lovelace") == 0


async def test_racing_renames_leave_the_words_of_the_last_one(
    users: UserRepository, mongo: Mongo
) -> None:
    user = await users.insert(new_user("Ana", email="ana@x.org"), NOW)

    async def rename(name: str) -> None:
        while (now := await users.get(user.id)) is not None:
            if await users.update(user.id, {"name": name}, now.version, NOW):
                return

    await asyncio.gather(*(rename(f"Name{i} Surname{i}") for i in range(8)))

    last = await users.get(user.id)
    assert last is not None
    words = await mongo.collection("dashboard_data").find(
        {"s": {"$eq": user_search.PARTITION}}, limit=1_000
    )
    assert {word["b"] for word in words} == {
        f"={token}|{user.id}" for token in search_tokens(last.name, last.email)
    }
    assert await users.repair_search() == 0


async def test_a_search_cut_short_by_a_crash_is_repaired(
    users: UserRepository, mongo: Mongo
) -> None:
    user = await users.insert(new_user("Ana"), NOW)
    # As a process leaves it that dies right after storing a change.
    await mongo.collection("users").update(
        user.id, {"$set": {"name": "Bo", "nk": f"=bo\t{user.id}", "v": 2, "tk": 0}}
    )

    assert await users.repair_search() == 1

    assert await users.count(UserFilter(search="bo")) == 1
    assert await users.count(UserFilter(search="ana")) == 0
    assert await users.repair_search() == 0


async def test_a_search_that_matches_too_many_names_its_field(
    users: UserRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(user_search, "CANDIDATES_MAX", 2)
    for _ in range(3):
        await users.insert(new_user(), NOW)

    with pytest.raises(InvalidInput) as refused:
        await users.count(UserFilter(search="person"))

    assert refused.value.problems[0].field == "filter.search"
