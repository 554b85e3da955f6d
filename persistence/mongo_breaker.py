"""MongoDB, asked in such a way that its absence costs next to nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import Context
from typing import Any, TypeVar

from pymongo.errors import (
    NetworkTimeout,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
)

from kit.breaker import Breaker
from kit.clock import SystemClock
from persistence.retries import answering

# A look is patient itself: the driver tries every 0.5 s until its time is over. This
# is the longest that a server may be back unseen.
PAUSE_S = 0.5
# The driver has 64 threads; those for whom there is none wait where they hear the news.
CALLS_MAX = 50
T = TypeVar("T")


class MongoBreaker:
    """Asks a server that is known to be there, and looks for one that is not.

    The driver lets every call look for the server by itself, in one of 64 threads.
    Here one look serves all: the first calls wait for it, as the server may only be
    starting again; once it found nobody calls are unavailable at once, while the
    look goes on until there is an answer. A server that takes calls and answers
    nothing is left alone in the same way. A call that was sent is never given up.
    """

    def __init__(self, client: Any, *, calls_max: int, wait_s: float) -> None:
        """`client` is a Motor client; no more than `calls_max` calls are made of it at
        a time, and one whose turn does not come within `wait_s` is unavailable.
        """
        self._client = client
        self._wait_s = wait_s
        self._turns = asyncio.Semaphore(min(calls_max, CALLS_MAX))
        self._breaker = Breaker(
            SystemClock(), forgiven=0, first_pause_s=PAUSE_S, longest_pause_s=PAUSE_S
        )
        self._look: asyncio.Task[None] | None = None
        self._looked = asyncio.Event()
        self._why: PyMongoError = ServerSelectionTimeoutError("not looked for yet")
        self._is_closed = False

    @property
    def is_open(self) -> bool:
        """Whether MongoDB is left alone, but for the look."""
        return self._breaker.is_open

    async def ask(
        self, call: Callable[[int], Awaitable[T]], *, idempotent: bool = True
    ) -> T:
        """`persistence.retries.answering`, of a server that is there."""

        async def attempt(number: int) -> T:
            async with self._turn():
                if self.is_open or not self._is_known:
                    await self._find()
                return await self._heard(call(number))

        return await answering(attempt, idempotent=idempotent)

    def close(self) -> None:
        """From whichever thread."""
        self._is_closed = True
        if self._look is not None and not self._look.done():
            self._look.get_loop().call_soon_threadsafe(self._look.cancel)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._wait_s):
                await self._turns.acquire()
        except TimeoutError as err:
            raise WaitQueueTimeoutError("too many calls at once") from err
        try:
            yield
        finally:
            self._turns.release()

    async def _heard(self, answer: Awaitable[T]) -> T:
        try:
            found = await answer
        except OperationFailure:
            self._breaker.succeeded()  # no is an answer
            raise
        except (ServerSelectionTimeoutError, NetworkTimeout) as err:
            self._failed(err)
            self._start_looking()
            raise
        self._breaker.succeeded()
        return found

    @property
    def _is_known(self) -> bool:
        found: bool = self._client.topology_description.has_readable_server(
            self._client.read_preference
        )
        return found

    async def _find(self) -> None:
        self._start_looking()
        if not self.is_open:
            await self._looked.wait()
        if self.is_open:
            raise ServerSelectionTimeoutError(str(self._why)) from self._why

    def _start_looking(self) -> None:
        if self._look is None or self._look.done():
            self._looked = asyncio.Event()
            # Beside whatever the caller is a part of: others wait for it as well.
            self._look = asyncio.create_task(
                self._looking(self._looked), name="look", context=Context()
            )

    async def _looking(self, looked: asyncio.Event) -> None:
        try:
            while not (self._is_closed or await self._answers()):
                looked.set()
                await asyncio.sleep(self._breaker.pause_s)
        finally:
            looked.set()

    async def _answers(self) -> bool:
        try:
            await self._client.admin.command("ping")
        except OperationFailure:
            pass
        except PyMongoError as err:
            self._failed(err)
            return False
        self._breaker.succeeded()
        return True

    def _failed(self, err: PyMongoError) -> None:
        self._why = err
        self._breaker.failed()
