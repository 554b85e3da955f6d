"""Accounts: who there is, and how they come, change and go."""

from collections.abc import Collection
from dataclasses import asdict, replace
from typing import Any

from domain.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
    NotFound,
)
from domain.ids import USER, UserId
from domain.paging import Page, page_request
from domain.user_rules import check_change, check_draft
from domain.users import (
    UNSET,
    User,
    UserChange,
    UserDraft,
    UserFilter,
    UserOrder,
    check_search,
)
from kit.ids import derived_id
from resolvers.audit import note_read
from resolvers.context import Context
from resolvers.idempotency import once
from resolvers.new_users import add_user
from resolvers.passwords import confirm_password
from resolvers.presence import online_ids
from resolvers.user_changes import apply_change, remove

_UPDATE_ATTEMPTS = 5


async def me(ctx: Context) -> User:
    """The asking person."""
    user = await ctx.loaders.user.load(ctx.principal.require_user())
    if user is None:
        raise NotAuthenticated
    return user


async def get_user(ctx: Context, user_id: str) -> User | None:
    """Anyone, for anyone signed in: the edges leave out what is private."""
    ctx.principal.require_user()
    return await ctx.loaders.user.load(UserId(user_id))


async def list_users(
    ctx: Context,
    *,
    where: UserFilter | None = None,
    order: UserOrder = UserOrder.CREATED_AT_DESC,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page[User]:
    """A page of accounts, for an administrator; cursors are those of `users:{order}`.

    One read of MongoDB; the records are remembered by the loaders.
    """
    ctx.principal.require_admin()

    def read_cursor(cursor: str, field: str) -> str:
        try:
            return ctx.services.cursors.read(f"users:{order}", cursor)
        except ValueError as err:
            raise InvalidInput.of(field, str(err)) from err

    request = page_request(
        first=first, after=after, last=last, before=before, read_cursor=read_cursor
    )
    where = _checked(where)
    await note_read(ctx, "the list of accounts")
    online = await _online(ctx, where)
    page = await ctx.repos.users.page(request, where, order, online=online)
    ctx.loaders.remember(page.items)
    return page


async def count_users(ctx: Context, where: UserFilter | None = None) -> int:
    """Exactly how many there are, for an administrator."""
    ctx.principal.require_admin()
    where = _checked(where)
    return await ctx.repos.users.count(where, online=await _online(ctx, where))


async def create_user(
    ctx: Context, draft: UserDraft, idempotency_key: str | None = None
) -> User:
    """A new account, made by an administrator.

    With a key, the account's id follows from it: a try that was cut short is
    completed by its repetition, and no repetition makes a second one.

    Raises:
        InvalidInput: names every field that breaks its rule.
        Conflict: the e-mail is taken.
    """
    ctx.principal.require_admin()
    draft = check_draft(draft)

    async def run(key_id: str) -> Any:
        made = await add_user(ctx, draft, user_id=derived_id(USER, "created", key_id))
        return {"id": made.id}

    result = await once(ctx, "users.create", idempotency_key, asdict(draft), run)
    user = await ctx.repos.users.get(UserId(result["id"]))
    if user is None:
        raise NotFound
    return user


async def update_user(
    ctx: Context, user_id: str, change: UserChange, expected_version: int | None = None
) -> User:
    """Change an account: one's own, or as an administrator anybody's.

    Without `expected_version` the change is applied to whatever is there.

    Raises:
        NotAllowed: another's account, or a role or status, without being ADMIN.
        BadCredentials: one's own e-mail without the current password.
        Conflict: the version is stale (`field` is "expectedVersion"), the e-mail
            is taken, or it would take the last administrator away.
    """
    _check_may_change(ctx, user_id, change)
    wanted = check_change(change)
    for _ in range(_UPDATE_ATTEMPTS):
        user = await ctx.repos.users.get(UserId(user_id))
        if user is None:
            raise NotFound
        if expected_version not in (None, user.version):
            break
        changes = {k: v for k, v in wanted.items() if getattr(user, k) != v}
        if not changes:
            return user
        if "email" in changes and user.id == ctx.principal.user_id:
            await confirm_password(ctx, change.current_password)
        updated = await apply_change(ctx, user, changes)
        if updated is not None:
            return updated
    raise Conflict("It changed since you looked", field="expectedVersion")


async def delete_user(ctx: Context, user_id: str) -> UserId:
    """Take an account away, as an administrator; its trail and its labels stay.

    Raises:
        NotFound: there is none.
        Conflict: it is the last administrator's.
    """
    ctx.principal.require_admin()
    return (await remove(ctx, UserId(user_id))).id


def _check_may_change(ctx: Context, user_id: str, change: UserChange) -> None:
    asking = ctx.principal.require_user()
    if ctx.principal.is_admin:
        return
    if user_id != asking:
        raise NotAllowed("Only an administrator may change another's account")
    if change.role is not UNSET or change.status is not UNSET:
        raise NotAllowed("Only an administrator may change a role or a status")


def _checked(where: UserFilter | None) -> UserFilter:
    where = where or UserFilter()
    return replace(where, search=check_search(where.search, field="filter.search"))


async def _online(ctx: Context, where: UserFilter) -> Collection[str]:
    return () if where.presence is None else await online_ids(ctx)
