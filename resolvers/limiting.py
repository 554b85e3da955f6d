"""Refusing what is asked too often; told once for each caller and window."""

from typing import NoReturn

from domain.activity import Severity
from domain.addresses import caller_at
from domain.errors import RateLimited
from domain.principal import Principal
from domain.rates import Rate
from kit.metrics import REGISTRY
from persistence.keys import LIMIT
from persistence.throttle import Bucket, Level
from resolvers.audit import record
from resolvers.context import Context

LIMITED = REGISTRY.counter(
    "dashboard_rate_limited_total", "Refusals by a rate limit", ("limit",)
)


def request_rate(ctx: Context) -> Rate:
    """That of users and API keys, or that of addresses for everybody else."""
    rates = ctx.services.rates
    return rates.address if ctx.principal.actor_id is None else rates.user


async def count_request(ctx: Context) -> Level:
    """One more request, of whoever is signed in, else from the address.

    Returns what is left. Raises RateLimited: it is one too many.
    """
    return await _take(ctx, request_rate(ctx), ctx.principal.actor_id)


async def count_handshake(ctx: Context) -> None:
    """One more connection that is to stay open. Raises RateLimited."""
    await _take(ctx, ctx.services.rates.handshake)


async def count_refresh(ctx: Context) -> None:
    """One more refresh from the address. Raises RateLimited."""
    await _take(ctx, ctx.services.rates.refresh)


async def refuse(
    ctx: Context, level: Level, *, actor: Principal | None = None
) -> NoReturn:
    """Raise RateLimited, and leave an entry in the trail the first time in a window.

    Raises:
        Unavailable: the entry could not be written.
    """
    rate, key = level.bucket.rate, level.bucket.key
    LIMITED.inc(rate.name)
    now_ms = ctx.now_ms()
    window = str(now_ms // (rate.window_s * 1_000))
    who = actor or ctx.principal
    if ctx.services.limited.is_due(f"{key} {window}", now_ms):
        await record(
            ctx,
            "access.rate_limited",
            summary=f"{who.label} reached the limit of {rate.words}",
            severity=Severity.NOTICE,
            actor=who,
            once=(key, window),
        )
    raise RateLimited(retry_after_s=max(level.wait_s, 1))


async def _take(ctx: Context, rate: Rate, caller: str | None = None) -> Level:
    who = caller or caller_at(ctx.origin.address)
    bucket = Bucket(rate, LIMIT.key(name=rate.name, caller=who))
    answer = await ctx.services.throttle.take(bucket)
    (level,) = answer.levels
    if not answer.given:
        await refuse(ctx, level)
    return level
