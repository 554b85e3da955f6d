"""The same mistake is told in the same words over GraphQL and over REST."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from app.rest.names import snake_case
from resolvers.context import Services
from tests.support.both import Both, signed_in
from tests.support.factories import PASSWORD, make_admin, make_user

# What a REST caller calls an argument of GraphQL; the rest is the same in snake_case.
CALLED = {
    "orderBy": "sort",
    "filter.search": "search",
    "range.from": "from",
    "range.to": "to",
    "range.last": "last",
    "timeZone": "tz",
    "first": "limit",
    "filter.actions": "action",
    "filter.actorIds": "actor",
    "filter.targetType": "target_type",
    "filter.to": "to",
    "idempotencyKey": "Idempotency-Key",
}


@pytest.fixture(params=["admin", "member", "nobody"])
async def caller(
    request: pytest.FixtureRequest, http: httpx.AsyncClient, services: Services
) -> Both:
    boss = await make_admin(services, email="boss@example.com")
    if request.param == "nobody":
        return Both(http)
    user = boss if request.param == "admin" else await make_user(services)
    return await signed_in(http, services, user)


WRONG: list[tuple[str, dict[str, Any], tuple[str, str, Any]]] = [
    (
        "mutation ($i: CreateUserInput!) { createUser(input: $i) { id } }",
        {"i": {"email": "no", "name": " ", "password": "short", "avatarUrl": "x:y"}},
        (
            "POST",
            "/users",
            {"email": "no", "name": " ", "password": "short", "avatar_url": "x:y"},
        ),
    ),
    (
        "mutation ($i: CreateUserInput!) { createUser(input: $i) { id } }",
        {"i": {"email": "boss@example.com", "name": "B", "password": PASSWORD}},
        (
            "POST",
            "/users",
            {"email": "boss@example.com", "name": "B", "password": PASSWORD},
        ),
    ),
    (
        'mutation { updateUser(id: "u_0", input: {name: "New"}) { id } }',
        {},
        ("PUT", "/users/u_0", {"name": "New"}),
    ),
    ('mutation { deleteUser(id: "u_0") }', {}, ("DELETE", "/users/u_0", None)),
    ("{ users(first: 5) { nodes { id } } }", {}, ("GET", "/users", None)),
    (
        '{ users(filter: {search: "\\u0000"}) { nodes { id } } }',
        {},
        ("GET", "/users?search=%00", None),
    ),
    (
        '{ metrics(names: ["x.y"], range: {last: "P1"}) { interval } }',
        {},
        ("GET", "/dashboard/metrics?names=x.y&last=P1", None),
    ),
    (
        '{ metrics(names: ["x.y"], timeZone: "Mars") { interval } }',
        {},
        ("GET", "/dashboard/metrics?names=x.y&tz=Mars", None),
    ),
    (
        '{ metrics(names: ["x.y"], range: {last: "P90D"}, interval: PT1M) { to } }',
        {},
        ("GET", "/dashboard/metrics?names=x.y&interval=PT1M&last=P90D", None),
    ),
    (
        (
            '{ metrics(names: ["x.y"], range: {from: "2025-06-21T10:00:00Z", '
            'to: "2025-06-21T09:00:00Z"}) { interval } }'
        ),
        {},
        (
            "GET",
            (
                "/dashboard/metrics?names=x.y&from=2025-06-21T10:00:00Z"
                "&to=2025-06-21T09:00:00Z"
            ),
            None,
        ),
    ),
    (
        '{ metrics(names: ["x.y"], maxPoints: 0) { interval } }',
        {},
        ("GET", "/dashboard/metrics?names=x.y&max_points=0", None),
    ),
    (
        '{ activity(filter: {actions: ["X"]}) { nodes { id } } }',
        {},
        ("GET", "/dashboard/activity?action=X", None),
    ),
    (
        '{ activity(after: "x") { nodes { id } } }',
        {},
        ("GET", "/dashboard/activity?after=x", None),
    ),
    ("{ stats { version } }", {}, ("GET", "/dashboard/stats", None)),
    (
        "mutation { recordMetrics(points: []) { accepted } }",
        {},
        ("POST", "/dashboard/metrics", {"points": []}),
    ),
    (
        'mutation { login(email: "no", password: "x") { tokenType } }',
        {},
        ("POST", "/auth/login", {"email": "no", "password": "x"}),
    ),
    (
        'mutation { login(email: "a@b.example", password: "x") { tokenType } }',
        {},
        ("POST", "/auth/login", {"email": "a@b.example", "password": "x"}),
    ),
    (
        'mutation { refreshToken(refreshToken: "x") { tokenType } }',
        {},
        ("POST", "/auth/refresh", {"refresh_token": "x"}),
    ),
]


@pytest.mark.parametrize(("text", "variables", "call"), WRONG)
async def test_the_same_mistake_is_told_in_the_same_words(
    caller: Both, text: str, variables: dict[str, Any], call: tuple[str, str, Any]
) -> None:
    asked = await caller.graphql.ask(text, **variables)
    seen = await caller.rest(*call)

    if not asked.errors:
        assert seen.status_code < 300, seen.text
        return
    (error,) = asked.errors
    told = seen.json()["error"]
    assert told["code"] == error["extensions"]["code"]
    details = error["extensions"].get("details") or {}
    assert _problems(told["details"]) == _renamed(_problems(details))


def _problems(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = details.get("errors") or ([details] if "field" in details else [])
    return [(one["field"], one["reason"]) for one in found]


def _renamed(problems: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (CALLED.get(field, snake_case(field.removeprefix("input."))), reason)
        for field, reason in problems
    ]
