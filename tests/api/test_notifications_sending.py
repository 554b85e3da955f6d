"""Sending notices: who may, what they must look like, and that it happens once."""

import asyncio
from typing import Any

import httpx
import pytest

from domain.users import AccountStatus, User
from resolvers.context import Services
from tests.support.clients import GraphQLClient, machine, nobody, signed_in
from tests.support.database_ops import DatabaseOps
from tests.support.factories import make_admin, make_api_key, make_user
from tests.support.inbox import SEND, inbox, send, titles
from tests.support.trail import trail


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana")


@pytest.fixture
async def boss(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_admin(services, name="Boss"))


async def test_only_an_administrator_sends_notices(
    http: httpx.AsyncClient, services: Services, ana: User, boss: GraphQLClient
) -> None:
    secret = await make_api_key(services, await make_admin(services))
    hers = await signed_in(http, services, ana)
    wanted = {"userIds": [ana.id], "title": "Hello"}

    codes = [
        (await client.error(SEND, input=wanted))["extensions"]["code"]
        for client in (nobody(http), hers, machine(http, secret))
    ]

    assert codes == ["UNAUTHENTICATED", "FORBIDDEN", "FORBIDDEN"]
    assert await titles(hers) == []


@pytest.mark.parametrize(
    ("field", "wish", "value"),
    [
        ("title", "title", " "),
        ("title", "title", "x" * 121),
        ("title", "title", "Two\nlines"),
        ("title", "title", "NUL \x00"),
        ("body", "body", "x" * 2_001),
        ("body", "body", "bell \x07"),
        ("link", "link", "http://example.com"),
        ("link", "link", "javascript:alert(1)"),
        ("link", "link", "//example.com"),
        ("link", "link", "/\\example.com"),
        ("link", "link", "https://"),
        ("link", "link", "reports"),
        ("link", "link", "https://example.com/" + "x" * 2_048),
        ("userIds", "userIds", []),
        ("userIds", "userIds", ["u_1"] * 1_001),
    ],
)
async def test_a_notice_that_breaks_a_rule_is_refused_by_its_field(
    ana: User, boss: GraphQLClient, field: str, wish: str, value: Any
) -> None:
    wanted = {"userIds": [ana.id], "title": "Hello", wish: value}

    error = await boss.error(SEND, input=wanted)

    assert error["extensions"]["code"] == "VALIDATION_ERROR"
    assert error["extensions"]["details"]["field"] == field


@pytest.mark.parametrize("stranger", ["u_nobody", "", "a" * 24, "2025-01-01", "\x00"])
async def test_a_receiver_who_does_not_exist_is_named_and_nobody_gets_anything(
    http: httpx.AsyncClient,
    services: Services,
    ana: User,
    boss: GraphQLClient,
    stranger: str,
) -> None:
    hers = await signed_in(http, services, ana)

    error = await boss.error(
        SEND, input={"userIds": [ana.id, ana.id, stranger], "title": "Hello"}
    )

    assert error["extensions"]["details"]["field"] == "userIds.2"
    assert await titles(hers) == []


async def test_the_longest_notice_reaches_a_thousand_people_in_few_calls(
    http: httpx.AsyncClient,
    services: Services,
    ana: User,
    boss: GraphQLClient,
    database_ops: DatabaseOps,
) -> None:
    disabled = await make_user(services, status=AccountStatus.DISABLED)
    hers = await signed_in(http, services, ana)
    database_ops.clear()

    sent = await send(
        boss, *[ana.id, disabled.id] * 500, title="x" * 120, body="ä" * 2_000
    )

    assert len(set(sent)) == 2
    (notice,) = (await inbox(hers))["nodes"]
    assert (len(notice["title"]), len(notice["body"])) == (120, 2_000)
    writes = [op.collection for op in database_ops.writes]
    assert writes == ["dashboard_data", "audit_logs", "dashboard_data"]


async def test_with_a_key_a_notice_is_sent_once_however_often_it_is_asked_for(
    http: httpx.AsyncClient, services: Services, ana: User, boss: GraphQLClient
) -> None:
    hers = await signed_in(http, services, ana)

    answers = await asyncio.gather(*(send(boss, ana.id, key="k") for _ in range(5)))
    other = await boss.error(
        SEND, input={"userIds": [ana.id], "title": "Another"}, key="k"
    )

    assert len({tuple(answer) for answer in answers}) == 1
    assert other["extensions"]["code"] == "IDEMPOTENCY_CONFLICT"
    assert [one["id"] for one in (await inbox(hers))["nodes"]] == answers[0]
    assert len(await trail(services, "notification.sent")) == 1


async def test_without_a_key_each_notice_is_new(
    http: httpx.AsyncClient, services: Services, ana: User, boss: GraphQLClient
) -> None:
    hers = await signed_in(http, services, ana)
    for _ in range(2):
        await send(boss, ana.id)

    assert (await inbox(hers))["unreadCount"] == 2


async def test_the_trail_says_who_sent_what_to_whom(
    services: Services, ana: User, boss: GraphQLClient
) -> None:
    bo = await make_user(services)
    await send(boss, ana.id, title="For Ana")
    await send(boss, ana.id, bo.id, title="For both", body="Secret plans")

    one, both = await trail(services, "notification.sent")

    assert (one.actor_label, one.target_id) == ("Boss", ana.id)
    assert one.summary == "Boss sent “For Ana” to Ana"
    assert (both.target_type, both.summary) == (
        None,
        "Boss sent “For both” to 2 people",
    )
    assert "Secret plans" not in repr(both)


async def test_no_application_can_pretend_that_a_notice_was_sent(
    http: httpx.AsyncClient, services: Services
) -> None:
    secret = await make_api_key(services, await make_admin(services))

    data = await machine(http, secret).data(
        """mutation { recordActivity(events: [{action: "notification.sent"}]) {
          rejected { index code }
        } }"""
    )

    assert data["recordActivity"]["rejected"] == [
        {"index": 0, "code": "VALIDATION_ERROR"}
    ]
