"""The inbox over GraphQL: what is in it, what is unread, and who sees it."""

import httpx
import pytest

from domain.positions import Position
from domain.users import User
from resolvers.context import Services
from tests.support.clients import GraphQLClient, machine, nobody, signed_in
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import make_admin, make_api_key, make_user
from tests.support.inbox import (
    INBOX,
    MARK,
    head,
    inbox,
    mark,
    send,
    titles,
    told_since,
)

NODE = "query ($id: ID!) { node(id: $id) { id ... on Notification { title } } }"


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana")


@pytest.fixture
async def hers(http: httpx.AsyncClient, services: Services, ana: User) -> GraphQLClient:
    return await signed_in(http, services, ana)


@pytest.fixture
async def boss(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_admin(services))


async def test_a_notice_is_in_the_inbox_of_each_receiver_whole(
    http: httpx.AsyncClient,
    services: Services,
    ana: User,
    hers: GraphQLClient,
    boss: GraphQLClient,
) -> None:
    bo = await make_user(services)
    his = await signed_in(http, services, bo)

    first, second = await send(
        boss,
        bo.id,
        ana.id,
        title="  Backup «Freitag» finished 🎉 ",
        body="All is well.\n\nNothing to do.",
        level="NOTICE",
        link="/reports/2025?day=21#top",
    )

    (notice,) = (found := await inbox(hers))["nodes"]
    assert notice == {
        "id": second,
        "title": "Backup «Freitag» finished 🎉",
        "body": "All is well.\n\nNothing to do.",
        "level": "NOTICE",
        "link": "/reports/2025?day=21#top",
        "createdAt": "2025-06-21T10:00:00.000Z",
        "read": False,
        "readAt": None,
    }
    assert found["unreadCount"] == 1
    assert [one["id"] for one in (await inbox(his))["nodes"]] == [first]
    assert (await inbox(boss))["nodes"] == []


async def test_pages_go_on_where_they_ended_newest_first(
    ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    for number in range(5):  # all in one millisecond
        await send(boss, ana.id, title=f"Number {number}")

    page = await inbox(hers, first=2)
    seen = [one["title"] for one in page["nodes"]]
    while page["pageInfo"]["hasNextPage"]:
        page = await inbox(hers, first=2, after=page["pageInfo"]["endCursor"])
        seen += [one["title"] for one in page["nodes"]]

    assert seen == [f"Number {number}" for number in (4, 3, 2, 1, 0)]
    assert page["unreadCount"] == 5


async def test_reading_some_leaves_the_rest_unread_and_changes_nothing_twice(
    clock: ManualClock, ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    (one,) = await send(boss, ana.id, title="One")
    (two,) = await send(boss, ana.id, title="Two")
    await send(boss, ana.id, title="Three")
    clock.set("2025-06-21T10:05:00Z")

    assert await mark(hers, ids=[one, two]) == 2
    assert await mark(hers, ids=[one, two, "n_nothing"]) == 0
    assert await mark(hers, ids=[]) == 0

    assert await titles(hers) == ["Three", "Two", "One"]
    assert await titles(hers, unreadOnly=True) == ["Three"]
    found = await inbox(hers)
    assert found["unreadCount"] == 1
    assert [one["read"] for one in found["nodes"]] == [False, True, True]
    assert found["nodes"][1]["readAt"] == "2025-06-21T10:05:00.000Z"


async def test_reading_all_from_before_a_moment_leaves_those_since(
    clock: ManualClock, ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    for minute in range(3):
        clock.set(f"2025-06-21T10:0{minute}:00Z")
        await send(boss, ana.id, title=f"Minute {minute}")

    assert await mark(hers, before="2025-06-21T12:02:00+02:00") == 2
    assert await titles(hers, unreadOnly=True) == ["Minute 2"]
    assert await mark(hers) == 1
    assert (await inbox(hers, unreadOnly=True))["nodes"] == []


async def test_ids_and_a_moment_together_are_refused(hers: GraphQLClient) -> None:
    error = await hers.error(MARK, ids=["n_1"], before="2025-06-21T10:00:00Z")

    assert error["extensions"]["code"] == "VALIDATION_ERROR"
    assert error["extensions"]["details"]["field"] == "before"


async def test_what_is_in_an_inbox_is_for_nobody_else(
    ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    (notice,) = await send(boss, ana.id)

    assert await hers.data(NODE, id=notice) == {
        "node": {"id": notice, "title": "Backup finished"}
    }
    assert await boss.data(NODE, id=notice) == {"node": None}
    assert await hers.data(NODE, id="n_nothing") == {"node": None}
    assert await mark(boss, ids=[notice]) == 0
    assert await mark(boss) == 0
    assert (await inbox(hers))["unreadCount"] == 1


@pytest.mark.parametrize("operation", [INBOX, MARK])
async def test_nobody_and_no_machine_has_an_inbox(
    http: httpx.AsyncClient, services: Services, operation: str
) -> None:
    secret = await make_api_key(services, await make_admin(services))

    unknown = await nobody(http).error(operation)
    denied = await machine(http, secret).error(operation)

    assert unknown["extensions"]["code"] == "UNAUTHENTICATED"
    assert denied["extensions"]["code"] == "FORBIDDEN"


async def test_a_cursor_of_another_list_is_refused(
    hers: GraphQLClient, boss: GraphQLClient
) -> None:
    # Who has signed in has an entry in the trail.
    data = await hers.data("{ activity(first: 1) { nodes { cursor } } }")

    error = await hers.error(INBOX, after=data["activity"]["nodes"][0]["cursor"])

    assert error["extensions"]["details"]["field"] == "after"


async def test_an_inbox_costs_its_page_and_its_count(
    database_ops: DatabaseOps, ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    await send(boss, ana.id)
    database_ops.clear()

    await inbox(hers)

    assert [op.name for op in database_ops] == ["find", "find", "count"]


async def test_nothing_falls_between_a_page_and_its_newest_cursor(
    services: Services, ana: User, hers: GraphQLClient, boss: GraphQLClient
) -> None:
    await send(boss, ana.id, title="Before")
    cursor = (await inbox(hers))["newestCursor"]
    (later,) = await send(boss, ana.id, title="After")

    position = Position.parse(services.cursors.read("live:notifications", cursor))

    assert [event.id for event in await told_since(services, position)] == [later]
    assert (await head(services)).number == position.number + 1
