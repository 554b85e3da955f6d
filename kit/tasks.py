"""Several things at once, all over when the caller goes on; cancellations that hold."""

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def together(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Their results in order, as `asyncio.gather` gives them; but when one fails the
    others are cancelled and awaited before the first failure is raised.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in calls]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def heeding(answer: Awaitable[T]) -> T:
    """What `answer` gives, unless the task was cancelled meanwhile.

    The driver of Redis sends with `asyncio.wait_for`, which in Python 3.11 swallows a
    cancellation that comes in the moment it ends (fixed in 3.12): a subscription would
    outlive its socket.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        return await answer
    finally:
        if task and task.cancelling() > before:
            raise asyncio.CancelledError
