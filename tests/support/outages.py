"""Services as they are when Redis loses everything, or is not there at all."""

from dataclasses import replace

import redis

from app.settings.settings import Settings
from persistence.cache import Cache
from resolvers.context import Services


def flush_all(settings: Settings) -> None:
    """Everything in Redis is gone."""
    with redis.Redis.from_url(settings.redis_url or "") as client:
        client.flushdb()


def without_redis(services: Services) -> Services:
    """A replica that cannot reach Redis."""
    return replace(services, cache=Cache(None, services.clock))
