"""Once a minute, in one process of all: what has expired goes, samples are taken."""

from kit.times import MINUTE_MS
from persistence import keys
from resolvers.context import Services
from resolvers.figures import sample
from resolvers.retelling import retell
from resolvers.trail import look_after

LOCK = "sweeper"
LOCK_TTL_S = 50


async def sweep(services: Services) -> None:
    """Removes expired sessions, expired dashboard data and old activity.

    The first process to ask in a minute does it. While Redis is down each of them
    does, for nobody can tell: that costs work and breaks nothing.

    Raises:
        Unavailable: MongoDB did not answer; the next round goes on.
    """
    async with services.cache.lock(LOCK, LOCK_TTL_S) as held:
        if not held and await services.cache.ping():
            return  # somebody else has it
        if await _is_due(services):
            await _sweep(services)


async def _is_due(services: Services) -> bool:
    key = keys.SWEEPER.key()
    minute = str(services.clock.now_ms() // MINUTE_MS).encode()
    if await services.cache.get(key) == minute:
        return False
    await services.cache.set(key, minute, keys.SWEEPER.ttl_s or MINUTE_MS)
    return True


async def _sweep(services: Services) -> None:
    now_ms = services.clock.now_ms()
    await services.repos.sessions.sweep(now_ms)
    await services.repos.idempotency.sweep(now_ms)
    await look_after(services)
    await services.repos.users.repair_search()
    await sample(services)
    await retell(services)
