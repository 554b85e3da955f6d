"""What use cases get, made of the settings and what is open."""

import os

from redis.asyncio import Redis

from app.settings.settings import Settings
from kit.clock import Clock
from kit.cursors import CursorSigner
from kit.passwords import PasswordHasher
from kit.tokens import TokenSigner
from persistence.cache import Cache
from persistence.mongo import Mongo
from persistence.repositories import make_repositories
from realtime.live import Live
from resolvers.context import Services
from resolvers.traffic import TrafficRecorder


def make_services(
    settings: Settings, mongo: Mongo, redis: Redis, live: Live, clock: Clock
) -> Services:
    limits = settings.limits()
    repos = make_repositories(mongo, clock, limits)
    secrets = settings.secrets
    return Services(
        repos=repos,
        cache=Cache(redis, clock),
        clock=clock,
        limits=limits,
        tokens=TokenSigner(
            secrets,
            clock,
            access_ttl_s=limits.access_token_ttl_s,
            refresh_ttl_s=limits.refresh_token_ttl_s,
        ),
        passwords=PasswordHasher(
            settings.bcrypt_cost,
            min(settings.bcrypt_threads, os.cpu_count() or 1),
            settings.bcrypt_queue,
        ),
        cursors=CursorSigner([secret.encode() for secret in secrets]),
        traffic=TrafficRecorder(repos, live.bus, clock, limits),
        live=live,
        rates=settings.rate_limits(),
    )
