"""One execution for all who asked for exactly the same."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Hashable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from realtime import figures
from realtime.waiting import MOST_BYTES, MOST_ITEMS, Missed, Waiting

LANE = "shared"
STOP_S = 1.0
T = TypeVar("T")
Start = Callable[[], AsyncGenerator[T, None]]


class Member(Generic[T]):
    """One who takes part: an iterator over payloads, the very objects that the
    execution made; ends, or fails, when the execution does.
    """

    def __init__(self, *, newest_only: bool, most_items: int, most_bytes: int) -> None:
        self._newest_only = newest_only
        self._waiting: Waiting[T] = Waiting(
            most_items=most_items, most_bytes=most_bytes
        )

    def offer(self, payload: T, subject: Hashable, size: int) -> None:
        key = (subject,) if self._newest_only else None
        self._waiting.put(payload, lane=LANE, key=key, size=size)

    def end(self, error: Exception | None) -> None:
        self._waiting.end(error)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T | Missed[T]:
        return await self._waiting.take()


class SharedStreams(Generic[T]):
    """Executions by key, each there from its first member until its last."""

    def __init__(
        self,
        size: Callable[[T], int],
        *,
        subject: Callable[[T], Hashable] = lambda _: None,
        lasting: Callable[[T], bool] = lambda _: True,
        most_items: int = MOST_ITEMS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """`size` is what a payload takes in bytes; the bounds hold per member.

        Where the newest is enough, it is so for each `subject`; what is not `lasting`
        takes the place of the one before it, but is nothing to whom that was not told.
        """
        self._about = _About(size, subject, lasting)
        self._most_items = most_items
        self._most_bytes = most_bytes
        self._executions: dict[Hashable, _Execution[T]] = {}

    def __contains__(self, key: Hashable) -> bool:
        """Whether who joins now takes part in what has begun."""
        return key in self._executions

    @asynccontextmanager
    async def join(
        self, key: Hashable, start: Start[T], *, newest_only: bool
    ) -> AsyncIterator[Member[T]]:
        """Take part in the execution of `key`, which `start` begins when it is new.

        With `newest_only` a payload tells all of its subject: one who comes late gets
        the latest at once, and one who is slow skips those in between. Otherwise
        every payload counts from the joining on, and `Missed` stands for those that a
        slow member did not get.
        """
        member = Member[T](
            newest_only=newest_only,
            most_items=self._most_items,
            most_bytes=self._most_bytes,
        )
        execution = self._executions.get(key)
        if execution is None:
            execution = self._executions[key] = _Execution(
                self._about, keeps=newest_only
            )
            execution.task = asyncio.create_task(self._run(key, execution, start))
        else:
            execution.catch_up(member)
        execution.members[member] = None
        figures.SHARED.inc("members")
        try:
            yield member
        finally:
            figures.SHARED.inc("members", by=-1)
            del execution.members[member]
            if not execution.members:
                await self._stop(key, execution)

    async def _run(
        self, key: Hashable, execution: "_Execution[T]", start: Start[T]
    ) -> None:
        figures.SHARED.inc("executions")
        error: Exception | None = None
        try:
            async with aclosing(start()) as payloads:
                async for payload in payloads:
                    execution.spread(payload)
        except Exception as err:  # noqa: BLE001  the members', each at its own place
            error = err
        finally:
            figures.SHARED.inc("executions", by=-1)
            self._forget(key, execution)
            for member in execution.members:
                member.end(error)

    async def _stop(self, key: Hashable, execution: "_Execution[T]") -> None:
        # Forgotten first: who joins from now on begins anew.
        self._forget(key, execution)
        task = execution.task
        while task and not task.done():
            task.cancel()
            # Once may not do: a driver can swallow it (`kit.tasks.heeding`).
            await asyncio.wait([task], timeout=STOP_S)

    def _forget(self, key: Hashable, execution: "_Execution[T]") -> None:
        if self._executions.get(key) is execution:
            del self._executions[key]


@dataclass(frozen=True)
class _About(Generic[T]):
    size: Callable[[T], int]
    subject: Callable[[T], Hashable]
    lasting: Callable[[T], bool]


class _Execution(Generic[T]):
    def __init__(self, about: _About[T], *, keeps: bool) -> None:
        self._about = about
        self._latest: dict[Hashable, tuple[T, int]] = {}
        self._keeps = keeps
        self.members: dict[Member[T], None] = {}
        self.task: asyncio.Task[None] | None = None

    def spread(self, payload: T) -> None:
        subject, size = self._about.subject(payload), self._about.size(payload)
        if self._keeps:
            self._latest.pop(subject, None)
            if self._about.lasting(payload):
                self._latest[subject] = (payload, size)
        for member in self.members:
            member.offer(payload, subject, size)

    def catch_up(self, member: Member[T]) -> None:
        for subject, (payload, size) in self._latest.items():
            member.offer(payload, subject, size)
