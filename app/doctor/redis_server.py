"""Redis: whether it answers, what it forgets, and when."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import (
    ClusterCrossSlotError,
    ClusterDownError,
    MovedError,
    RedisError,
)

from app.doctor.clocks import skew
from app.doctor.findings import Finding, bad, ok, warn
from kit.clock import Clock

AREA = "redis"
OLDEST = (6, 2)


async def examined(redis: Redis, url: str, clock: Clock) -> AsyncIterator[Finding]:
    """Ends with a BAD one when it does not answer."""
    server: Any = redis  # its own signatures cover its blocking twin
    try:
        before_ms = clock.now_ms()
        seconds, micros = await server.time()
        asked_ms = (before_ms + clock.now_ms()) // 2
        told = await server.info()
    except (RedisError, OSError) as err:
        kind = type(err).__name__
        todo = "see DASHBOARD_REDIS_URL; without it nothing is live"
        yield bad(AREA, f"does not answer ({kind})", todo)
        return
    yield skew("Redis", asked_ms, seconds * 1_000 + micros // 1_000)
    yield _version(told, url)
    if await _is_open_cluster(server):
        yield bad(
            AREA,
            "is an open cluster: what lies on other nodes, or on several, fails",
            "use one server, or a cluster behind one address; see docs/operations.md, "
            "scaling out",
        )
    for finding in _keeps(told):
        yield finding


def _version(told: dict[str, Any], url: str) -> Finding:
    way = "TLS" if url.startswith("rediss://") else "no TLS"
    way = "a Unix socket" if url.startswith("unix://") else way
    version = str(told.get("redis_version", ""))
    said = f"{told.get('server_name', 'redis')} {version}, over {way}"
    numbers = tuple(int(one) for one in version.split(".")[:2] if one.isdigit())
    if numbers < OLDEST:
        return bad(AREA, said, "6.2 is the oldest that knows the commands in use")
    return ok(AREA, said)


async def _is_open_cluster(server: Any) -> bool:
    """What it says of itself differs by who sells it; two keys of two slots tell."""
    try:
        await server.mget("doctor:a", "doctor:b")
    except (ClusterCrossSlotError, ClusterDownError, MovedError):
        return True
    except (RedisError, OSError):
        return False
    return False


def _keeps(told: dict[str, Any]) -> Iterator[Finding]:
    policy = str(told.get("maxmemory_policy", "noeviction"))
    if policy.startswith("allkeys"):
        yield bad(
            AREA,
            f"evicts any key when memory is short ({policy}): events of live logs and "
            "anchors of the audit trail are lost unseen",
            "set maxmemory-policy to noeviction or volatile-lru",
        )
    else:
        yield ok(AREA, f"evicts nothing that has to stay ({policy})")
    if told.get("aof_enabled"):
        yield ok(AREA, "writes to disk as it goes (appendonly)")
    else:
        yield warn(
            AREA,
            "forgets its live logs and audit anchors in a restart (appendonly no)",
            "set appendonly yes; in Azure take a tier with data persistence",
        )
    used, most = int(told.get("used_memory", 0)), int(told.get("maxmemory", 0))
    if most and used > most * 0.8:
        what = f"{used * 100 // most} % of its memory is used"
        yield warn(AREA, what, "give it more, or look for keys that are not ours")
