"""A time limit that holds, and leaves nothing half begun behind."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Self

# Tasks that were made but have not run yet hold coroutines nobody would ever await:
# whatever is ready gets that many turns before it all ends.
TURNS = 20
INSIST_S = 0.05
_around: ContextVar["Deadline | None"] = ContextVar("deadline", default=None)


class Deadline:
    """As `asyncio.timeout`, of which it differs in two ways.

    It asks again until its block has ended: in Python 3.11 `asyncio.wait_for`, which
    drivers use, may swallow a cancellation. And it lets what is ready to run begin.

    Raises:
        TimeoutError: the block took longer than `seconds`.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._asked = 0
        self._stopped = 0

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._loop = asyncio.get_running_loop()
        self._outer = _around.get()
        _around.set(self)
        self._run()
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._next.cancel()
        _around.set(self._outer)
        others = self._task.cancelling()
        for _ in range(self._asked):
            others = self._task.uncancel()
        is_ours = self._asked and others <= self._cancelling
        if is_ours and isinstance(error, asyncio.CancelledError):
            raise TimeoutError from error

    def stop(self) -> None:
        """Time does not count until `go_on`, which is to be called as often."""
        self._stopped += 1
        if self._stopped == 1 and not self._asked:
            self._next.cancel()
            self._seconds = max(self._ends_s - self._loop.time(), 0)

    def go_on(self) -> None:
        self._stopped -= 1
        if not self._stopped and not self._asked:
            self._run()

    def _run(self) -> None:
        self._ends_s = self._loop.time() + self._seconds
        self._next: asyncio.Handle = self._loop.call_later(
            self._seconds, self._ripen, TURNS
        )

    def _ripen(self, turns: int) -> None:
        if turns:
            self._next = self._loop.call_soon(self._ripen, turns - 1)
        else:
            self._insist()

    def _insist(self) -> None:
        self._asked += 1
        self._task.cancel()
        self._next = self._loop.call_later(INSIST_S, self._insist)


@contextmanager
def uncounted() -> Iterator[None]:
    """What happens in the block is not on the time of the deadline around it: waiting
    that has a bound of its own.
    """
    deadline = _around.get()
    if deadline is None:
        yield
        return
    deadline.stop()
    try:
        yield
    finally:
        deadline.go_on()
