"""Redis, asked in such a way that its absence costs next to nothing."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from kit.breaker import Breaker
from kit.clock import Clock
from kit.tasks import heeding

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 5.0
FORGIVEN = 1  # failures in a row: a connection may be lost to a restart
T = TypeVar("T")


class RedisBreaker:
    """Answers a default when Redis does not answer, and then leaves it alone a while.

    After a second failure in a row nothing is sent for 0.5 s, and longer from
    failure to failure, up to 5 s; then a single caller tries while the others go on
    without. `failures` and `skipped` count for the process's metrics.
    """

    def __init__(self, redis: Redis | None, clock: Clock) -> None:
        """`redis` None is a Redis that never answers."""
        self._redis = redis
        self._breaker = Breaker(
            clock,
            forgiven=FORGIVEN,
            first_pause_s=FIRST_PAUSE_S,
            longest_pause_s=LONGEST_PAUSE_S,
        )
        self.skipped = 0

    @property
    def failures(self) -> int:
        return self._breaker.failures

    @property
    def is_open(self) -> bool:
        """Whether Redis is left alone, but for a look now and then."""
        return self._redis is None or self._breaker.is_open

    async def ask(self, call: Callable[[Redis], Awaitable[T]], default: T) -> T:
        """What `call` gives, or `default` when Redis is down, slow or refuses."""
        if self._redis is None or not self._breaker.may_try():
            self.skipped += 1
            return default
        try:
            answer = await heeding(call(self._redis))
        except (RedisError, OSError):
            self._breaker.failed()
            return default
        self._breaker.succeeded()
        return answer
