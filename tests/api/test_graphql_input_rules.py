"""Input that breaks a rule is named and told why."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clients import GraphQLClient, signed_in
from tests.support.factories import make_admin


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


LONG = "x" * 5_000
NUL = "a\u0000b"
DAY = {"from": "2025-06-20T00:00:00Z", "to": "2025-06-21T00:00:00Z"}
# Of each operation: wrong values of $v, and the field that is named.
RULES: dict[str, list[tuple[Any, str]]] = {
    "query ($v: UserFilter) { users(filter: $v) { nodes { id } } }": [
        ({"search": LONG}, "filter.search"),
        ({"search": NUL}, "filter.search"),
    ],
    "query ($v: ActivityFilter) { activity(filter: $v) { nodes { id } } }": [
        ({"search": LONG}, "filter.search"),
        ({"search": NUL}, "filter.search"),
        ({"actions": ["Not Dotted"]}, "filter.actions"),
        ({"actions": ["a.b"] * 11}, "filter.actions"),
        ({"actorIds": [""]}, "filter.actorIds"),
        ({"actorIds": [NUL]}, "filter.actorIds"),
        ({"targetType": "Not A Word"}, "filter.targetType"),
        ({"targetId": LONG}, "filter.targetId"),
        ({"from": DAY["to"], "to": DAY["from"]}, "filter.to"),
    ],
    "query ($v: Int) { onlineUsers(first: $v) { id } }": [
        (-1, "first"),
        (101, "first"),
    ],
    "query ($v: String) { metricNames(search: $v) { name } }": [
        (LONG, "search"),
        (NUL, "search"),
    ],
    "query ($v: [String!]!) { metrics(names: $v) { asOf } }": [
        ([], "names"),
        (["Not Dotted"], "names"),
        ([f"a.b{number}" for number in range(21)], "names"),
    ],
    'query ($v: RangeInput) { metrics(names: ["a.b"], range: $v) { asOf } }': [
        ({}, "range"),
        ({**DAY, "last": "PT1H"}, "range"),
        ({"from": DAY["from"]}, "range.to"),
        ({"to": DAY["to"]}, "range.from"),
        ({"from": DAY["to"], "to": DAY["from"]}, "range.to"),
        ({"last": "a day"}, "range.last"),
        ({"last": "P9999Y"}, "range.last"),
    ],
    'query ($v: Int) { metrics(names: ["a.b"], maxPoints: $v) { asOf } }': [
        (0, "maxPoints"),
        (2_001, "maxPoints"),
    ],
    'query ($v: String) { metrics(names: ["a.b"], timeZone: $v) { asOf } }': [
        ("Mars/Olympus", "timeZone"),
        ("../../etc/passwd", "timeZone"),
        (NUL, "timeZone"),
    ],
    'query ($v: [String!]) { metrics(names: ["a.b"], groupBy: $v) { asOf } }': [
        (["Not A Key"], "groupBy"),
    ],
    'query ($v: [TagFilterInput!]) { metrics(names: ["a.b"], filter: $v) { asOf } }': [
        ([{"key": "Not A Key", "values": ["x"]}], "filter"),
        ([{"key": "k", "values": []}], "filter"),
    ],
    'query ($v: Int) { metrics(names: ["a.b"], topSeries: $v) { asOf } }': [
        (0, "topSeries"),
        (1_000, "topSeries"),
    ],
    "mutation ($v: CreateUserInput!) { createUser(input: $v) { id } }": [
        ({"email": "nobody"}, "email"),
        ({"email": NUL}, "email"),
        ({"name": " "}, "name"),
        ({"name": LONG}, "name"),
        ({"password": "short"}, "password"),
        ({"password": LONG}, "password"),
        ({"role": "SERVICE"}, "role"),
        ({"avatarUrl": "javascript:alert(1)"}, "avatarUrl"),
    ],
    "mutation ($v: String!) { createApiKey(name: $v) { secret } }": [
        ("", "name"),
        (LONG, "name"),
    ],
    "mutation ($v: String!) "
    '{ changePassword(currentPassword: "correct horse battery staple", '
    "newPassword: $v) }": [("short", "newPassword")],
    "mutation ($v: String!) { recordActivity(idempotencyKey: $v, "
    'events: [{action: "a.b"}]) { accepted } }': [
        ("", "idempotencyKey"),
        (LONG, "idempotencyKey"),
    ],
}


@pytest.mark.parametrize("text", RULES)
async def test_a_value_that_breaks_a_rule_is_named(
    admin: GraphQLClient, text: str
) -> None:
    right = {"email": "a@example.com", "name": "A", "password": "quite a long password"}
    for value, field in RULES[text]:
        sent = {**right, **value} if "CreateUser" in text else value
        error = await admin.error(text, v=sent)

        assert error["extensions"]["code"] == "VALIDATION_ERROR", value
        details = error["extensions"]["details"]
        assert details["field"].startswith(field), (value, details)
        assert error["message"] == f"{details['field']}: {details['reason']}"


async def test_too_many_points_or_events_are_refused(admin: GraphQLClient) -> None:
    for field, item in (
        ("recordMetrics(points: $v)", {"name": "a.b", "value": 1}),
        ("recordActivity(events: $v)", {"action": "a.b"}),
    ):
        kind = "MetricPointInput" if "points" in field else "ActivityInput"
        text = f"mutation ($v: [{kind}!]!) {{ {field} {{ accepted }} }}"

        error = await admin.error(text, v=[item] * 1_001)

        assert error["extensions"]["details"]["field"] in ("points", "events")
