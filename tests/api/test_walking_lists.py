"""A list of 1,000 rows, walked page by page while others are written (promise 84)."""

from typing import Any

import httpx
import pytest

from domain.activity import Activity
from domain.paging import Page
from resolvers.activity import cursor_of, list_activity
from resolvers.context import Context, Services
from tests.support.clients import signed_in
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_admin
from tests.support.records import entry
from tests.support.rest import wrong_field

ROWS, SIZE = 1_000, 100


async def walked(ctx: Context, way: str, existing: list[Activity]) -> list[str]:
    """The ids of every page, in the order of the list, while each page is followed
    by entries before, within and after what was there.
    """
    first, cursor = ("first", "after") if way == "forward" else ("last", "before")
    ids: list[str] = []
    given: dict[str, Any] = {first: SIZE}
    while True:
        page: Page[Activity] = await list_activity(ctx, **given)
        found = [one.id for one in page.items]
        ids = ids + found if way == "forward" else found + ids
        if not (page.has_next if way == "forward" else page.has_previous):
            return ids
        ends = page.items[-1] if way == "forward" else page.items[0]
        given[cursor] = cursor_of(ctx, ends)
        times = (existing[0].occurred_ms - 1, ends.occurred_ms, ctx.now_ms() + ROWS)
        await ctx.repos.activity.append([entry(at_ms) for at_ms in times])


@pytest.mark.parametrize("way", ["forward", "backward"])
async def test_each_row_comes_once_and_in_order_whatever_is_written_meanwhile(
    services: Services, way: str
) -> None:
    ctx = acting(services, await make_admin(services))
    existing = [entry(ctx.now_ms() + n) for n in range(ROWS)]
    await services.repos.activity.append(existing)

    ids = await walked(ctx, way, existing)

    assert len(set(ids)) == len(ids)
    there = {one.id for one in existing}
    newest_first = [one.id for one in reversed(existing)]
    assert [one for one in ids if one in there] == newest_first


async def test_a_cursor_that_is_none_is_named_on_both_interfaces(
    services: Services, http: httpx.AsyncClient
) -> None:
    client = await signed_in(http, services, await make_admin(services))
    for cursor in ("x", "AAAA", "a" * 5_000, "eyJhIjoxfQ", "\u00e9"):
        text = "query ($c: String) { activity(after: $c) { nodes { id } } }"
        error = await client.error(text, c=cursor)
        assert error["extensions"]["code"] == "VALIDATION_ERROR"
        answer = await http.get(
            "/api/v1/dashboard/activity",
            params={"after": cursor},
            headers=client.headers,
        )
        assert wrong_field(answer) == "after"


async def test_every_read_ends_within_9_s_by_what_the_database_was_told(
    services: Services, http: httpx.AsyncClient, database_ops: DatabaseOps
) -> None:
    client = await signed_in(http, services, await make_admin(services))
    database_ops.clear()

    for path in ("users", "dashboard/activity", "dashboard/stats", "auth/me"):
        answer = await http.get(f"/api/v1/{path}", headers=client.headers)
        assert answer.is_success

    bounds = [op.command.get("maxTimeMS", 0) for op in database_ops.reads]
    assert len(bounds) >= 4
    assert all(0 < bound <= 9_000 for bound in bounds)
