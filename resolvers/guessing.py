"""How often somebody may be wrong about a password."""

import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import NoReturn

from domain.addresses import caller_at
from domain.errors import Unavailable
from domain.principal import Principal
from domain.rates import Rate
from domain.users import User
from kit.passwords import Busy
from persistence.keys import SIGN_IN_LIMIT
from persistence.throttle import Answer, Bucket
from resolvers.context import Context
from resolvers.limiting import refuse

_NOBODY = "-"


@dataclass
class Guess:
    """One check of a password; whoever makes it says how it came out."""

    was_right: bool = False


@asynccontextmanager
async def one_guess(
    ctx: Context, email: str, user: User | None
) -> AsyncIterator[Guess]:
    """Check one password in the block, and say in the guess whether it was right.

    Each is paid for before it is made, as many may be made at once, and given back when
    it was right. Whoever has the address `email` makes no difference, not even whether
    anybody has: `user` is None then.

    Raises:
        RateLimited: too many were wrong.
        Unavailable: too many are being checked already.
    """
    actor = Principal(label=email)
    buckets = await _buckets(ctx, email, user, actor)
    with not_too_busy():
        async with ctx.services.passwords.turn():
            answer = await ctx.services.throttle.take(*buckets)
            if not answer.given:
                await _refuse(ctx, answer, actor)
            guess = Guess()
            was_wrong = False  # nobody is while it is we who fail
            try:
                yield guess
                was_wrong = not guess.was_right
            finally:
                if not was_wrong:
                    await ctx.services.throttle.give_back(*buckets)


@contextmanager
def not_too_busy() -> Iterator[None]:
    """A full queue of the password hasher, told as what it is to a client."""
    try:
        yield
    except Busy as err:
        raise Unavailable("Too many passwords are being checked") from err


async def _buckets(
    ctx: Context, email: str, user: User | None, actor: Principal
) -> Sequence[Bucket]:
    """Those that are to be paid; refuses before anybody waits for a turn."""
    rates, caller = ctx.services.rates, caller_at(ctx.origin.address)
    account = hashlib.sha256(email.encode()).hexdigest()[:32]
    here = _bucket(rates.sign_in, f"{account}@{caller}")
    address = _bucket(rates.sign_in_address, caller)
    everywhere = _bucket(rates.sign_in_account, account)
    answer = await ctx.services.throttle.look(here, address, everywhere)
    if answer.given:
        return here, address, everywhere
    is_free_here = all(level.wait_s == 0 for level in answer.levels[:2])
    if not (is_free_here and await _was_here(ctx, user, caller)):
        await _refuse(ctx, answer, actor)
    return here, address


async def _was_here(ctx: Context, user: User | None, caller: str) -> bool:
    """Whether the account was signed in to from there: somebody who tries from
    everywhere must not keep its owner out.
    """
    known = await ctx.repos.sessions.addresses_of(user.id if user else _NOBODY)
    return caller in {caller_at(one) for one in known}


async def _refuse(ctx: Context, answer: Answer, actor: Principal) -> NoReturn:
    longest = max(answer.levels, key=lambda level: level.wait_s)
    await refuse(ctx, longest, actor=actor)


def _bucket(rate: Rate, caller: str) -> Bucket:
    return Bucket(rate, SIGN_IN_LIMIT.key(name=rate.name, caller=caller))
