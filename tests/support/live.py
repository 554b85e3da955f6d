"""Events in one line, and waiting for what they cause."""

import asyncio
import inspect
import itertools
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from domain.activity import Activity, Severity
from domain.events import ActivityHappened, Event
from domain.positions import Delivered, Gap, Position

PATIENCE_S = 30  # a bound for a slow machine, no measure of anything
_numbers = itertools.count(1)
T = TypeVar("T")


def happened(
    name: str | None = None,
    *,
    actor_id: str | None = "u_ana",
    target_id: str | None = None,
    at_ms: int = 1_750_500_000_000,
    summary: str = "Did a thing",
) -> ActivityHappened:
    """An entry of the trail with that id, by `actor_id`, done to `target_id`."""
    entry = Activity(
        id=name or f"a_{next(_numbers)}",
        action="thing.done",
        actor_id=actor_id,
        actor_label="Ana",
        target_type="user" if target_id else None,
        target_id=target_id,
        target_label=None,
        summary=summary,
        changes=(),
        severity=Severity.INFO,
        occurred_ms=at_ms,
        recorded_ms=at_ms,
    )
    return ActivityHappened.of(entry)


def delivered(event: Event, number: int, epoch: str = "one") -> Delivered:
    return Delivered(Position(epoch, 1_000 + number, number), event)


def event_of(item: Delivered | Gap) -> Event:
    assert isinstance(item, Delivered), item
    return item.event


def ids(items: list[Delivered | Gap]) -> list[str]:
    """The ids of events, and the reasons of gaps, in order."""
    return [one.reason if isinstance(one, Gap) else one.event.id for one in items]


async def take(items: AsyncIterator[T], count: int) -> list[T]:
    """The next `count` of an endless stream."""
    async with asyncio.timeout(PATIENCE_S):
        return [await anext(items) for _ in range(count)]


async def until(condition: Callable[[], object]) -> None:
    """Returns when it, or what it gives to be awaited, is true; fails when never."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = condition()
            if await answer if inspect.isawaitable(answer) else answer:
                return
            await asyncio.sleep(0.005)
