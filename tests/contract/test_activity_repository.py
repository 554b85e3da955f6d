import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from domain.activity import (
    REFUSALS,
    Activity,
    ActivityFilter,
    FieldChange,
    Result,
    Severity,
)
from domain.errors import InvalidInput
from domain.paging import PageRequest
from domain.users import fold
from persistence import activity as pages
from persistence.activity import ActivityRepository
from tests.support.database_ops import DatabaseOps
from tests.support.records import entry

NOW = 1_750_500_000_000
ALL = ActivityFilter()
ACTIONS = (
    "user.created",
    "user.email.changed",
    "auth.login",
    "auth.login_failed",
    "a.b.c.d.e",
)
PEOPLE = ("u_ana", "u_bo", "2025-01-01", "ж" * 24)
OTHERS: tuple[dict[str, Any], ...] = (
    {},
    {"outcome": Result.REFUSED},
    {"target_type": "user", "target_id": "u_ana"},
    {"target_id": "2025-01-01", "from_ms": NOW + 10, "to_ms": NOW + 40},
    {"target_type": "user", "search": "strasse", "outcome": Result.OK},
)
FILTERS = [
    ActivityFilter(actor_ids=actors, actions=actions, severity=severity, **others)
    for actors, actions, severity, others in product(
        ((), ("u_ana",), ("u_bo", "2025-01-01"), tuple(f"u_{i}" for i in range(10))),
        ((), ("user.*", "auth.*"), ("a.b.c.*",), ("user.email.*", "user.created")),
        (None, Severity.ERROR),
        OTHERS,
    )
]


def trail() -> list[Activity]:
    """60 entries of all kinds, up to three in one millisecond, newest first."""
    rng = random.Random(3)
    made = [
        entry(
            NOW + i // 3,
            action=action,
            result=Result.of(action),
            actor_id=rng.choice([*PEOPLE, None]),
            target_type=rng.choice(["user", "report", None]),
            target_id=rng.choice([*PEOPLE, None]),
            summary=rng.choice(["Walked the STRASSE", "Signed in"]),
            severity=rng.choice(list(Severity)),
        )
        for i in range(60)
        for action in [rng.choice(ACTIONS)]
    ]
    return sorted(made, key=lambda one: one.position, reverse=True)


def matches(one: Activity, where: ActivityFilter, own_of: str | None) -> bool:
    def acted(pattern: str) -> bool:
        if pattern.endswith(".*"):
            return one.action.startswith(pattern[:-1])
        return one.action == pattern

    labels = (one.summary, one.actor_label, one.target_label or "")
    return (
        (own_of is None or one.concerns(own_of))
        and (not where.actor_ids or one.actor_id in where.actor_ids)
        and (not where.actions or any(acted(pattern) for pattern in where.actions))
        and (where.target_type in (None, one.target_type))
        and (where.target_id in (None, one.target_id))
        and (where.severity in (None, one.severity))
        and (where.outcome in (None, one.result))
        and (where.from_ms is None or one.occurred_ms >= where.from_ms)
        and (where.to_ms is None or one.occurred_ms < where.to_ms)
        and (where.search is None or any(where.search in fold(t) for t in labels))
    )


async def walked(
    activity: ActivityRepository,
    where: ActivityFilter,
    own_of: str | None,
    *,
    backward: bool,
) -> list[Activity]:
    found: list[Activity] = []
    request = PageRequest(7, backward=backward)
    while True:
        page = await activity.page(request, where, own_of=own_of)
        found = [*page.items, *found] if backward else [*found, *page.items]
        if not (page.has_previous if backward else page.has_next):
            return found
        edge = page.positions[0] if backward else page.positions[-1]
        request = replace(request, position=edge)


async def test_every_filter_gives_what_looking_at_each_entry_gives(
    activity: ActivityRepository,
) -> None:
    made = trail()
    await activity.append(made)

    for where, own_of in product(FILTERS, (None, "u_ana")):
        expected = [one for one in made if matches(one, where, own_of)]
        for backward in (False, True):
            found = await walked(activity, where, own_of, backward=backward)
            assert found == expected, (where, own_of, backward)


async def test_an_entry_comes_back_as_it_was_appended(
    activity: ActivityRepository,
) -> None:
    changes = (FieldChange("name", None, "2025-01-01"), FieldChange("role", "a", None))
    one = entry(NOW, changes=changes, request_id="r-1", address="192.0.2.1")

    assert await activity.append([one]) == {one.id}

    assert await activity.get(one.id) == one
    assert await activity.get("a_none") is None
    assert await activity.get("é") is None


async def test_repeats_are_left_out_and_change_nothing(
    activity: ActivityRepository,
) -> None:
    first, second = entry(NOW), entry(NOW + 1)
    await activity.append([first])

    again = replace(first, summary="Changed")

    assert await activity.append([again, second, second]) == {second.id}
    assert await activity.get(first.id) == first


async def test_a_page_of_50_is_one_read(
    activity: ActivityRepository, database_ops: DatabaseOps
) -> None:
    await activity.append(trail())
    database_ops.clear()

    page = await activity.page(PageRequest(50), ALL, own_of=None)
    await activity.page(
        PageRequest(50), ActivityFilter(actor_ids=("u_ana",)), own_of=None
    )

    assert len(page.items) == 50
    assert [op.name for op in database_ops] == ["find", "find"]


async def test_what_was_refused_is_found_by_the_index_of_its_actions(
    activity: ActivityRepository, database_ops: DatabaseOps
) -> None:
    refused = entry(NOW, action="access.refused", result=Result.REFUSED)
    await activity.append([refused, *(entry(NOW + 1 + i) for i in range(50))])
    database_ops.clear()
    where = ActivityFilter(outcome=Result.REFUSED)

    page = await activity.page(PageRequest(5), where, own_of=None)

    assert page.items == [refused]
    assert [op.name for op in database_ops] == ["find"] * len(REFUSALS)


async def test_a_search_through_many_entries_comes_short_and_says_so(
    activity: ActivityRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SCAN_SOFT", 20)
    monkeypatch.setattr(pages, "SCAN_HARD", 100)
    made = [
        entry(NOW + i, summary="rare" if i in {5, 200} else "x") for i in range(201)
    ]
    await activity.append(made)
    where = ActivityFilter(search="rare")

    page = await activity.page(PageRequest(5), where, own_of=None)

    assert [one.id for one in page.items] == [made[200].id]
    assert page.has_next
    with pytest.raises(InvalidInput, match="narrow it"):
        await activity.page(
            PageRequest(5, position=page.positions[-1]), where, own_of=None
        )


async def test_what_was_recorded_lately_comes_in_that_order_whenever_it_happened(
    activity: ActivityRepository,
) -> None:
    entries = [
        replace(entry(NOW - 1_000 * n), recorded_ms=NOW + n) for n in (0, 1, 2, 3)
    ]
    await activity.append(entries)

    assert await activity.recorded_since(NOW + 1, limit=2) == entries[2:]
    assert await activity.recorded_since(NOW + 1, limit=9) == entries[1:]
