"""Who of the demo's people has the dashboard open."""

import random
from collections.abc import Iterable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from app.demo.metrics import load_at
from app.demo.people import COLLEAGUES, Person
from realtime.presence import Presence

SHIFT_MS = 600_000
AT_MOST = 8  # and two


def online_at(at_ms: int) -> list[Person]:
    """Who is there: others every ten minutes, more of them when it is busy."""
    chance = random.Random(f"online {at_ms // SHIFT_MS}")  # noqa: S311  no secret
    return chance.sample(COLLEAGUES, 2 + round(load_at(at_ms) * AT_MOST))


class Crowd:
    """Connections of people who are not there; all leave when the block ends."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._there: dict[Person, AsyncExitStack] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.become(())

    async def become(self, people: Iterable[Person]) -> None:
        """These are online from now on, and nobody else of the demo's people."""
        wanted = set(people)
        for person in self._there.keys() - wanted:
            await self._there.pop(person).aclose()
        for person in wanted - self._there.keys():
            stack = self._there[person] = AsyncExitStack()
            seat = self._presence.connection(person.id, f"demo-{person.id}")
            await stack.enter_async_context(seat)
