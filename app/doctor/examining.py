"""All examinations, one after the other; what cannot be looked at is said, too."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

from app.doctor import machine, mongodb, redis_server, stored
from app.doctor.configured import configured
from app.doctor.findings import Finding, bad
from app.embedded.databases import embedded
from app.embedded.errors import EmbeddedFailed
from app.lifespan import StartFailed, connect_mongo, connect_redis
from app.settings.settings import BadSetting, Settings, load_settings
from app.web_client.files import FOLDER
from domain.errors import Unavailable
from kit.clock import Clock, SystemClock
from kit.tokens import TokenSigner
from persistence.repositories import make_repositories


async def examine(
    clock: Clock | None = None, client: Path = FOLDER
) -> AsyncIterator[Finding]:
    """Of the installation that the environment describes. Changes nothing."""
    try:
        settings = load_settings()
    except BadSetting as err:
        yield bad("settings", str(err), "change it: nothing starts with it")
        return
    for finding in (*configured(settings), *machine.examined(settings, client)):
        yield finding
    async with AsyncExitStack() as stack:
        try:
            ready = stack.enter_context(embedded(settings, join=True))
        except EmbeddedFailed as err:
            yield bad("embedded", str(err), "see the text")
            return
        async for finding in _databases(ready, clock or SystemClock(), stack):
            yield finding


async def _databases(
    settings: Settings, clock: Clock, stack: AsyncExitStack
) -> AsyncIterator[Finding]:
    try:
        mongo, redis = connect_mongo(settings), connect_redis(settings)
    except StartFailed as err:
        # Without the driver's words, which may quote the address.
        said = str(err).partition(":")[0]
        yield bad("settings", said, "see docs/settings.md")
        return
    stack.callback(mongo.close)
    stack.push_async_callback(redis.aclose)
    async for finding in redis_server.examined(redis, settings.redis_url or "", clock):
        yield finding
    limits = settings.limits()
    repos = make_repositories(mongo, clock, limits)
    tokens = TokenSigner(settings.secrets, clock)
    try:
        uri = settings.mongodb_uri or ""
        async for finding in mongodb.examined(mongo, uri, clock):
            yield finding
        is_new = not await repos.users.exist()
        async for finding in mongodb.indexes(mongo, is_new=is_new):
            yield finding
        async for finding in stored.examined(repos, tokens, limits, clock):
            yield finding
    except Unavailable:
        yield bad("mongodb", "what it holds could not be looked at", "see above")
