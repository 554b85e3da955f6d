"""Figures, series and the trail are the same over GraphQL and over REST."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.both import Both, in_snake_case, signed_in
from tests.support.clock import ManualClock
from tests.support.factories import make_admin, make_user
from tests.support.rest import data_of, pagination_of

STAT = "{ value previous changePct }"
RESULT = "{ accepted rejected { index code message } }"


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss", email="boss@example.com")


@pytest.fixture
async def admin(http: httpx.AsyncClient, services: Services, boss: User) -> Both:
    return await signed_in(http, services, boss)


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana Lima", email="ana@example.com")


@pytest.fixture
async def member(http: httpx.AsyncClient, services: Services, ana: User) -> Both:
    return await signed_in(http, services, ana)


@pytest.mark.parametrize("range_", ["LAST_HOUR", "LAST_24_HOURS", "LAST_30_DAYS"])
async def test_the_figures(member: Both, range_: str) -> None:
    names = (
        "totalUsers activeUsers newUsers onlineUsers requests errorRate responseTimeMs"
    )
    figures = " ".join(f"{name} {STAT}" for name in names.split())
    asked = await member.graphql.data(
        f"{{ stats(range: {range_}) {{ {figures} version asOf }} }}"
    )
    seen = data_of(await member.rest("GET", "/dashboard/stats", range=range_))

    assert seen.pop("cached") is True
    assert seen == in_snake_case(asked["stats"])


SUMMARY = "{ min max avg sum last count }"
POINTS = "{ start end value count partial }"
METRICS = f"""from to interval timeZone asOf warnings series {{
    name unit kind aggregate tags points {POINTS} summary {SUMMARY}
    comparison {{ from to points {POINTS} summary {SUMMARY} changePct }}
}}"""


def by_columns(result: dict[str, Any]) -> dict[str, Any]:
    """What GraphQL says by points, as REST says it."""
    rows = result["series"][0]["points"] if result["series"] else []
    columns = {
        name: [row[name] for row in rows] for name in ("start", "end", "partial")
    }
    series = [_columns_of(one) for one in result["series"]]
    for one in series:
        if one["comparison"] is not None:
            starts = [row["start"] for row in one["comparison"]["points"]]
            one["comparison"] = {**_columns_of(one["comparison"]), "start": starts}
    said: dict[str, Any] = in_snake_case({**result, **columns, "series": series})
    return said


def _columns_of(series: dict[str, Any]) -> dict[str, Any]:
    rows = series["points"]
    rest = {name: value for name, value in series.items() if name != "points"}
    return {
        **rest,
        "values": [row["value"] for row in rows],
        "counts": [row["count"] for row in rows],
    }


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ('names: ["shop.orders"]', {"names": "shop.orders"}),
        (
            'names: ["shop.orders", "shop.load", "shop.none"], range: {last: "PT6H"}',
            {"names": "shop.orders,shop.load,shop.none", "last": "PT6H"},
        ),
        (
            (
                'names: ["shop.orders"], range: {from: "2025-06-21T08:10:00Z", '
                'to: "2025-06-21T09:50:00Z"}, interval: PT1H, timeZone: "Asia/Kolkata"'
            ),
            {
                "names": "shop.orders",
                "from": "2025-06-21T08:10:00Z",
                "to": "2025-06-21T09:50:00Z",
                "interval": "PT1H",
                "tz": "Asia/Kolkata",
            },
        ),
        (
            (
                'names: ["shop.orders"], range: {last: "PT3H"}, interval: PT15M, '
                'groupBy: ["region"], filter: [{key: "kind", values: ["new", "odd"]}], '
                "topSeries: 1, fill: ZERO, aggregate: RATE, compareTo: PREVIOUS_DAY"
            ),
            {
                "names": "shop.orders",
                "last": "PT3H",
                "interval": "pt15m",
                "group_by": "region",
                "filter": ["kind:new", "kind:odd"],
                "top_series": 1,
                "fill": "zero",
                "aggregate": "rate",
                "compare": "previous_day",
            },
        ),
        (
            (
                'names: ["shop.load"], range: {last: "P7D"}, maxPoints: 10, '
                "aggregate: P95, fill: PREVIOUS"
            ),
            {
                "names": "shop.load",
                "last": "P7D",
                "max_points": 10,
                "aggregate": "P95",
                "fill": "PREVIOUS",
            },
        ),
    ],
)
async def test_the_series(admin: Both, arguments: str, query: dict[str, Any]) -> None:
    recorded = await admin.rest(
        "POST", "/dashboard/metrics", {"points": a_few_points()}
    )
    assert data_of(recorded, 201)["rejected"] == []

    asked = await admin.graphql.data(f"{{ metrics({arguments}) {{ {METRICS} }} }}")
    seen = data_of(await admin.rest("GET", "/dashboard/metrics", **query))

    assert seen == by_columns(asked["metrics"])


def a_few_points() -> list[dict[str, Any]]:
    points = []
    for number in range(12):
        at = f"2025-06-21T09:{number * 4:02d}:00Z"
        tags = {
            "region": ("eu", "us", "ap")[number % 3],
            "kind": ("new", "old")[number % 2],
        }
        points += [
            {"name": "shop.orders", "value": number, "at": at, "tags": tags},
            {"name": "shop.load", "value": number / 7, "at": at},
        ]
    kinds = {"shop.orders": "COUNTER", "shop.load": "DISTRIBUTION"}
    return [{**one, "kind": kinds[str(one["name"])]} for one in points]


ENTRY = """id action actor { id name avatarUrl presence } actorLabel targetType targetId
    targetLabel summary changes { field before after } severity occurredAt cursor"""


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ("first: 2", {"limit": 2}),
        ('filter: {actions: ["user.*"]}', {"action": "user.*"}),
        (
            'filter: {actions: ["auth.login", "report.exported"]}',
            {"action": "auth.login,report.exported"},
        ),
        ("filter: {severity: WARNING}", {"severity": "warning"}),
        ('filter: {targetType: "report"}', {"target_type": "report"}),
        (
            'filter: {from: "2025-06-21T10:00:01Z", to: "2025-06-21T10:00:03Z"}',
            {"from": "2025-06-21T10:00:01Z", "to": "2025-06-21T10:00:03Z"},
        ),
        ('filter: {search: "export"}', {"search": "export"}),
    ],
)
async def test_the_trail(
    admin: Both,
    member: Both,
    ana: User,
    clock: ManualClock,
    *,
    arguments: str,
    query: dict[str, Any],
) -> None:
    clock.advance(seconds=1)
    await admin.rest("PUT", f"/users/{ana.id}", {"name": "Ana Costa"})
    clock.advance(seconds=1)
    event = {
        "action": "report.exported",
        "summary": "Exported",
        "target_type": "report",
        "severity": "WARNING",
    }
    await admin.rest("POST", "/dashboard/activity", {"events": [event]})
    text = f"""{{ activity({arguments}) {{
        newestCursor nodes {{ {ENTRY} }} pageInfo {{ hasNextPage endCursor }} }} }}"""

    for caller in (admin, member):
        asked = (await caller.graphql.data(text))["activity"]
        seen = await caller.rest("GET", "/dashboard/activity", **query)

        assert data_of(seen) == in_snake_case(asked["nodes"])
        more = asked["pageInfo"]["hasNextPage"]
        following = asked["pageInfo"]["endCursor"] if more else None
        assert pagination_of(seen)["next"] == following


async def test_a_cursor_of_one_door_opens_the_other(admin: Both) -> None:
    events = [{"action": "report.exported", "summary": str(n)} for n in range(4)]
    await admin.rest("POST", "/dashboard/activity", {"events": events})

    first = await admin.rest("GET", "/dashboard/activity", limit=2)
    text = "query ($a: String) { activity(first: 2, after: $a) { nodes { id } } }"
    after = pagination_of(first)["next"]
    asked = await admin.graphql.data(text, a=after)
    seen = data_of(await admin.rest("GET", "/dashboard/activity", limit=2, after=after))

    assert [one["id"] for one in seen] == [
        one["id"] for one in asked["activity"]["nodes"]
    ]


async def test_what_is_recorded_and_rejected(admin: Both) -> None:
    points = [
        {"name": "a.b", "value": 1},
        {"name": "A", "value": 1},
        {"name": "a.b", "value": 1e15},
        {"name": "a.b", "value": 1, "at": "2001-01-01T00:00:00Z"},
        {"name": "a.b", "value": 1, "tags": {"X": "y"}},
    ]
    events = [{"action": "a.b"}, {"action": "nope"}, {"action": "user.created"}]

    for name, kind, path, sent in (
        ("recordMetrics(points", "MetricPointInput", "metrics", {"points": points}),
        ("recordActivity(events", "ActivityInput", "activity", {"events": events}),
    ):
        text = f"mutation ($s: [{kind}!]!) {{ {name}: $s) {RESULT} }}"
        (asked,) = (
            await admin.graphql.data(text, s=next(iter(sent.values())))
        ).values()
        seen = data_of(await admin.rest("POST", f"/dashboard/{path}", sent), 201)
        assert asked["rejected"]
        assert seen == asked
