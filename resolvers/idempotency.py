"""Doing what a repeated request asks for once, and one thing at a time."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from domain.errors import IdempotencyConflict, InvalidInput, Unavailable
from kit.ids import derived_id, random_id
from kit.jsonio import dumps_sorted
from persistence.idempotency import Begin, Begun
from resolvers.context import Context

_KEY = re.compile(r"[!-~]{1,255}")
_PREFIX = "i"
# Some 10 s in all, which is as long as an operation may run.
_PAUSES_S = (0.02, 0.05, 0.1, *([0.2] * 49))
_ALONE_TTL_S = 60


async def once(
    ctx: Context,
    scope: str,
    key: str | None,
    fingerprint: object,
    run: Callable[[str], Awaitable[Any]],
) -> Any:
    """What `run` answers, a JSON value; with a key, also to every repetition.

    The key is the asking principal's own and good within `scope` for
    `limits.idempotency_ttl_s`. `fingerprint` is the body: whatever JSON can say,
    dataclasses too. `run` gets an id that follows from the key: when a process dies
    half-way, or the answer cannot be kept, the request is run again after 30 s, so
    what is stored should be stored under that id. A failure is not kept. Without a
    key it is simply run.

    Raises:
        InvalidInput: the key is not 1 to 255 visible ASCII characters.
        IdempotencyConflict: it was used with another body.
        Unavailable: the same request is still running after 10 s.
    """
    if key is None:
        return await run(random_id(_PREFIX))
    if not _KEY.fullmatch(key):
        raise InvalidInput.of("idempotencyKey", "must be 1 to 255 visible characters")
    key_id = derived_id(_PREFIX, scope, ctx.principal.actor_id or "-", key)
    # Bodies may hold passwords, so what is kept of one is a keyed hash. During a
    # rotation it may have been made with the older key.
    digest = hashlib.sha256(_bytes_of(fingerprint)).hexdigest()
    prints = ctx.services.tokens.derive("idempotency", digest)
    begun = await _claim(ctx, key_id, prints, ctx.limits.idempotency_ttl_s)
    if begun.state is Begin.DONE:
        return begun.result
    async with _given_back(ctx, key_id, begun.claim, only_on_failure=True):
        result = await run(key_id)
    await ctx.repos.idempotency.finish(key_id, result)
    return result


@asynccontextmanager
async def alone(ctx: Context, name: str) -> AsyncIterator[None]:
    """Be the only one, of all processes, who is at `name`.

    By a claim in MongoDB, so that it holds while Redis is down. Who dies with it
    loses it after 30 s; nobody may be at it for longer.

    Raises:
        Unavailable: others were at it for 10 s.
    """
    key_id = derived_id(_PREFIX, "alone", name)
    begun = await _claim(ctx, key_id, ["alone"], _ALONE_TTL_S)
    async with _given_back(ctx, key_id, begun.claim):
        yield


async def _claim(ctx: Context, key_id: str, prints: list[str], ttl_s: int) -> Begun:
    """The claim is ours, or it is done; waits while somebody else is at it."""
    for pause_s in _PAUSES_S:
        begun = await _begin(ctx, key_id, prints, ttl_s)
        if begun.state is not Begin.RUNNING:
            return begun
        await asyncio.sleep(pause_s)
    raise Unavailable("The same request is still running")


async def _begin(ctx: Context, key_id: str, prints: list[str], ttl_s: int) -> Begun:
    for print_ in prints:
        with suppress(IdempotencyConflict):
            return await ctx.repos.idempotency.begin(
                key_id, print_, ctx.now_ms(), ttl_s
            )
    raise IdempotencyConflict


@asynccontextmanager
async def _given_back(
    ctx: Context, key_id: str, claim: str, *, only_on_failure: bool = False
) -> AsyncIterator[None]:
    keep = False
    try:
        yield
        keep = only_on_failure
    finally:
        if not keep:
            # When even this fails, the claim is given up 30 s after it was made.
            with suppress(Unavailable):
                await ctx.repos.idempotency.abandon(key_id, claim=claim)


def _bytes_of(fingerprint: object) -> bytes:
    try:
        return dumps_sorted(fingerprint)
    except TypeError:  # half a surrogate pair, a number beyond 64 bits
        return repr(fingerprint).encode()
