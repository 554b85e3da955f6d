"""Opens everything a process of the service needs, and closes it in reverse."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from app.background import every, owned
from app.database_state import why_not
from app.embedded.databases import embedded
from app.forwarding.opening import CannotForward, forwarder
from app.loop_lag import LoopLag
from app.services import make_services
from app.settings.settings import Settings
from app.sweeper import sweep
from app.telemetry.opening import TelemetryMissing, telemetry
from domain.errors import Unavailable
from kit.clock import Clock, SystemClock
from persistence.mongo import Mongo, ensure_indexes, open_mongo
from persistence.redis_pool import open_redis
from persistence.system import Notes
from realtime.live import open_live
from resolvers.context import Services
from resolvers.presence import note_seen
from resolvers.retelling import keep_told

SWEEP_S = 60
SEEN_S = 15
USAGE_S = 30


class StartFailed(Exception):
    """The service cannot start; its text is one line that says why."""


@dataclass
class Platform:
    """One process: what use cases get, and what only health and shutdown need."""

    settings: Settings
    services: Services
    mongo: Mongo
    lag: LoopLag
    draining: bool = False


@asynccontextmanager
async def open_services(settings: Settings, **options: Any) -> AsyncIterator[Services]:
    """`open_platform`, for who needs the use cases alone."""
    async with open_platform(settings, **options) as platform:
        yield platform.services


@asynccontextmanager
async def open_platform(
    settings: Settings,
    *,
    join: bool = False,
    background: bool = True,
    make_indexes: bool = True,
    clock: Clock | None = None,
    listeners: Sequence[Any] = (),
) -> AsyncIterator[Platform]:
    """Connections, indexes, and unless `background` is False the tasks beside them.
    Who makes the indexes in another way has them left alone by `make_indexes`.

    Databases without an address are embedded ones, started here; with `join` those
    of a running service are used. Redis may be down: everything works, slower.
    `listeners` hear the commands sent to MongoDB (`pymongo.monitoring`).

    Raises:
        StartFailed: MongoDB does not answer, or an address is none.
        EmbeddedFailed: an embedded server does not start.
    """
    async with AsyncExitStack() as stack:
        if background:
            await _telemetry(settings, stack)
        settings = stack.enter_context(embedded(settings, join=join))
        mongo = await _mongo(settings, listeners, stack, make_indexes=make_indexes)
        redis = _redis(settings, stack)
        clock = clock or SystemClock()
        live = await stack.enter_async_context(
            open_live(
                settings.redis_url or "",
                clock,
                timeout_s=settings.redis_timeout_ms / 1_000,
            )
        )
        services = make_services(settings, mongo, redis, live, clock)
        stack.callback(services.passwords.close)
        # By the machine's clock, whatever the services' one is.
        lag = LoopLag(
            SystemClock(),
            most_s=settings.loop_lag_max_ms / 1_000,
            lasting_s=settings.loop_lag_lasting_s,
        )
        platform = Platform(settings, services, mongo, lag)
        if background:
            stack.push_async_callback(services.traffic.flush)
            sweeping = every(SWEEP_S, "sweeper", lambda: sweep(services))
            await stack.enter_async_context(owned("sweeper", sweeping))
            await stack.enter_async_context(owned("loop lag", lag.watch()))
            await stack.enter_async_context(owned("traffic", services.traffic.run()))
            await stack.enter_async_context(owned("live", live.run()))
            seeing = every(SEEN_S, "last seen", lambda: note_seen(services))
            await stack.enter_async_context(owned("last seen", seeing))
            using = every(USAGE_S, "usage", services.usage.flush)
            await stack.enter_async_context(owned("usage", using))
            await stack.enter_async_context(owned("retelling", keep_told(services)))
            await _forwarding(settings, services, stack)
        yield platform


async def _telemetry(settings: Settings, stack: AsyncExitStack) -> None:
    try:
        await stack.enter_async_context(telemetry(settings))
    except TelemetryMissing as err:
        raise StartFailed(str(err)) from err


async def _forwarding(
    settings: Settings, services: Services, stack: AsyncExitStack
) -> None:
    try:
        forwards = await stack.enter_async_context(forwarder(settings, services))
    except CannotForward as err:
        raise StartFailed(str(err)) from err
    if forwards is not None:
        await stack.enter_async_context(owned("forwarding", forwards.run()))


async def _mongo(
    settings: Settings,
    listeners: Sequence[Any],
    stack: AsyncExitStack,
    *,
    make_indexes: bool,
) -> Mongo:
    mongo = connect_mongo(settings, listeners)
    stack.callback(mongo.close)
    try:
        notes = await Notes(mongo.collection("dashboard_data")).all()
        if reason := why_not(notes):
            raise StartFailed(reason)
        if make_indexes:
            await ensure_indexes(mongo)
    except Unavailable as err:
        # The driver's own words go on for lines about the topology.
        cause, _, _ = str(err.__cause__ or err).partition(" (configured timeouts")
        raise StartFailed(f"MongoDB does not answer: {cause}") from err
    return mongo


def _redis(settings: Settings, stack: AsyncExitStack) -> Redis:
    redis = connect_redis(settings)
    stack.push_async_callback(redis.aclose)
    return redis


def connect_mongo(settings: Settings, listeners: Sequence[Any] = ()) -> Mongo:
    """Not connected before it is asked something.

    Raises:
        StartFailed: the address is none.
    """
    try:
        return open_mongo(
            settings.mongodb_uri or "",
            settings.mongodb_database,
            listeners=listeners,
            max_pool_size=settings.mongodb_pool_size,
            timeout_ms=settings.mongodb_timeout_ms,
        )
    except ValueError as err:
        raise StartFailed(f"DASHBOARD_MONGODB_URI is no MongoDB URI: {err}") from err


def connect_redis(settings: Settings) -> Redis:
    """The same for Redis."""
    try:
        return open_redis(
            settings.redis_url or "",
            timeout_s=settings.redis_timeout_ms / 1_000,
            max_connections=settings.redis_pool_size,
        )
    except ValueError as err:
        raise StartFailed(f"DASHBOARD_REDIS_URL is no Redis URL: {err}") from err
