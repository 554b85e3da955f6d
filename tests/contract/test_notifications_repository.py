"""Inboxes on a real database."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.activity import Severity
from domain.notifications import Notification
from domain.paging import PageRequest
from persistence.idempotency import IdempotencyRepository
from persistence.mongo import Mongo
from persistence.notifications import NotificationRepository
from tests.support.database_ops import DatabaseOps
from tests.support.records import DAY_MS, notice

NOW = 1_750_500_000_000
KEEP_MS = 90 * DAY_MS
ANA, BO = "u_ana", "u_bo"


async def fill(
    inbox: NotificationRepository, count: int, **wishes: object
) -> list[Notification]:
    """`count` of them, three in a millisecond, newest first."""
    made = [notice(NOW + number // 3, **wishes) for number in range(count)]
    await inbox.insert(made, KEEP_MS)
    return made[::-1]


async def walk(
    inbox: NotificationRepository, size: int, *, unread_only: bool = False
) -> list[Notification]:
    """Ana's inbox, page after page."""
    found: list[Notification] = []
    position: str | None = None
    while True:
        request = PageRequest(size=size, position=position)
        page = await inbox.page(ANA, request, unread_only=unread_only)
        found += page.items
        if not page.has_next:
            return found
        position = page.positions[-1]


def ids(notifications: Sequence[Notification]) -> list[str]:
    return [one.id for one in notifications]


async def test_what_was_stored_comes_back_as_it_was(
    notifications: NotificationRepository,
) -> None:
    told = notice(
        NOW,
        title="2025-01-01: «Ärger» 🎉",
        body="One line.\n\n\tAnother.",
        level=Severity.ERROR,
        link="/reports?day=2025-01-01",
    )
    await notifications.insert([told], KEEP_MS)

    assert await notifications.get(ANA, told.id) == told
    assert await walk(notifications, 10) == [told]
    await notifications.mark_read(ANA, [told.id], NOW + 5)
    assert await notifications.get(ANA, told.id) == replace(told, read_ms=NOW + 5)


async def test_an_id_is_stored_once(notifications: NotificationRepository) -> None:
    told = notice(NOW)
    await notifications.insert([told], KEEP_MS)
    await notifications.mark_read(ANA, [told.id], NOW + 1)

    await notifications.insert([replace(told, created_ms=NOW + 9)], KEEP_MS)

    assert await walk(notifications, 10) == [replace(told, read_ms=NOW + 1)]


@pytest.mark.parametrize("size", [1, 2, 7, 100])
async def test_pages_hold_everything_once_newest_first_read_or_not(
    notifications: NotificationRepository, size: int
) -> None:
    made = await fill(notifications, 20)
    await fill(notifications, 5, user_id=BO)
    read = random.Random(size).sample(ids(made), 9)
    await notifications.mark_read(ANA, read, NOW)

    assert ids(await walk(notifications, size)) == ids(made)
    unread = await walk(notifications, size, unread_only=True)
    assert ids(unread) == [one for one in ids(made) if one not in read]
    assert await notifications.count_unread(ANA) == 11
    assert await notifications.count_unread(BO) == 5


async def test_reading_changes_ones_own_unread_ones_alone_and_names_them(
    notifications: NotificationRepository,
) -> None:
    one, two, three = await fill(notifications, 3)
    (others,) = await fill(notifications, 1, user_id=BO)
    await notifications.mark_read(ANA, [two.id], NOW)

    changed = await notifications.mark_read(
        ANA, [one.id, one.id, two.id, others.id, "n_nothing", "", "a" * 24], NOW + 1
    )

    assert changed == [one.id]
    assert ids(await walk(notifications, 9, unread_only=True)) == [three.id]
    assert await notifications.count_unread(BO) == 1
    assert await notifications.get(ANA, two.id) == replace(two, read_ms=NOW)


async def test_reading_all_from_before_a_moment_leaves_those_of_the_moment(
    notifications: NotificationRepository,
) -> None:
    made = await fill(notifications, 9)
    await fill(notifications, 2, user_id=BO)

    assert await notifications.mark_all_read(ANA, NOW + 2, NOW + 50) == 6
    assert ids(await walk(notifications, 9, unread_only=True)) == ids(made[:3])
    assert await notifications.mark_all_read(ANA, None, NOW + 51) == 3
    assert await notifications.mark_all_read(ANA, None, NOW + 52) == 0
    assert await notifications.count_unread(BO) == 2
    assert {one.read_ms for one in await walk(notifications, 9)} == {NOW + 50, NOW + 51}


async def test_nobody_finds_what_is_in_anothers_inbox_or_no_notification(
    notifications: NotificationRepository, idempotency: IdempotencyRepository
) -> None:
    (told,) = await fill(notifications, 1)
    await idempotency.begin("key", "body", NOW, 60)

    assert await notifications.get(BO, told.id) is None
    assert await notifications.get("", told.id) is None
    assert await notifications.get(ANA, "n_nothing") is None
    assert await notifications.mark_read(BO, [told.id], NOW) == []


async def test_the_recent_ones_are_everybodys_unread_newest_first(
    notifications: NotificationRepository, mongo: Mongo
) -> None:
    made = await fill(notifications, 12)
    (others,) = await fill(notifications, 1, user_id=BO)
    await notifications.mark_read(ANA, [made[0].id], NOW)
    # Of another partition, at a place that somebody might have chosen.
    await mongo.collection("dashboard_data").insert(
        {"_id": "x_1", "s": "tags", "b": f"N{NOW + 2}-x", "exp": NOW}
    )

    found = await notifications.recent(NOW + 2, limit=100)

    assert ids(found) == ids(made[1:6])
    assert others in await notifications.recent(NOW, limit=100)


async def test_they_go_when_their_time_is_over(
    notifications: NotificationRepository, idempotency: IdempotencyRepository
) -> None:
    await fill(notifications, 3)

    assert await idempotency.sweep(NOW + KEEP_MS) == 0
    assert await idempotency.sweep(NOW + KEEP_MS + 1) == 3
    assert await walk(notifications, 9) == []


async def test_a_page_costs_two_reads_the_unread_ones_and_their_count_one(
    notifications: NotificationRepository, database_ops: DatabaseOps
) -> None:
    await fill(notifications, 30)
    request = PageRequest(size=20)
    database_ops.clear()

    await notifications.page(ANA, request, unread_only=False)
    await notifications.page(ANA, request, unread_only=True)
    await notifications.count_unread(ANA)

    assert [op.name for op in database_ops] == ["find", "find", "find", "count"]
