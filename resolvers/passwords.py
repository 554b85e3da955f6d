"""Checking and keeping passwords, for the use cases that need one."""

from domain.activity import Activity
from domain.errors import BadCredentials
from domain.passwords import read_password
from domain.users import User
from resolvers.context import Context
from resolvers.guessing import not_too_busy, one_guess


async def confirm_password(ctx: Context, password: str | None) -> User:
    """The asking user, who has just shown that they know their password.

    Raises:
        BadCredentials: it is wrong, or not given.
        RateLimited: it was wrong too often.
    """
    user_id = ctx.principal.require_user()
    found = await ctx.repos.users.credentials(user_id)
    wrong = BadCredentials("The current password is wrong")
    if found is None or password is None:
        raise wrong
    user, stored = found
    password = read_password(password, field="currentPassword")
    async with one_guess(ctx, user.email, user) as guess:
        guess.was_right = await ctx.services.passwords.verify(password, stored)
    if not guess.was_right:
        raise wrong
    return user


async def store_password(
    ctx: Context,
    user: User,
    password: str,
    *,
    instead_of: str | None = None,
    entry: Activity | None = None,
) -> None:
    """Hash and keep it, unchecked: whoever calls this has looked at it.

    With `instead_of` it is kept only while that hash is the one stored; an `entry` is
    stored with it, for the caller to append.
    """
    hashed = await hash_password(ctx, password)
    await ctx.repos.users.set_password(
        user.id, hashed, ctx.now_ms(), instead_of=instead_of, entry=entry
    )


async def hash_password(ctx: Context, password: str) -> str:
    """As `kit.passwords` does; raises Unavailable when the queue is full."""
    with not_too_busy():
        return await ctx.services.passwords.hash(password)
