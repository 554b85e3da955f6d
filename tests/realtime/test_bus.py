"""Two replicas on one Redis: what is published on one is heard on both."""

import asyncio

import pytest

from domain.errors import Unavailable
from domain.events import AccessChanged, MetricsChanged, StatsChanged, Topic
from domain.positions import Delivered, Gap, GapReason, Position
from kit import jsonio
from persistence import keys
from realtime.hub import everything
from realtime.live import Live
from tests.support.live import event_of, happened, ids, take, until
from tests.support.live_parts import idle, reading, running
from tests.support.valkey import Valkey

ACTIVITY = {Topic.ACTIVITY}


async def replayed(live: Live, after: Position) -> list[str]:
    return ids([item async for item in live.bus.replay(Topic.ACTIVITY, after)])


async def head(live: Live) -> Position:
    position = await live.bus.head(Topic.ACTIVITY)
    assert position is not None
    return position


async def test_an_event_is_heard_on_every_replica_once_and_at_one_position(
    near: Live, far: Live
) -> None:
    with (
        near.hub.join(ACTIVITY, accept=everything) as ours,
        far.hub.join(ACTIVITY, accept=everything) as theirs,
    ):
        assert await near.bus.publish(happened("a_1"))
        assert await far.bus.publish(happened("a_2"))

        heard = await take(ours, 2)
        assert ids(heard) == ["a_1", "a_2"]
        assert await take(theirs, 2) == heard
        assert ours.waiting == theirs.waiting == 0


async def test_events_keep_their_order_and_their_numbers_have_no_gaps(
    near: Live, far: Live
) -> None:
    events = [happened() for _ in range(1_000)]
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await asyncio.gather(*(near.bus.publish(event) for event in events))

        heard = await take(listener, len(events))
        assert ids(heard) == [event.id for event in events]
        numbers = [
            item.position.number for item in heard if isinstance(item, Delivered)
        ]
        assert numbers == list(range(1, len(events) + 1))


async def test_publishing_again_changes_nothing_whoever_does_it(
    near: Live, far: Live
) -> None:
    start = await head(near)
    again = happened("a_1")
    with near.hub.join(ACTIVITY, accept=everything) as listener:
        await near.bus.publish(again, again)
        await near.bus.publish(again)
        await far.bus.publish(again)
        await far.bus.publish(happened("a_2"))

        assert ids(await take(listener, 2)) == ["a_1", "a_2"]
    assert await replayed(near, start) == ["a_1", "a_2"]


async def test_every_topic_is_heard_by_those_who_listen_to_it(
    near: Live, far: Live
) -> None:
    told = [
        AccessChanged(at_ms=0, user_id="u_1"),
        StatsChanged(at_ms=0),
        MetricsChanged(at_ms=0, names=("api.requests",)),
    ]
    with far.hub.join(set(Topic), accept=everything) as listener:
        await near.bus.publish(*told)

        heard = [event_of(item) for item in await take(listener, 3)]
        assert sorted(heard, key=lambda event: event.id) == sorted(
            told, key=lambda event: event.id
        )


async def test_the_newest_cursor_is_the_seam_between_a_query_and_what_follows(
    near: Live,
) -> None:
    await near.bus.publish(happened("a_1"))
    cursor = await head(near)
    await near.bus.publish(happened("a_2"), happened("a_3"))

    assert await replayed(near, cursor) == ["a_2", "a_3"]
    assert await replayed(near, await head(near)) == []


async def test_a_replay_of_many_pages_is_complete(near: Live) -> None:
    start = await head(near)
    events = [happened() for _ in range(1_234)]
    await near.bus.publish(*events)

    assert await replayed(near, start) == [event.id for event in events]


async def test_a_log_is_bounded_and_says_what_it_no_longer_has(
    valkey: Valkey,
) -> None:
    async with running(valkey.address, log_events=100) as live:
        start = await head(live)
        for _ in range(10):
            await live.bus.publish(*(happened() for _ in range(100)))
        items = [item async for item in live.bus.replay(Topic.ACTIVITY, start)]

        gap, *rest = items
        assert ids([gap]) == ["TRIMMED"]
        assert 100 <= len(rest) <= 250  # it is trimmed by whole nodes
        assert isinstance(rest[0], Delivered)
        assert gap.until == rest[0].position.before  # type: ignore[union-attr]
        assert isinstance(rest[-1], Delivered)
        assert rest[-1].position == await head(live)


