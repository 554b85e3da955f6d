"""Checking and keeping passwords, for the use cases that need one."""

from collections.abc import Iterator
from contextlib import contextmanager

from domain.activity import Activity
from domain.errors import BadCredentials, Unavailable
from domain.passwords import read_password
from domain.users import User
from kit.passwords import Busy
from resolvers.context import Context


async def confirm_password(ctx: Context, password: str | None) -> User:
    """The asking user, who has just shown that they know their password.

    Raises:
        BadCredentials: it is wrong, or not given.
    """
    user_id = ctx.principal.require_user()
    found = await ctx.repos.users.credentials(user_id)
    wrong = BadCredentials("The current password is wrong")
    if found is None or password is None:
        raise wrong
    user, stored = found
    password = read_password(password, field="currentPassword")
    with not_too_busy():
        if not await ctx.services.passwords.verify(password, stored):
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


@contextmanager
def not_too_busy() -> Iterator[None]:
    """A full queue of the password hasher, told as what it is to a client."""
    try:
        yield
    except Busy as err:
        raise Unavailable("Too many passwords are being checked") from err
