"""Who is here, over tabs, replicas, crashes and a Redis that comes and goes."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import StatusChanged, Topic
from domain.positions import Position
from domain.users import Presence as Status
from realtime.live import Live
from realtime.presence import Timing
from tests.support.live import event_of, until
from tests.support.live_parts import idle
from tests.support.valkey import Valkey

ON, OFF = Status.ONLINE, Status.OFFLINE
# Time is not waited for: a grace is over at once, or never within a test.
NO_GRACE = Timing(grace_s=0, absent_s=0.001, return_s=0)
LONG_GRACE = Timing(grace_s=3_600, absent_s=0.001, return_s=0)
CRASHED = Timing(seat_s=0, absent_s=0.001, return_s=0)  # never keeps its seats


class World:
    """Replicas that only do what a test makes them do, and what they told."""

    def __init__(self, stack: AsyncExitStack, address: str) -> None:
        self._stack = stack
        self._address = address

    async def replica(self, timing: Timing = NO_GRACE) -> Live:
        return await self._stack.enter_async_context(idle(self._address, timing=timing))

    async def changes(self) -> list[StatusChanged]:
        """Every change of status that was told, in order."""
        async with idle(self._address) as live:
            head = await live.bus.head(Topic.PRESENCE)
            assert head is not None
            begin = Position(head.epoch, 0, 0)
            items = [item async for item in live.bus.replay(Topic.PRESENCE, begin)]
        events = [event_of(item) for item in items]
        return [event for event in events if isinstance(event, StatusChanged)]

    async def told(self) -> list[tuple[str, Status]]:
        return [(change.user_id, change.status) for change in await self.changes()]


@pytest.fixture
async def world(valkey: Valkey) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield World(stack, valkey.address)


async def status(live: Live, user_id: str) -> Status:
    found = await live.presence.statuses([user_id])
    assert found is not None
    return found[user_id]


async def test_one_is_online_with_the_first_connection_and_offline_after_the_last(
    world: World,
) -> None:
    one, other = await world.replica(), await world.replica()

    assert await status(one, "u_1") is OFF
    async with one.presence.connection("u_1", "s_1"):
        assert await world.told() == [("u_1", ON)]
        async with (
            one.presence.connection("u_1", "s_1"),
            other.presence.connection("u_1", "s_2"),
        ):
            assert await status(other, "u_1") is ON
        await other.presence.sweep()
        assert await status(other, "u_1") is ON
    assert await status(other, "u_1") is ON  # until somebody looks: the grace
    await other.presence.sweep()

    assert await world.told() == [("u_1", ON), ("u_1", OFF)]
    assert await status(one, "u_1") is OFF


async def test_a_reconnection_within_the_grace_is_no_event(world: World) -> None:
    one = await world.replica(LONG_GRACE)
    other = await world.replica(LONG_GRACE)
    for live in (one, other, one):
        async with live.presence.connection("u_1", "s_1"):
            await live.presence.sweep()
    async with one.presence.connection("u_2", "s_2"):
        assert await world.told() == [("u_1", ON), ("u_2", ON)]


async def test_an_offline_comes_no_sooner_than_the_grace(world: World) -> None:
    live = await world.replica(Timing(grace_s=0.2, absent_s=3_600, return_s=0))
    await live.presence.sweep()
    async with live.presence.connection("u_1", "s_1"):
        pass
    await until(live.presence.sweep)

    online, offline = await world.changes()
    assert offline.at_ms - online.at_ms >= 200


async def test_a_change_is_told_once_however_many_see_it(world: World) -> None:
    replicas = [await world.replica() for _ in range(5)]
    async with AsyncExitStack() as tabs:
        entered = [
            tabs.enter_async_context(live.presence.connection("u_1", "s_1"))
            for live in replicas
        ]
        await asyncio.gather(*entered)
    await asyncio.gather(*(live.presence.sweep() for live in replicas))
    async with replicas[0].presence.connection("u_2", "s_2"):
        assert await world.told() == [("u_1", ON), ("u_1", OFF), ("u_2", ON)]


async def test_users_of_a_crashed_replica_are_cleared_by_another(world: World) -> None:
    crashed, other = await world.replica(CRASHED), await world.replica()
    async with AsyncExitStack() as lost:
        await lost.enter_async_context(crashed.presence.connection("u_1", "s_1"))
        async with other.presence.connection("u_2", "s_2"):
            await until(other.presence.sweep)

            assert await other.presence.statuses(["u_1", "u_2"]) == {
                "u_1": OFF,
                "u_2": ON,
            }
            assert await other.presence.connections(["s_1", "s_2"]) == {
                "s_1": 0,
                "s_2": 1,
            }
            assert sorted(await world.told()) == [
                ("u_1", OFF),
                ("u_1", ON),
                ("u_2", ON),
            ]


async def test_a_seat_that_is_kept_does_not_expire(world: World) -> None:
    live = await world.replica(CRASHED)
    keeper = await world.replica()
    async with live.presence.connection("u_1", "s_1"):
        # The same seats, kept for longer.
        keeper.presence._seats = live.presence._seats
        assert await keeper.presence.keep()
        await keeper.presence.sweep()

        assert await status(live, "u_1") is ON


async def test_connections_are_counted_per_session_over_all_replicas(
    world: World,
) -> None:
    one, other = await world.replica(), await world.replica()
    async with (
        one.presence.connection("u_1", "s_1"),
        one.presence.connection("u_1", "s_2"),
        other.presence.connection("u_1", "s_1"),
    ):
        counts = await one.presence.connections(["s_1", "s_2", "s_3"])

        assert counts == {"s_1": 2, "s_2": 1, "s_3": 0}
    # During the grace the user is here, but no session has a connection.
    assert await one.presence.connections(["s_1", "s_2"]) == {"s_1": 0, "s_2": 0}


async def test_who_is_online_is_listed_latest_first_and_counted(world: World) -> None:
    live = await world.replica()
    async with AsyncExitStack() as all_of_them:
        for number in range(5):
            await all_of_them.enter_async_context(
                live.presence.connection(f"u_{number}", "s_1")
            )
            await asyncio.sleep(0.002)  # two of one millisecond have no order

        assert await live.presence.online_ids(2) == ["u_4", "u_3"]
        assert await live.presence.online_count() == 5


async def test_while_redis_is_away_nobody_knows_and_nothing_breaks(
    world: World, valkey: Valkey
) -> None:
    live = await world.replica()
    valkey.kill()
    async with live.presence.connection("u_1", "s_1"):
        assert await live.presence.statuses(["u_1"]) is None
        assert await live.presence.connections(["s_1"]) is None
        assert await live.presence.online_ids(10) is None
        assert await live.presence.online_count() is None
        assert not await live.presence.keep()
        assert await live.presence.sweep() == 0


async def test_what_redis_missed_or_forgot_it_learns_when_it_is_back(
    valkey: Valkey,
) -> None:
    timing = Timing(sweep_every_s=0.01, keep_every_s=3_600)
    async with idle(valkey.address, timing=timing) as live:
        valkey.kill()
        async with live.presence.connection("u_1", "s_1"):
            await asyncio.to_thread(valkey.start)
            running = asyncio.create_task(live.presence.run())
            await _until_online(live, ["u_1"])
            with valkey.client as client:
                client.flushall()
            await _until_online(live, ["u_1"])
            running.cancel()
            await asyncio.wait([running])


async def _until_online(live: Live, user_ids: list[str]) -> None:
    async def are_online() -> bool:
        return await live.presence.online_ids(10) == user_ids

    await until(are_online)


async def test_after_an_outage_of_everybody_nobody_is_offline_before_they_can_return(
    valkey: Valkey,
) -> None:
    timing = Timing(grace_s=0, seat_s=0, absent_s=0.001, return_s=3_600)
    async with (
        idle(valkey.address, timing=timing) as live,
        live.presence.connection("u_1", "s_1"),
    ):
        assert await live.presence.sweep() == -1
        assert await live.presence.sweep() == -1
        assert await status(live, "u_1") is ON


async def test_when_each_user_was_last_here_is_handed_over_in_one_batch(
    world: World,
) -> None:
    live = await world.replica()
    flushed: list[Mapping[str, int]] = []

    async def write(seen: Mapping[str, int]) -> None:
        flushed.append(seen)

    async def fail(_: Mapping[str, int]) -> None:
        raise OSError

    async with live.presence.connection("u_1", "s_1"):
        async with live.presence.connection("u_2", "s_2"):
            pass
        with pytest.raises(OSError):  # noqa: PT011
            await live.presence.flush_seen(fail)
        await live.presence.flush_seen(write)
        assert [sorted(batch) for batch in flushed] == [["u_1", "u_2"]]
        await live.presence.keep()
        await live.presence.flush_seen(write)
        assert sorted(flushed[-1]) == ["u_1"]
    await live.presence.flush_seen(write)
    await live.presence.flush_seen(write)
    assert [sorted(batch) for batch in flushed] == [["u_1", "u_2"], ["u_1"], ["u_1"]]


async def test_leaving_leaves_nothing_behind_in_redis(
    world: World, valkey: Valkey
) -> None:
    live = await world.replica()
    async with live.presence.connection("u_1", "s_1"):
        pass
    await live.presence.sweep()
    await live.presence.sweep()

    with valkey.client as client:
        left = {name.decode() for name in client.keys("{dashboard}:presence:*")}
    assert left == {"{dashboard}:presence:swept"}
    await until(lambda: not live.presence._seats)


ARRIVE, LEAVE, SWEEP = "arrive", "leave", "sweep"
steps = st.tuples(
    st.sampled_from([ARRIVE, ARRIVE, LEAVE, SWEEP]),
    st.sampled_from(["u_1", "u_2"]),
    st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(steps, max_size=20))
def test_whatever_people_do_each_change_is_told_once_and_the_last_is_true(
    plan: list[tuple[str, str, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        valkey = Valkey(Path(folder))
        valkey.start()
        try:
            asyncio.run(_carry_out(plan, valkey.address))
        finally:
            valkey.kill()


async def _carry_out(plan: list[tuple[str, str, bool]], address: str) -> None:
    async with AsyncExitStack() as stack:
        world = World(stack, address)
        replicas = [await world.replica(), await world.replica()]
        tabs: list[tuple[str, AsyncExitStack]] = []
        for step, user_id, second in plan:
            live = replicas[second]
            if step == SWEEP:
                await live.presence.sweep()
            elif step == ARRIVE:
                tab = await stack.enter_async_context(AsyncExitStack())
                await tab.enter_async_context(live.presence.connection(user_id, "s_1"))
                tabs.append((user_id, tab))
            elif tabs:
                await tabs.pop(0)[1].aclose()
        await replicas[0].presence.sweep()

        here = {user_id for user_id, _ in tabs}
        told = await world.told()
        for user_id in ("u_1", "u_2"):
            changes = [status for who, status in told if who == user_id]
            assert changes == [(ON, OFF)[n % 2] for n in range(len(changes))]
            assert (changes[-1:] == [ON]) is (user_id in here)
            assert (await status(replicas[1], user_id) is ON) is (user_id in here)
