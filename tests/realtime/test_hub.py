"""Fan-out inside a process: who hears what, and what being slow costs."""

import asyncio

import pytest

from domain.activity import Severity
from domain.events import (
    Event,
    MetricsChanged,
    NotificationAdded,
    StatsChanged,
    StatusChanged,
    Topic,
)
from domain.notifications import Notification
from domain.positions import Gap, GapReason, Position
from domain.users import Presence
from kit.clock import SystemClock
from realtime import figures
from realtime.hub import Hub, everything
from tests.support.live import delivered, event_of, happened, ids, take, until

ACTIVITY = {Topic.ACTIVITY}


@pytest.fixture
def hub() -> Hub:
    return Hub(SystemClock())


def tell_activity(hub: Hub, first: int, last: int, size: int = 0) -> None:
    for number in range(first, last + 1):
        hub.deliver(delivered(happened(f"a_{number}"), number), size)


def notified(user_id: str) -> NotificationAdded:
    return NotificationAdded.of(
        Notification("n_1", user_id, "Hello", None, Severity.INFO, None, created_ms=0)
    )


async def test_every_listener_of_a_topic_hears_its_events_in_order(hub: Hub) -> None:
    with (
        hub.join(ACTIVITY, accept=everything) as one,
        hub.join(ACTIVITY, accept=everything) as other,
        hub.join({Topic.STATS}, accept=everything) as deaf,
    ):
        tell_activity(hub, 1, 3)

        assert ids(await take(one, 3)) == ids(await take(other, 3))
        assert deaf.waiting == 0


async def test_a_listener_is_told_only_what_it_may_be_told(hub: Hub) -> None:
    def about_ana(event: Event) -> bool:
        return "u_ana" in event.addresses

    with hub.join(ACTIVITY, accept=about_ana) as anas:
        hub.deliver(delivered(happened("a_1", actor_id="u_bo"), 1))
        hub.deliver(delivered(happened("a_2", actor_id="u_ana"), 2))
        hub.deliver(delivered(happened("a_3", actor_id="u_bo", target_id="u_ana"), 3))

        assert ids(await take(anas, 2)) == ["a_2", "a_3"]


async def test_a_permission_lost_while_an_event_waits_is_felt_by_it(hub: Hub) -> None:
    allowed = True
    with hub.join(ACTIVITY, accept=lambda _: allowed) as listener:
        tell_activity(hub, 1, 1)
        allowed = False
        tell_activity(hub, 2, 2)
        hub.deliver(Gap(Topic.ACTIVITY, None, Position("one", 9, 9), GapReason.EPOCH))

        assert ids(await take(listener, 1)) == ["EPOCH"]


async def test_a_rule_that_fails_says_no_and_harms_nobody_else(hub: Hub) -> None:
    def broken(_: Event) -> bool:
        raise LookupError

    with (
        hub.join(ACTIVITY, accept=broken) as refused,
        hub.join(ACTIVITY, accept=everything) as fine,
    ):
        tell_activity(hub, 1, 1)

        assert ids(await take(fine, 1)) == ["a_1"]
        assert refused.waiting == 0


async def test_an_event_about_one_person_visits_no_other_listener(hub: Hub) -> None:
    asked: list[str] = []
    with (
        hub.join({Topic.NOTIFICATIONS}, accept=everything, addresses=["u_1"]) as mine,
        hub.join(
            {Topic.NOTIFICATIONS},
            accept=lambda _: not asked.append("u_2"),  # type: ignore[func-returns-value]
            addresses=["u_2"],
        ),
    ):
        event = notified("u_1")
        hub.deliver(delivered(event, 1))

        assert event_of((await take(mine, 1))[0]) == event
        assert asked == []


async def test_an_event_about_two_people_comes_once_to_who_follows_both(
    hub: Hub,
) -> None:
    with hub.join(ACTIVITY, accept=everything, addresses=["u_1", "u_2"]) as listener:
        hub.deliver(delivered(happened(actor_id="u_1", target_id="u_2"), 1))

        assert listener.waiting == 1


async def test_of_a_state_only_the_newest_waits_and_keeps_its_place(hub: Hub) -> None:
    conflated = figures.CONFLATED.value(Topic.STATS)
    with hub.join({Topic.STATS, Topic.ACTIVITY}, accept=everything) as listener:
        hub.deliver(delivered(StatsChanged(at_ms=1), 1))
        tell_activity(hub, 1, 1)
        newest = StatsChanged(at_ms=3)
        hub.deliver(delivered(StatsChanged(at_ms=2), 2))
        hub.deliver(delivered(newest, 3))

        first, second = await take(listener, 2)
        assert event_of(first) == newest
        assert ids([second]) == ["a_1"]
    assert figures.CONFLATED.value(Topic.STATS) == conflated + 2


