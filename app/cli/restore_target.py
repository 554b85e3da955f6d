"""Where a backup is restored to, while nobody works there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.embedded.databases import embedded
from app.lifespan import connect_mongo, connect_redis
from app.settings.settings import Settings
from kit.clock import SystemClock
from kit.times import rfc3339
from kit.tokens import TokenSigner
from persistence.forgetting import last_sweep_ms
from persistence.mongo import Mongo, ensure_indexes
from persistence.repositories import Repositories, make_repositories
from persistence.restoring import CannotRestore

_QUIET_S = 120  # two sweeps: nobody is serving


@dataclass(frozen=True)
class Target:
    """Where to, with nobody serving on it."""

    mongo: Mongo
    redis: Redis
    repos: Repositories
    tokens: TokenSigner


@asynccontextmanager
async def open_target(settings: Settings) -> AsyncIterator[Target]:
    """The databases of `settings`, with their indexes.

    Raises:
        CannotRestore: a service worked there within the last two minutes, or Redis
            does not answer.
        Unavailable: MongoDB does not.
    """
    with embedded(settings) as ready:
        mongo, redis = connect_mongo(ready), connect_redis(ready)
        try:
            await _check_nobody_serves(redis)
            await ensure_indexes(mongo)
            clock, limits = SystemClock(), ready.limits()
            repos = make_repositories(mongo, clock, limits)
            yield Target(mongo, redis, repos, TokenSigner(ready.secrets, clock))
        finally:
            await redis.aclose()
            mongo.close()


async def _check_nobody_serves(redis: Redis) -> None:
    try:
        swept_ms = await last_sweep_ms(redis)
    except (RedisError, OSError) as err:
        raise CannotRestore(
            "Redis does not answer, and it has to forget what it knows of the "
            "database; nothing was changed"
        ) from err
    if swept_ms is not None:
        raise CannotRestore(
            f"a service worked with this Redis at {rfc3339(swept_ms)}: stop every "
            f"replica and wait {_QUIET_S} s; nothing was changed"
        )
