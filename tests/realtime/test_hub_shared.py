"""Equal subscriptions are executed once, and nobody pays for a slow one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest

from realtime.shared import SharedStreams
from realtime.waiting import Missed
from tests.support.live import take, until


class Source:
    """An execution that is fed by hand and counts its runs."""

    def __init__(self) -> None:
        self.runs = 0
        self.open = 0
        self._queue: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()

    def send(self, payload: bytes | Exception | None) -> None:
        """None ends the execution, an exception breaks it."""
        self._queue.put_nowait(payload)

    async def start(self) -> AsyncGenerator[bytes, None]:
        self.runs += 1
        self.open += 1
        try:
            while (payload := await self._queue.get()) is not None:
                if isinstance(payload, Exception):
                    raise payload
                yield payload
        finally:
            self.open -= 1


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def shared() -> SharedStreams[bytes]:
    return SharedStreams(len, most_items=10)


async def test_equal_subscriptions_get_the_very_same_payloads_of_one_execution(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with (
        shared.join("k", source.start, newest_only=False) as one,
        shared.join("k", source.start, newest_only=False) as other,
    ):
        source.send(b"first")
        source.send(b"second")
        ours, theirs = await take(one, 2), await take(other, 2)

    assert ours == [b"first", b"second"]
    assert [a is b for a, b in zip(ours, theirs, strict=True)] == [True, True]
    assert source.runs == 1


async def test_a_different_subscription_is_an_execution_of_its_own(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with (
        shared.join("k", source.start, newest_only=False),
        shared.join("l", source.start, newest_only=False),
    ):
        await until(lambda: source.runs == 2)


async def test_the_last_to_leave_ends_the_execution_and_the_next_begins_anew(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with shared.join("k", source.start, newest_only=False) as one:
        async with shared.join("k", source.start, newest_only=False):
            source.send(b"first")
            await take(one, 1)
        assert source.open == 1
    assert source.open == 0
    assert shared._executions == {}

    async with shared.join("k", source.start, newest_only=False):
        await until(lambda: source.open == 1)
    assert source.runs == 2


async def test_who_comes_late_to_a_state_gets_the_latest_at_once(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with shared.join("k", source.start, newest_only=True) as early:
        source.send(b"old")
        source.send(b"new")
        await until(source._queue.empty)
        async with shared.join("k", source.start, newest_only=True) as late:
            assert await take(late, 1) == [b"new"]
        assert await take(early, 1) == [b"new"]


async def test_who_comes_late_to_a_log_gets_what_comes_from_then_on(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with shared.join("k", source.start, newest_only=False) as early:
        source.send(b"old")
        await take(early, 1)
        async with shared.join("k", source.start, newest_only=False) as late:
            source.send(b"new")
            assert await take(late, 1) == [b"new"]


async def test_a_slow_member_learns_what_it_missed_and_others_lose_nothing(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with (
        shared.join("k", source.start, newest_only=False) as slow,
        shared.join("k", source.start, newest_only=False) as quick,
    ):
        for number in range(25):
            source.send(b"%d" % number)
            assert await take(quick, 1) == [b"%d" % number]

        missed, *rest = await take(slow, 5)
        assert isinstance(missed, Missed)
        assert (missed.first, missed.last) == (b"0", b"20")
        assert missed.count == 21
        assert rest == [b"21", b"22", b"23", b"24"]


async def test_members_get_what_was_made_before_the_end_and_then_end(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with shared.join("k", source.start, newest_only=False) as member:
        source.send(b"last")
        source.send(None)

        assert [payload async for payload in member] == [b"last"]


async def test_a_broken_execution_fails_every_member(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async with (
        shared.join("k", source.start, newest_only=False) as one,
        shared.join("k", source.start, newest_only=True) as other,
    ):
        source.send(LookupError("broken"))
        for member in (one, other):
            with pytest.raises(LookupError):
                await take(member, 1)

        async with shared.join("k", source.start, newest_only=False):
            await until(lambda: source.runs == 2)


async def test_who_joins_while_an_execution_ends_begins_a_new_one(
    shared: SharedStreams[bytes],
) -> None:
    begun: list[int] = []
    ending, may_end = asyncio.Event(), asyncio.Event()

    async def slow_to_end() -> AsyncGenerator[bytes, None]:
        begun.append(1)
        try:
            yield b"payload"
            await asyncio.Event().wait()
        finally:
            ending.set()
            await may_end.wait()

    async def visit() -> list[bytes | Missed[bytes]]:
        async with shared.join("k", slow_to_end, newest_only=False) as member:
            return await take(member, 1)

    leaving = asyncio.create_task(visit())
    await ending.wait()
    coming = asyncio.create_task(visit())
    await until(lambda: len(begun) == 2)
    may_end.set()

    assert await leaving == await coming == [b"payload"]


async def test_leaving_ends_an_execution_whose_driver_swallows_a_cancellation(
    shared: SharedStreams[bytes],
) -> None:
    running, swallowed = asyncio.Event(), asyncio.Event()

    async def stubborn() -> AsyncGenerator[bytes, None]:
        running.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        swallowed.set()
        await asyncio.Event().wait()
        yield b"never"

    async with shared.join("k", stubborn, newest_only=False):
        await running.wait()

    assert swallowed.is_set()
    assert shared._executions == {}


async def test_a_member_that_is_cancelled_leaves_like_any_other(
    shared: SharedStreams[bytes], source: Source
) -> None:
    async def listen() -> None:
        async with shared.join("k", source.start, newest_only=False) as member:
            async for _ in member:
                pass

    listening = asyncio.create_task(listen())
    await until(lambda: source.open == 1)
    listening.cancel()
    await asyncio.wait([listening])

    assert source.open == 0
    assert shared._executions == {}
