"""Whole lists, for taking away: handed out page by page, and told in the trail."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import fields, replace
from typing import TypeVar

from domain.activity import Activity, ActivityFilter, Severity
from domain.activity_rules import check_filter
from domain.errors import NotAllowed, NotAuthenticated
from domain.paging import PageRequest
from domain.principal import Role
from domain.users import User, UserFilter, UserOrder, check_search
from kit.times import rfc3339
from resolvers.audit import record
from resolvers.context import Context
from resolvers.standing import still_signed_in

PAGE_SIZE = 500  # rows read at once: the most a process holds is two pages
RECHECK_MS = 1_000  # an access taken away ends an export within it
T = TypeVar("T")
Pages = AsyncGenerator[Sequence[T], None]


def export_users(
    ctx: Context, *, where: UserFilter, order: UserOrder = UserOrder.CREATED_AT_DESC
) -> Pages[User]:
    """Every account that matches, in pages, for an administrator.

    Close it. Nothing is read before the first page is asked for. The entry
    `users.exported` is written before the last page is handed out, or when the
    export is cut short: then it counts what had been handed out.

    Raises:
        InvalidInput: names `filter.search`.
        NotAuthenticated, NotAllowed: no administrator asks, or, between two pages,
            no longer does.
        Unavailable: it could not be read, or not be told.
    """
    ctx.principal.require_admin()
    where = replace(where, search=check_search(where.search, field="filter.search"))
    return _told(ctx, _users(ctx, where, order), "users", _in_words(where))


def export_activity(ctx: Context, *, where: ActivityFilter) -> Pages[Activity]:
    """Every matching entry that the asking person may see, newest first, in pages;
    as `export_users`, with the entry `activity.exported`.
    """
    user_id = ctx.principal.require_user()
    where = check_filter(where)
    pages = ctx.repos.activity.pages(
        where, own_of=None if ctx.principal.is_admin else user_id, size=PAGE_SIZE
    )
    return _told(ctx, pages, "activity", _in_words(where))


async def _users(ctx: Context, where: UserFilter, order: UserOrder) -> Pages[User]:
    position = None
    while True:
        request = PageRequest(PAGE_SIZE, position=position)
        page = await ctx.repos.users.page(request, where, order)
        yield page.items
        if not page.has_next or not page.positions:
            return
        position = page.positions[-1]


async def _told(ctx: Context, pages: Pages[T], what: str, asked_for: str) -> Pages[T]:
    """`pages`, each held back until the next is there, so that the last one is not
    handed out before the entry is written.
    """
    held: Sequence[T] = ()
    count, complete = 0, False
    checked_ms = ctx.now_ms()
    try:
        async with aclosing(pages):
            async for page in pages:
                if held:
                    count += len(held)
                    yield held
                held = page
                if ctx.now_ms() - checked_ms >= RECHECK_MS:
                    checked_ms = ctx.now_ms()
                    await _check_still_allowed(ctx)
        count, complete = count + len(held), True
    finally:
        if complete or count:
            ended = "" if complete else "cut short after "
            await record(
                ctx,
                f"{what}.exported",
                summary=f"{ctx.principal.label} exported {what} as CSV: "
                f"{ended}{count} {'row' if count == 1 else 'rows'}, {asked_for}",
                severity=Severity.NOTICE,
            )
    if held:
        yield held


async def _check_still_allowed(ctx: Context) -> None:
    session_id = ctx.principal.session_id
    if session_id is None:
        return
    user = (await still_signed_in(ctx.services, [session_id])).get(session_id)
    if user is None:
        raise NotAuthenticated("The session is over: sign in again")
    if ctx.principal.is_admin and user.role is not Role.ADMIN:
        raise NotAllowed("Only an administrator may do this")


def _in_words(where: UserFilter | ActivityFilter) -> str:
    """`with role MEMBER, search lima`; `all of them` without a condition."""
    given = {one.name: getattr(where, one.name) for one in fields(where)}
    said = [
        f"{_name(name)} {_value(name, value)}"
        for name, value in given.items()
        if value not in (None, ())
    ]
    return f"with {', '.join(said)}" if said else "all of them"


def _name(field: str) -> str:
    return field.removesuffix("_ms").removesuffix("_ids").replace("_", " ")


def _value(field: str, value: object) -> str:
    if field.endswith("_ms") and isinstance(value, int):
        return rfc3339(value)
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    return str(value)
