"""Resuming: first the log, then live, and no seam between them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from domain.events import Event, Topic
from domain.positions import Delivered, Gap, Position
from realtime import figures
from realtime.follow import follow
from realtime.hub import everything
from realtime.live import Live
from tests.support.live import event_of, happened, ids, take, until
from tests.support.valkey import Valkey

ACTIVITY = Topic.ACTIVITY


def following(
    live: Live, after: Position | None
) -> AsyncGenerator[Delivered | Gap, None]:
    return follow(live.bus, live.hub, ACTIVITY, after=after, accept=everything)


async def head(live: Live) -> Position:
    position = await live.bus.head(ACTIVITY)
    assert position is not None
    return position


async def test_what_was_missed_comes_first_and_then_what_happens_now(
    near: Live, far: Live
) -> None:
    cursor = await head(near)
    await near.bus.publish(*(happened(f"a_{n}") for n in range(700)))
    async with aclosing(following(far, cursor)) as items:
        missed = await take(items, 700)
        await until(lambda: far.reader.positions[ACTIVITY].number == 700)
        waiting = asyncio.create_task(take(items, 1))
        await until(lambda: far.hub.hears(ACTIVITY))
        await near.bus.publish(happened("a_700"))

        assert ids([*missed, *await waiting]) == [f"a_{n}" for n in range(701)]


async def test_nothing_is_missed_or_doubled_while_events_keep_coming(
    near: Live, far: Live
) -> None:
    cursor = await head(near)

    async def write() -> None:
        for number in range(500):
            await near.bus.publish(happened(f"a_{number}"))

    writing = asyncio.create_task(write())
    heard: list[Delivered | Gap] = []
    while len(heard) < 500:
        # A client that loses its connection all the time.
        async with aclosing(following(far, cursor)) as items:
            heard += await take(items, min(37, 500 - len(heard)))
        last = heard[-1]
        assert isinstance(last, Delivered)
        cursor = last.position
    await writing

    assert ids(heard) == [f"a_{number}" for number in range(500)]


async def test_without_a_cursor_it_begins_now(near: Live) -> None:
    await near.bus.publish(happened("a_1"))
    end = await head(near)
    await until(lambda: near.reader.positions[ACTIVITY] == end)
    async with aclosing(following(near, None)) as items:
        waiting = asyncio.create_task(take(items, 1))
        await until(lambda: near.hub.hears(ACTIVITY))
        await near.bus.publish(happened("a_2"))

        assert ids(await waiting) == ["a_2"]


async def test_what_is_replayed_is_authorised_as_what_is_live(near: Live) -> None:
    def about_ana(event: Event) -> bool:
        return "u_ana" in event.addresses

    cursor = await head(near)
    await near.bus.publish(happened("a_1", actor_id="u_bo"), happened("a_2"))
    items = follow(near.bus, near.hub, ACTIVITY, after=cursor, accept=about_ana)
    async with aclosing(items):
        assert ids(await take(items, 1)) == ["a_2"]


async def test_a_cursor_of_a_lost_log_is_told_so_and_goes_on(
    near: Live, valkey: Valkey
) -> None:
    resumed = figures.RESUMES.value("gap")
    cursor = await head(near)
    with valkey.client as client:
        client.flushall()
    await near.bus.publish(happened("a_1"))
    async with aclosing(following(near, cursor)) as items:
        gap, event = await take(items, 2)
        waiting = asyncio.create_task(take(items, 1))
        await until(lambda: near.hub.hears(ACTIVITY))
        await near.bus.publish(happened("a_2"))

        assert ids([gap, event, *await waiting]) == ["EPOCH", "a_1", "a_2"]
    assert figures.RESUMES.value("gap") == resumed + 1


async def test_a_cursor_used_while_redis_is_away_is_served_when_it_is_back(
    near: Live, valkey: Valkey
) -> None:
    cursor = await head(near)
    await near.bus.publish(happened("a_1"))
    valkey.kill()
    async with aclosing(following(near, cursor)) as items:
        waiting = asyncio.create_task(take(items, 2))
        await near.bus.publish(happened("a_2"))
        await asyncio.to_thread(valkey.start)

        assert ids(await waiting) == ["a_1", "a_2"]


async def test_who_falls_behind_live_gets_a_gap_from_its_last_event(near: Live) -> None:
    # From now on, so that nothing is read from the log.
    async with aclosing(following(near, None)) as items:
        first = asyncio.create_task(take(items, 1))
        await until(lambda: near.hub.hears(ACTIVITY))
        await near.bus.publish(happened("a_0"))
        (last,) = await first
        await near.bus.publish(*(happened(f"a_{n}") for n in range(1, 1_501)))
        end = await head(near)
        await until(lambda: near.reader.positions[ACTIVITY] == end)

        gap, event = await take(items, 2)
        assert isinstance(last, Delivered)
        assert isinstance(gap, Gap)
        assert gap.reason == "OVERFLOW"
        assert gap.after is not None
        assert gap.after.covers(last.position)
        assert last.position.covers(gap.after)
        assert event_of(event).id == f"a_{gap.until.number}"


async def test_leaving_leaves_nothing_behind(near: Live) -> None:
    async with aclosing(following(near, await head(near))) as items:
        waiting = asyncio.create_task(take(items, 1))
        await until(lambda: near.hub.hears(ACTIVITY))
        waiting.cancel()
        await asyncio.wait([waiting])

    assert not near.hub.hears(ACTIVITY)
