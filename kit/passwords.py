"""Password hashes: bcrypt, off the event loop, with a bounded queue."""

import asyncio
import base64
import hashlib
import re
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

import bcrypt

from kit.deadline import uncounted

T = TypeVar("T")

TURN_S = 30.0

_TAG = "sha256-bcrypt:"  # how it was made, for the day it is made otherwise
_STORED = re.compile(
    re.escape(_TAG) + r"\$2b\$(\d\d)\$[./A-Za-z0-9]{53}", flags=re.ASCII
)
# Salt and digest of no password anybody has: checking against it takes the time
# that checking against a real one does.
_NOBODY = "abcdefghijklmnopqrstuu" + "abcdefghijklmnopqrstuvwxyzABCDE"


class Busy(Exception):
    """More passwords are waiting to be hashed than the queue holds."""


class PasswordHasher:
    """bcrypt over a SHA-256 of the password.

    The pre-hash is why no password is cut at bcrypt's 72 bytes nor at a NUL. A hash
    takes some 0.3 s of CPU at cost 12, so at most `threads` run at once and at most
    `queue` wait.
    """

    def __init__(self, cost: int, threads: int, queue: int) -> None:
        self._cost = cost
        self._places = threading.BoundedSemaphore(threads + queue)
        self._turns = asyncio.Semaphore(threads)
        self._waiting_max = queue
        self._waiting = 0
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords")

    async def hash(self, password: str) -> str:
        """A salted hash with its tag, as `verify` takes it.

        Raises:
            Busy: the queue is full.
        """

        def work() -> str:
            hashed = bcrypt.hashpw(_digest(password), bcrypt.gensalt(self._cost))
            return _TAG + hashed.decode()

        return await self._run(work)

    async def verify(self, password: str, stored: str) -> bool:
        """Whether `stored` was made of `password`; never for what is no hash of ours.

        Raises:
            Busy: the queue is full.
        """
        if not _STORED.fullmatch(stored):
            return False
        hashed = stored.removeprefix(_TAG).encode()
        return await self._run(lambda: bcrypt.checkpw(_digest(password), hashed))

    async def pretend(self) -> None:
        """Take the time of one `verify`, so that an unknown name looks like a known.

        Raises:
            Busy: the queue is full.
        """
        await self.verify("", f"{_TAG}$2b${self._cost:02d}${_NOBODY}")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """One of as many as there are threads: for what is decided just before a check,
        and must not be decided for all who wait at once. The wait is not on a
        deadline's time.

        Raises:
            Busy: as many wait for theirs as the queue holds, or it took 30 s.
        """
        if self._turns.locked() and self._waiting >= self._waiting_max:
            raise Busy
        self._waiting += 1
        try:
            with uncounted():
                async with asyncio.timeout(TURN_S):
                    await self._turns.acquire()
        except TimeoutError as err:
            raise Busy from err
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    def needs_rehash(self, stored: str) -> bool:
        """Whether `stored` is of another make or cheaper than hashes are now."""
        match = _STORED.fullmatch(stored)
        return match is None or int(match[1]) < self._cost

    def close(self) -> None:
        """Finish what runs, forget what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._places.acquire(blocking=False):
            raise Busy
        job = self._pool.submit(work)
        # The place is given back when the work ends, not when its caller goes away.
        job.add_done_callback(self._leave)
        return await asyncio.wrap_future(job)

    def _leave(self, _job: Future[T]) -> None:
        self._places.release()


def _digest(password: str) -> bytes:
    """44 ASCII characters: within bcrypt's 72 bytes, and free of NUL."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest())
