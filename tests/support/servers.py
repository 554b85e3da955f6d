"""The real databases the tests run against, and how they are emptied."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
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
        data_dir=folder,
        jwt_secret=SecretStr(SECRET),
        bcrypt_cost=4,
        **UNLIMITED,
    )
    with embedded(settings) as ready:
        yield ready
        if settings.mongodb_uri:
            with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
                client.drop_database(settings.mongodb_database)


def empty(settings: Settings) -> None:
    """Removes every document and every key; indexes stay, as making them is slow."""
    with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        database = client[settings.mongodb_database]
        for name in database.list_collection_names():
            database[name].delete_many({})
    with redis.Redis.from_url(settings.redis_url or "") as cache:
        cache.flushdb()


def _redis_of(worker: str) -> str | None:
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        return None
    number = worker.removeprefix("gw") or "0"
    return f"{url}{'&' if '?' in url else '?'}db={number}"
