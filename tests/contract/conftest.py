"""The repositories on a real database: the embedded one, or that of
`make test MONGODB_URI=…`, with the indexes of production and no documents.
"""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from app.settings.settings import Settings
from persistence.activity import ActivityRepository
from persistence.api_keys import ApiKeyRepository
from persistence.cache import Cache
from persistence.chain import AuditChain
from persistence.idempotency import IdempotencyRepository
from persistence.mongo import Mongo, ensure_indexes, open_mongo
from persistence.notifications import NotificationRepository
from persistence.redis_pool import open_redis
from persistence.sessions import SessionRepository
from persistence.users import UserRepository
from tests.support.clock import ManualClock
from tests.support.database_ops import Recorder


@pytest.fixture
async def mongo(settings: Settings, recorder: Recorder) -> AsyncIterator[Mongo]:
    mongo = open_mongo(
        settings.mongodb_uri or "", settings.mongodb_database, listeners=[recorder]
    )
    await ensure_indexes(mongo)
    recorder.ops.clear()
    yield mongo
    mongo.close()


@pytest.fixture
def users(mongo: Mongo, clock: ManualClock) -> UserRepository:
    return UserRepository(
        mongo.collection("users"),
        mongo.collection("dashboard_data"),
        mongo.collection("sessions"),
        clock,
    )


@pytest.fixture
def sessions(mongo: Mongo, clock: ManualClock) -> SessionRepository:
    return SessionRepository(mongo.collection("sessions"), clock)


@pytest.fixture
def api_keys(mongo: Mongo) -> ApiKeyRepository:
    return ApiKeyRepository(mongo.collection("sessions"))


@pytest.fixture
def chain(mongo: Mongo, clock: ManualClock) -> AuditChain:
    return AuditChain(mongo.collection("dashboard_data"), clock)


@pytest.fixture
def activity(mongo: Mongo, chain: AuditChain) -> ActivityRepository:
    return ActivityRepository(mongo.collection("audit_logs"), chain)


@pytest.fixture
def idempotency(mongo: Mongo) -> IdempotencyRepository:
    return IdempotencyRepository(mongo.collection("dashboard_data"))


@pytest.fixture
async def redis(settings: Settings) -> AsyncIterator[Redis]:
    redis = open_redis(settings.redis_url or "")
    yield redis
    await redis.aclose()


@pytest.fixture
def cache(redis: Redis, clock: ManualClock) -> Cache:
    return Cache(redis, clock)


@pytest.fixture
def notifications(mongo: Mongo) -> NotificationRepository:
    return NotificationRepository(mongo.collection("dashboard_data"))
