"""Redis dies, comes back, forgets: what is told is complete, or says that it is not."""

import asyncio
import tempfile
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import StatsChanged, Topic
from domain.positions import Delivered, Gap, GapReason, Position
from kit.tasks import heeding
from realtime.follow import follow
from realtime.hub import everything
from realtime.live import Live
from realtime.outbox import Outbox
from realtime.reader import Reader
from realtime.trying import LONGEST_S, Backoff
from tests.support.live import PATIENCE_S, event_of, happened, ids, take, until
from tests.support.live_parts import idle, reading, running
from tests.support.valkey import Valkey

ACTIVITY = {Topic.ACTIVITY}
LOG = "{dashboard}:log:activity"
KEYS_OF_LOG = (LOG, f"{LOG}:head", f"{LOG}:ids")


async def test_what_happens_while_redis_is_away_is_told_in_order_once_it_is_back(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        assert await near.bus.publish(happened("a_0"))
        valkey.kill()
        for number in range(1, 51):
            assert not await near.bus.publish(happened(f"a_{number}"))
        await asyncio.to_thread(valkey.start)

        assert ids(await take(listener, 51)) == [f"a_{n}" for n in range(51)]
        assert await near.bus.publish(happened("a_51"))
        assert ids(await take(listener, 1)) == ["a_51"]


async def test_a_state_that_changed_often_meanwhile_is_told_once(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join({Topic.STATS, Topic.ACTIVITY}, accept=everything) as listener:
        valkey.kill()
        newest = StatsChanged(at_ms=100)
        for at_ms in range(100):
            await near.bus.publish(StatsChanged(at_ms=at_ms))
        await near.bus.publish(newest, happened("a_1"))
        await asyncio.to_thread(valkey.start)

        heard = [event_of(item) for item in await take(listener, 2)]
        assert newest in heard
        await near.bus.publish(happened("a_2"))
        assert ids(await take(listener, 1)) == ["a_2"]


async def test_an_event_whose_publisher_went_away_is_told_all_the_same(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        with valkey.client as client:
            client.execute_command("CLIENT", "PAUSE", "100", "ALL")
        publishing = asyncio.create_task(near.bus.publish(happened("a_1")))
        await asyncio.sleep(0)
        publishing.cancel()
        await asyncio.wait([publishing])

        assert ids(await take(listener, 1)) == ["a_1"]


async def test_when_too_much_waited_for_redis_everybody_is_told_of_the_gap(
    near: Live, far: Live, valkey: Valkey
) -> None:
    outbox = Outbox(near.outbox._streams, waiting_max=10)
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await outbox.put(happened("a_0"))
        assert ids(await take(listener, 1)) == ["a_0"]
        valkey.kill()
        await outbox.put(*(happened(f"a_{number}") for number in range(1, 31)))
        await asyncio.to_thread(valkey.start)
        sending = asyncio.create_task(outbox.run())

        gap, *rest = await take(listener, 11)
        assert isinstance(gap, Gap)
        assert gap.after is not None
        assert gap.until.number - gap.after.number == 20
        assert ids(rest) == [f"a_{number}" for number in range(21, 31)]
        sending.cancel()
        await asyncio.wait([sending])


async def test_a_log_that_was_lost_is_a_gap_and_goes_on_in_a_new_epoch(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await near.bus.publish(happened("a_1"))
        (old,) = await take(listener, 1)
        assert isinstance(old, Delivered)
        with valkey.client as client:
            client.flushall()
        await near.bus.publish(happened("a_2"))

        gap, new = await take(listener, 2)
        assert ids([gap, new]) == ["EPOCH", "a_2"]
        assert isinstance(new, Delivered)
        assert new.position.epoch != old.position.epoch
        assert gap == Gap(
            Topic.ACTIVITY, old.position, new.position.before, GapReason.EPOCH
        )
        resumed = [item async for item in near.bus.replay(Topic.ACTIVITY, old.position)]
        assert ids(resumed) == ["EPOCH", "a_2"]


async def test_a_position_of_a_lost_log_is_told_so_though_nothing_happened_since(
    near: Live, valkey: Valkey
) -> None:
    await near.bus.publish(happened("a_1"))
    old = await near.bus.head(Topic.ACTIVITY)
    assert old is not None
    with valkey.client as client:
        client.flushall()

    assert ids([one async for one in near.bus.replay(Topic.ACTIVITY, old)]) == ["EPOCH"]


async def test_events_that_somebody_removed_from_the_log_are_a_gap(
    near: Live, valkey: Valkey
) -> None:
    start = await near.bus.head(Topic.ACTIVITY)
    assert start is not None
    await near.bus.publish(happened("a_1"))
    end = await near.bus.head(Topic.ACTIVITY)
    assert end is not None
    with valkey.client as client:
        client.xtrim(LOG, maxlen=0, approximate=False)

    items = [one async for one in near.bus.replay(Topic.ACTIVITY, start)]
    assert items == [Gap(Topic.ACTIVITY, start, end, GapReason.TRIMMED)]


async def test_a_log_lost_while_nobody_read_is_read_from_its_beginning(
    far: Live, valkey: Valkey
) -> None:
    async with idle(valkey.address) as live:
        often = replace(
            live, reader=Reader(live.reader._streams, live.hub, check_s=0.001)
        )
        with live.hub.join(ACTIVITY, accept=everything) as listener:
            await far.bus.publish(happened("a_1"))
            async with reading(often):
                pass
            with valkey.client as client:
                client.flushall()
            await far.bus.publish(happened("a_2"), happened("a_3"))
            async with reading(often):
                assert ids(await take(listener, 3)) == ["EPOCH", "a_2", "a_3"]


async def test_a_log_that_is_filled_again_repeats_nothing_to_who_heard_it(
    near: Live, far: Live, valkey: Valkey
) -> None:
    events = [happened(f"a_{number}") for number in range(500)]
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await near.bus.publish(*events)
        await take(listener, len(events))
        with valkey.client as client:
            client.flushall()

        assert await near.bus.repair([*events, happened("a_new")]) == 501
        assert ids(await take(listener, 2)) == ["EPOCH", "a_new"]


async def test_a_redis_that_fell_back_to_an_older_copy_is_found_out(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await near.bus.publish(happened("a_1"))
        with valkey.client as client:
            copy = {key: client.dump(key) for key in KEYS_OF_LOG}
            await near.bus.publish(happened("a_2"), happened("a_3"))
            *_, last = await take(listener, 3)
            assert isinstance(last, Delivered)
            for key, value in copy.items():
                client.restore(key, 0, value, replace=True)
            # As after a failover: the old connections are gone.
            client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

        assert ids(await take(listener, 1)) == ["EPOCH"]
        await near.bus.publish(happened("a_4"))
        assert ids(await take(listener, 1)) == ["a_4"]
        resumed = [
            item async for item in near.bus.replay(Topic.ACTIVITY, last.position)
        ]
        assert ids(resumed) == ["EPOCH", "a_4"]


async def test_so_is_one_that_went_on_from_the_older_copy(
    near: Live, far: Live, valkey: Valkey
) -> None:
    with far.hub.join(ACTIVITY, accept=everything) as listener:
        await near.bus.publish(happened("a_1"))
        with valkey.client as client:
            copy = {key: client.dump(key) for key in KEYS_OF_LOG}
            await near.bus.publish(happened("a_2"), happened("a_3"))
            first, *_ = await take(listener, 3)
            assert isinstance(first, Delivered)
            with client.pipeline(transaction=True) as failover:
                for key, value in copy.items():
                    failover.restore(key, 0, value, replace=True)
                failover.execute()
        await near.bus.publish(happened("a_4"))

        assert ids(await take(listener, 1)) == ["EPOCH"]
        # Nor is there a way back to before the fall that skips what was lost in it.
        await near.bus.publish(happened("a_5"))
        assert ids(await take(listener, 1)) == ["a_5"]
        back = [one async for one in near.bus.replay(Topic.ACTIVITY, first.position)]
        assert ids(back)[0] == "EPOCH"


async def test_a_process_that_starts_without_redis_comes_to_life_with_it(
    valkey: Valkey,
) -> None:
    valkey.kill()
    async with idle(valkey.address) as live:
        task = asyncio.create_task(live.run())
        with live.hub.join(ACTIVITY, accept=everything) as listener:
            assert not await live.bus.publish(happened("a_1"))
            await until(lambda: live.reader._failures)
            await asyncio.to_thread(valkey.start)

            # Whether it heard all since it began to listen, nobody knows: it is told.
            assert ids(await take(listener, 1)) == ["EPOCH"]
            await live.reader.ready.wait()
            assert live.reader.returned.is_set()
            await until(lambda: not live.outbox._waiting)
            await live.bus.publish(happened("a_2"))
            items = ids(await take(listener, 1))
            while items[-1] != "a_2":
                items += ids(await take(listener, 1))
        task.cancel()
        await asyncio.wait([task])


async def test_a_cancellation_the_driver_swallows_is_heeded() -> None:
    sent = asyncio.Event()

    async def driver() -> str:
        # In Python 3.11 this returns as if nothing were, cancelled as it ends.
        await asyncio.wait_for(sent.wait(), PATIENCE_S)
        return "answer"

    async def subscription() -> None:
        while True:
            await heeding(driver())

    task = asyncio.create_task(subscription())
    await asyncio.sleep(0.01)
    sent.set()
    await asyncio.sleep(0)
    task.cancel()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.wait([task])
    assert task.cancelled()


def test_tries_are_never_far_apart() -> None:
    pauses = Backoff()

    waits_s = [pauses.next_s() for _ in range(100)]

    assert all(0 < wait_s <= LONGEST_S for wait_s in waits_s)
    pauses.reset()
    assert pauses.next_s() < LONGEST_S / 2


PUBLISH, RESTART, DROP = "publish", "restart redis", "drop the connection"
plans = st.lists(st.sampled_from([PUBLISH, RESTART, DROP]), min_size=3, max_size=8)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(plans)
def test_nothing_is_lost_doubled_or_out_of_order_wherever_it_breaks(
    plan: list[str],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        valkey = Valkey(Path(folder))
        valkey.start()
        try:
            asyncio.run(_carry_out([*plan, RESTART, PUBLISH], valkey))
        finally:
            valkey.kill()


async def _carry_out(plan: list[str], valkey: Valkey) -> None:
    _flush_to_disk_at_once(valkey)
    sent: dict[str, list[str]] = {"near": [], "far": []}
    async with running(valkey.address) as near, running(valkey.address) as far:
        client = _Client(await far.bus.head(Topic.ACTIVITY))
        listening = asyncio.create_task(client.listen(far))
        for step in plan:
            if step == RESTART:
                valkey.kill()
            for name, live in (("near", near), ("far", far)):
                events = [happened(f"{name}{len(sent[name]) + n}") for n in range(20)]
                sent[name] += [event.id for event in events]
                await asyncio.gather(*(live.bus.publish(event) for event in events))
            if step == DROP:
                listening.cancel()
                await asyncio.wait([listening])
                listening = asyncio.create_task(client.listen(far))
            if step == RESTART:
                await asyncio.to_thread(valkey.start)
                _flush_to_disk_at_once(valkey)
        total = sum(map(len, sent.values()))
        await until(lambda: len(client.ids) >= total or listening.done())
        listening.cancel()
        await asyncio.wait([listening])
    for name, published in sent.items():
        assert [one for one in client.ids if one.startswith(name)] == published
    assert len(client.ids) == total


def _flush_to_disk_at_once(valkey: Valkey) -> None:
    # What an older copy means is for the tests above.
    with valkey.client as client:
        client.config_set("appendfsync", "always")


class _Client:
    """Resumes from the last position it saw."""

    def __init__(self, start: Position | None) -> None:
        self.last = start
        self.ids: list[str] = []

    async def listen(self, live: Live) -> None:
        items = follow(
            live.bus, live.hub, Topic.ACTIVITY, after=self.last, accept=everything
        )
        async with asyncio.timeout(PATIENCE_S), aclosing(items):
            async for item in items:
                assert isinstance(item, Delivered), item
                self.ids.append(item.event.id)
                self.last = item.position
