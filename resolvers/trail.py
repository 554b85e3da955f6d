"""Looking after the audit trail: every change told, every entry linked, the chain
anchored, what is old gone.
"""

import logging

from domain.activity import Origin
from domain.principal import SYSTEM
from kit.times import DAY_MS
from persistence.trail import NotOurs
from resolvers.anchors import anchor, signing
from resolvers.audit import append
from resolvers.context import Context, Services

_ROUNDS = 100  # of up to 200 changes
_log = logging.getLogger("audit")


async def look_after(services: Services) -> None:
    """What the sweeper does for the trail, once a minute.

    Raises:
        Unavailable: MongoDB did not answer; the next round goes on.
    """
    now_ms, sign = services.clock.now_ms(), signing(services.tokens)
    keep_ms = services.limits.activity_keep_days * DAY_MS
    try:
        await services.repos.trail.settle(now_ms, sign)
        await services.repos.trail.retire(now_ms - keep_ms, sign)
    except NotOurs:
        _log.error("the audit checkpoint is not signed by a key of ours")
    await anchor(services)


async def complete(services: Services) -> int:
    """Append the entries of changes whose process died before it could; how many
    changes had one waiting. Those it did append are only forgotten.

    Raises:
        Unavailable: MongoDB did not answer; the next round goes on.
    """
    count = 0
    ctx = Context(services, SYSTEM, Origin(request_id="outbox"))
    for _ in range(_ROUNDS):
        held = await services.repos.pending.held()
        if not held:
            break
        await append(ctx, [entry for one in held for entry in one.entries])
        for one in held:
            await one.clear()
        count += len(held)
    return count
