"""Storing a change to an account, and everything that follows from it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from domain.activity import Activity, Severity, field_changes
from domain.errors import NotFound
from domain.ids import UserId
from domain.users import User
from resolvers.audit import append, entry_for
from resolvers.authenticate import forget
from resolvers.context import Context
from resolvers.last_admin import check_not_last, ends_admin, one_at_a_time
from resolvers.stats import touch_stats


async def apply_change(
    ctx: Context, user: User, changes: Mapping[str, Any]
) -> User | None:
    """The changed account; None when it is no longer the one that was read.

    The next request of the user's feels it, wherever it arrives. Whoever is disabled
    is signed out everywhere, and whoever is enabled signs in anew.

    Raises:
        Conflict: the e-mail is taken, or it was the last administrator.
    """
    weighty = not changes.keys().isdisjoint({"email", "role", "status"})
    name = changes.get("name", user.name)
    entry = entry_for(
        ctx,
        "user.updated",
        summary=f"{ctx.principal.label} changed the account of {name}",
        target=("user", user.id, name),
        changes=field_changes({k: getattr(user, k) for k in changes}, changes),
        severity=Severity.NOTICE if weighty else Severity.INFO,
    )
    updated = await _store(ctx, user, changes, entry)
    if updated is None:
        return None
    if "status" in changes:
        await ctx.repos.sessions.revoke_all(updated.id)
    await _forget(ctx, updated)
    await append(ctx, [entry])
    await touch_stats(ctx)
    return updated


async def remove(ctx: Context, user_id: UserId) -> User:
    """Delete an account softly and end its sessions; the record as it was.

    Raises:
        NotFound: there is none.
        Conflict: it is the last administrator.
    """
    # Always alone: were it made an administrator between our look and our write,
    # nobody could take the others away before this is done.
    async with one_at_a_time(ctx):
        user = await ctx.repos.users.get(user_id)
        if user is None:
            raise NotFound
        await check_not_last(ctx, user)
        entry = entry_for(
            ctx,
            "user.deleted",
            summary=f"{ctx.principal.label} deleted the account of {user.name}",
            target=("user", user.id, user.name),
            changes=field_changes({"email": user.email}, {"email": None}),
            severity=Severity.NOTICE,
        )
        if not await ctx.repos.users.delete(user_id, ctx.now_ms(), entry=entry):
            raise NotFound
    await ctx.repos.sessions.revoke_all(user_id)
    await _forget(ctx, user)
    await append(ctx, [entry])
    await touch_stats(ctx)
    return user


async def _store(
    ctx: Context, user: User, changes: Mapping[str, Any], entry: Activity
) -> User | None:
    update = partial(
        ctx.repos.users.update,
        *(user.id, changes, user.version, ctx.now_ms()),
        entry=entry,
    )
    if not ends_admin(user, changes):
        return await update()
    async with one_at_a_time(ctx):
        await check_not_last(ctx, user)
        return await update()


async def _forget(ctx: Context, user: User) -> None:
    await forget(ctx.services, user.id)
    ctx.loaders.user.clear(user.id)
