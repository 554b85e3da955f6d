"""Trying again: pauses that grow, and loops that nothing ends but their owner."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.exceptions import RedisError

from kit.tasks import heeding

FIRST_S = 0.05
LONGEST_S = 1.0  # so that live goes on within a second of Redis coming back
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Backoff:
    """Pauses between tries; those of replicas that failed together differ."""

    def __init__(self) -> None:
        self._next_s = FIRST_S

    def next_s(self) -> float:
        """How long to wait now, in seconds."""
        pause_s = self._next_s
        self._next_s = min(2 * pause_s, LONGEST_S)
        return pause_s * random.uniform(0.5, 1.0)  # noqa: S311  no secret

    def reset(self) -> None:
        """It worked: the next failure is a first one again."""
        self._next_s = FIRST_S


async def for_ever(name: str, round_: Callable[[], Awaitable[object]]) -> None:
    """Calls `round_` again and again; pauses when it fails, and logs the first
    failure in a row. Ends by being cancelled.
    """
    pauses = Backoff()
    failing = False
    while True:
        try:
            await heeding(round_())
        except (RedisError, OSError) as err:
            if not failing:
                _log.warning("%s lost Redis: %s", name, err)
        except Exception:  # noqa: BLE001  the next round may do better
            if not failing:
                _log.exception("%s failed", name)
        else:
            if failing:
                _log.warning("%s goes on", name)
            failing = False
            pauses.reset()
            continue
        failing = True
        await asyncio.sleep(pauses.next_s())
