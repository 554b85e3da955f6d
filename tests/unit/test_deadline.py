"""A time limit that a driver cannot swallow, and that leaves nothing behind."""

import asyncio
import gc
import warnings
from contextlib import suppress

import pytest

from kit.deadline import Deadline, uncounted

forever = asyncio.Event


async def test_what_is_in_time_is_left_alone() -> None:
    async with Deadline(30):
        await asyncio.sleep(0)


async def test_who_swallows_a_cancellation_is_asked_again() -> None:
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while swallowed < 3:
            try:
                await forever().wait()
            except asyncio.CancelledError:
                swallowed += 1
        await forever().wait()

    with pytest.raises(TimeoutError):
        async with Deadline(0):
            await stubborn()
    assert swallowed == 3
    current = asyncio.current_task()
    assert current is not None
    assert current.cancelling() == 0


async def test_a_cancellation_from_elsewhere_is_no_timeout() -> None:
    async def limited() -> None:
        async with Deadline(30):
            await forever().wait()

    task = asyncio.create_task(limited())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_was_about_to_begin_begins_so_that_nothing_is_never_awaited() -> (
    None
):
    async def inner() -> None:
        await forever().wait()

    async def nested(depth: int) -> None:
        # A task that never ran would hold a coroutine that nobody awaits.
        held = inner() if depth == 0 else nested(depth - 1)

        async def step() -> None:
            await held

        await asyncio.gather(step(), step_of(inner()))

    async def step_of(held: object) -> None:
        await held  # type: ignore[misc]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(TimeoutError):
            async with Deadline(0):
                await nested(5)
        gc.collect()
    assert caught == []


async def test_what_is_uncounted_may_take_longer_than_the_deadline() -> None:
    async with Deadline(0.05):
        with uncounted(), uncounted():
            await asyncio.sleep(0.2)
    with uncounted():
        await asyncio.sleep(0)


async def test_after_what_is_uncounted_the_deadline_holds() -> None:
    async def wait_and_hang() -> None:
        async with Deadline(0.05):
            with uncounted():
                await asyncio.sleep(0.1)
            await forever().wait()

    with pytest.raises(TimeoutError):
        await wait_and_hang()