async def test_events_older_than_is_kept_are_gone_and_that_is_said(
    valkey: Valkey,
) -> None:
    async with running(valkey.address, keep_ms=0) as live:
        start = await head(live)
        await live.bus.publish(happened("a_1"))
        first_ms = (await head(live)).ms
        with valkey.client as client:
            await until(lambda: client.time()[0] * 1_000 > first_ms + 1_000)
        await live.bus.publish(happened("a_2"))

        assert (await replayed(live, start))[0] == "TRIMMED"
        assert "a_1" not in await replayed(live, start)


async def test_a_reader_that_was_away_for_longer_than_the_log_reaches_tells_a_gap(
    valkey: Valkey,
) -> None:
    async with idle(valkey.address, log_events=50) as live:
        with live.hub.join(ACTIVITY, accept=everything) as listener:
            async with reading(live):
                await live.bus.publish(happened("a_1"))
                assert ids(await take(listener, 1)) == ["a_1"]
            events = [happened() for _ in range(1_000)]
            await live.bus.publish(*events)
            async with reading(live):
                gap, first = await take(listener, 2)

                assert isinstance(gap, Gap)
                assert isinstance(first, Delivered)
                assert gap.reason is GapReason.TRIMMED
                assert (gap.after or first.position).number == 1
                assert gap.until == first.position.before
                rest = await take(listener, 1_001 - first.position.number)
                assert ids([first, *rest]) == [
                    event.id for event in events[first.position.number - 2 :]
                ]


async def test_what_was_written_but_never_told_is_told_by_a_repair_once(
    near: Live, far: Live
) -> None:
    told, never_told = happened("a_1"), happened("a_2")
    start = await head(near)
    await near.bus.publish(told)

    assert await near.bus.repair([told, never_told]) == 1
    assert await far.bus.repair([told, never_told]) == 0
    assert await replayed(far, start) == ["a_1", "a_2"]


async def test_a_repair_leaves_alone_what_is_older_than_the_log(
    valkey: Valkey,
) -> None:
    async with running(valkey.address, log_events=10) as live:
        await live.bus.publish(*(happened() for _ in range(500)))
        long_ago = happened("a_old", at_ms=0)
        now = happened("a_new", at_ms=2_000_000_000_000)

        assert await live.bus.repair([long_ago, now]) == 1
        assert await live.bus.repair([now]) == 0


async def test_others_can_subscribe_to_the_documented_channels(
    near: Live, valkey: Valkey
) -> None:
    with valkey.client as client, client.pubsub() as outside:
        outside.subscribe(keys.UPDATES_CHANNEL)
        outside.get_message(timeout=30)
        event = happened("a_1")
        await near.bus.publish(StatsChanged(at_ms=7, id="e_1"))
        await near.bus.publish(AccessChanged(at_ms=7, user_id="u_1"))
        await near.bus.publish(event, event)
        await near.bus.publish(StatsChanged(at_ms=8, id="e_2"))

        messages = [
            jsonio.loads((outside.get_message(timeout=30) or {})["data"])
            for _ in range(3)
        ]
    assert [one["event"] for one in messages] == [
        "dashboard:update",
        "activity:new",
        "dashboard:update",
    ]
    assert messages[0]["data"] == {"at_ms": 7, "id": "e_1"}
    assert messages[1]["data"]["activity"]["summary"] == "Did a thing"


async def test_nothing_is_decoded_when_nobody_listens(
    near: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime.streams.decode", lambda *_: pytest.fail("decoded"))
    await near.bus.publish(happened("a_1"))
    end = await head(near)

    await until(lambda: near.reader.positions[Topic.ACTIVITY] == end)


async def test_all_keys_of_the_live_part_share_one_slot_of_a_cluster(
    near: Live, valkey: Valkey
) -> None:
    await near.bus.publish(happened())
    async with near.presence.connection("u_1", "s_1"):
        with valkey.client as client:
            names = [name.decode() for name in client.keys("*")]

    assert len(names) > len(Topic)
    assert all(one.startswith("{dashboard}:") for one in names if one != "selftest")


async def test_without_redis_questions_are_answered_at_once(
    near: Live, valkey: Valkey
) -> None:
    start = await head(near)
    valkey.kill()

    assert await near.bus.head(Topic.ACTIVITY) is None
    with pytest.raises(Unavailable):
        await replayed(near, start)
    with pytest.raises(Unavailable):
        await near.bus.repair([happened()])
