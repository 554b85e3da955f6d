"""Emptying Redis of what is ours, after the database was replaced under it.

Nothing in it is the only copy of anything. New logs begin a new epoch: who resumes is
told that something is missing, and reads again.
"""

from string import Formatter
from typing import Any

from redis.asyncio import Redis

from kit.times import MINUTE_MS
from persistence import keys

_PER_SCAN = 1_000


def pattern_of(key: keys.KeyPattern) -> str:
    """As `SCAN` and `KEYS` take it: any text in place of each part."""
    parts = [name for _, name, _, _ in Formatter().parse(key.pattern) if name]
    return key.key(**dict.fromkeys(parts, "*"))


async def forget_everything(redis: Redis) -> int:
    """Remove every key of the service, and no other; how many.

    Raises:
        RedisError, OSError: Redis did not answer.
    """
    server: Any = redis  # its own signatures cover its blocking twin
    count = 0
    for pattern in {pattern_of(key) for key in keys.ALL}:
        if "*" not in pattern:
            count += await server.delete(pattern)
            continue
        batch: list[bytes] = []
        async for name in server.scan_iter(match=pattern, count=_PER_SCAN):
            batch.append(name)
            if len(batch) == _PER_SCAN:
                count += await server.delete(*batch)
                batch = []
        if batch:
            count += await server.delete(*batch)
    return count


async def last_sweep_ms(redis: Redis) -> int | None:
    """When a service last swept, to the minute; None when that is over two ago.

    Raises:
        RedisError, OSError: Redis did not answer.
    """
    server: Any = redis
    minute = await server.get(keys.SWEEPER.key())
    return None if minute is None else int(minute) * MINUTE_MS
