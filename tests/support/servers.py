"""The real databases the tests run against, and how they are emptied."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pymongo
import redis
from pydantic import SecretStr

from app.embedded.databases import embedded
from app.settings.settings import Settings
from domain.rates import RateLimits

# Tests ask more in a second than anybody does in a minute, by a clock that stands
# still. Those about the limits themselves set them.
UNLIMITED: dict[str, Any] = dict.fromkeys(RateLimits.__annotations__, 100_000)
SECRET = "for tests only and long enough to be let in"


@contextmanager
def real_servers(folder: Path, worker: str) -> Iterator[Settings]:
    """Settings for servers of this test process: embedded ones, or those whose
    addresses `make test MONGODB_URI=… REDIS_URL=…` gives.

    Each parallel worker has a MongoDB database and a Redis database of its own.
    """
    settings = Settings(
        env="test",
        mongodb_uri=os.environ.get("TEST_MONGODB_URI") or None,
        mongodb_database=f"user_dashboard_test_{worker or 'main'}",
        redis_url=_redis_of(worker),
        redis_timeout_ms=30_000,  # a busy machine is no outage
        loop_lag_max_ms=60_000,
        data_dir=folder,
        jwt_secret=SecretStr(SECRET),
        bcrypt_cost=4,
        **UNLIMITED,
    )
    with embedded(settings) as ready:
        yield ready
        mongo, keys = _clients(ready)
        if settings.mongodb_uri:
            mongo.drop_database(settings.mongodb_database)
        mongo.close()
        keys.close()


def empty(settings: Settings) -> None:
    """Removes every document and every key; indexes stay, as making them is slow."""
    mongo, keys = _clients(settings)
    database = mongo[settings.mongodb_database]
    for name in database.list_collection_names():
        database[name].delete_many({})
    keys.flushdb()


def _clients(settings: Settings) -> tuple[pymongo.MongoClient[Any], redis.Redis]:
    """Kept from test to test: connecting takes longer than emptying."""
    return _connected(settings.mongodb_uri or "", settings.redis_url or "")


@cache
def _connected(
    mongodb_uri: str, redis_url: str
) -> tuple[pymongo.MongoClient[Any], redis.Redis]:
    return pymongo.MongoClient(mongodb_uri), redis.Redis.from_url(redis_url)


def _redis_of(worker: str) -> str | None:
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        return None
    number = worker.removeprefix("gw") or "0"
    return f"{url}{'&' if '?' in url else '?'}db={number}"