async def test_a_state_never_overflows_however_often_it_changes(hub: Hub) -> None:
    with hub.join({Topic.STATS}, accept=everything, most_items=5) as listener:
        for number in range(1, 101):
            hub.deliver(delivered(StatsChanged(at_ms=number), number), 100)

        (item,) = await take(listener, listener.waiting)
        assert event_of(item).at_ms == 100


async def test_statuses_are_conflated_per_person(hub: Hub) -> None:
    def status(user_id: str, status: Presence) -> StatusChanged:
        return StatusChanged(at_ms=0, user_id=user_id, status=status)

    with hub.join({Topic.PRESENCE}, accept=everything) as listener:
        hub.deliver(delivered(status("u_1", Presence.ONLINE), 1))
        hub.deliver(delivered(status("u_2", Presence.ONLINE), 2))
        last = status("u_1", Presence.OFFLINE)
        hub.deliver(delivered(last, 3))

        assert event_of((await take(listener, 2))[0]) == last


async def test_names_of_changed_metrics_add_up(hub: Hub) -> None:
    with hub.join({Topic.METRICS}, accept=everything) as listener:
        hub.deliver(delivered(MetricsChanged(at_ms=1, names=("b.x", "a.x")), 1))
        hub.deliver(delivered(MetricsChanged(at_ms=2, names=("c.x", "a.x")), 2))

        (item,) = await take(listener, 1)
        assert event_of(item).names == ("a.x", "b.x", "c.x")  # type: ignore[attr-defined]


async def test_who_falls_behind_is_told_one_gap_in_place_of_its_backlog(
    hub: Hub,
) -> None:
    with hub.join(ACTIVITY, accept=everything, most_items=10) as slow:
        tell_activity(hub, 1, 35)

        gap, *rest = await take(slow, slow.waiting)
        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.OVERFLOW
        assert gap.after is not None
        assert gap.after.number == 0
        assert ids(rest) == [
            f"a_{gap.until.number + n}" for n in range(1, len(rest) + 1)
        ]
        assert gap.until.number + len(rest) == 35


async def test_what_waits_is_bounded_in_number_and_in_bytes(hub: Hub) -> None:
    with (
        hub.join(ACTIVITY, accept=everything, most_items=10) as by_number,
        hub.join(ACTIVITY, accept=everything, most_bytes=10_000) as by_bytes,
    ):
        for number in range(1, 1_001):
            hub.deliver(delivered(happened(), number), 1_000)
            assert by_number.waiting <= 10
            assert by_bytes.waiting <= 11


async def test_an_event_larger_than_the_bound_is_a_gap(hub: Hub) -> None:
    with hub.join(ACTIVITY, accept=everything, most_bytes=10) as listener:
        tell_activity(hub, 1, 1, size=11)

        assert ids(await take(listener, 1)) == ["OVERFLOW"]


async def test_a_busy_topic_does_not_push_out_a_quiet_one(hub: Hub) -> None:
    topics = {Topic.ACTIVITY, Topic.NOTIFICATIONS}
    with hub.join(topics, accept=everything, most_items=10) as slow:
        event = notified("u_1")
        hub.deliver(delivered(event, 1))
        tell_activity(hub, 1, 100)

        assert event_of((await take(slow, 1))[0]) == event


async def test_one_who_does_not_read_delays_nobody(hub: Hub) -> None:
    heard: list[str] = []
    with (
        hub.join(ACTIVITY, accept=everything, most_items=5) as stuck,
        hub.join(ACTIVITY, accept=everything) as quick,
    ):

        async def read() -> None:
            async for item in quick:
                heard.extend(ids([item]))

        reading = asyncio.create_task(read())
        for number in range(1, 501):
            tell_activity(hub, number, number)
            await asyncio.sleep(0)
        await until(lambda: len(heard) == 500)
        reading.cancel()
        await asyncio.wait([reading])

        assert heard == [f"a_{number}" for number in range(1, 501)]
        assert stuck.waiting <= 5


async def test_leaving_leaves_nothing_behind(hub: Hub) -> None:
    before = figures.SUBSCRIBERS.value(Topic.ACTIVITY)
    with (
        hub.join(ACTIVITY, accept=everything, addresses=["u_1", "u_2"]),
        hub.join(ACTIVITY, accept=everything),
    ):
        assert hub.hears(Topic.ACTIVITY)
        assert figures.SUBSCRIBERS.value(Topic.ACTIVITY) == before + 2

    assert not hub.hears(Topic.ACTIVITY)
    assert hub._listeners == {}
    assert figures.SUBSCRIBERS.value(Topic.ACTIVITY) == before


async def test_gaps_of_a_state_are_one(hub: Hub) -> None:
    with hub.join({Topic.STATS}, accept=everything) as listener:
        for number in (3, 6, 9):
            after = Position("one", 0, number - 3)
            until = Position("one", 0, number)
            hub.deliver(Gap(Topic.STATS, after, until, GapReason.TRIMMED))

        (gap,) = await take(listener, listener.waiting)
        assert isinstance(gap, Gap)
        assert gap.after == Position("one", 0, 0)
        assert gap.until == Position("one", 0, 9)
