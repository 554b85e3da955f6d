"""Redis, asked in such a way that its absence costs next to nothing."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from kit.clock import Clock
from kit.tasks import heeding

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 5.0
FORGIVEN = 1  # failures in a row: a connection may be lost to a restart
T = TypeVar("T")


class Breaker:
    """Answers a default when Redis does not answer, and then leaves it alone a while.

    After a second failure in a row nothing is sent for 0.5 s, and longer from
    failure to failure, up to 5 s; then a single caller tries while the others go on
    without. `failures` and `skipped` count for the process's metrics.
    """

    def __init__(self, redis: Redis | None, clock: Clock) -> None:
        """`redis` None is a Redis that never answers."""
        self._redis = redis
        self._clock = clock
        self._failures_in_row = 0
        self._closed_until_s = 0.0
        self.failures = 0
        self.skipped = 0

    @property
    def is_open(self) -> bool:
        """Whether Redis is left alone just now."""
        if self._failures_in_row <= FORGIVEN:
            return self._redis is None
        return self._clock.steady_s() < self._closed_until_s

    async def ask(self, call: Callable[[Redis], Awaitable[T]], default: T) -> T:
        """What `call` gives, or `default` when Redis is down, slow or refuses."""
        if self._redis is None or not self._may_try():
            self.skipped += 1
            return default
        try:
            answer = await heeding(call(self._redis))
        except (RedisError, OSError):
            self._failed()
            return default
        self._failures_in_row = 0
        return answer

    def _may_try(self) -> bool:
        if self._failures_in_row <= FORGIVEN:
            return True
        now_s = self._clock.steady_s()
        if now_s < self._closed_until_s:
            return False
        # This caller finds out for all; the others wait for its answer elsewhere.
        self._closed_until_s = now_s + FIRST_PAUSE_S
        return True

    def _failed(self) -> None:
        self.failures += 1
        self._failures_in_row += 1
        steps = max(self._failures_in_row - FORGIVEN - 1, 0)
        pause_s = min(FIRST_PAUSE_S * 2 ** min(steps, 10), LONGEST_PAUSE_S)
        self._closed_until_s = self._clock.steady_s() + pause_s
