"""There is always one who may do everything."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from domain.errors import Conflict
from domain.principal import Role
from domain.users import AccountStatus, User
from resolvers.context import Context
from resolvers.idempotency import alone


def one_at_a_time(ctx: Context) -> AbstractAsyncContextManager[None]:
    """Hold this while taking an administrator away, counting inside.

    A claim in MongoDB, not a lock in Redis: two who take one of the last two away
    at the same moment must not both find the other still there, Redis or not.

    Raises:
        Unavailable: others held it for too long.
    """
    return alone(ctx, "administrators")


async def check_not_last(ctx: Context, user: User) -> None:
    """Raises Conflict when without `user` there is no active administrator left."""
    if _is_active_admin(user) and await ctx.repos.users.count_admins() < 2:  # noqa: PLR2004
        raise Conflict("The last administrator must stay one")


def ends_admin(user: User, changes: Mapping[str, Any]) -> bool:
    """Whether an active administrator is none after these changes."""
    return _is_active_admin(user) and (
        changes.get("role", user.role) is not Role.ADMIN
        or changes.get("status", user.status) is not AccountStatus.ACTIVE
    )


def _is_active_admin(user: User) -> bool:
    return user.role is Role.ADMIN and user.status is AccountStatus.ACTIVE
