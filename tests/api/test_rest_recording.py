"""Applications recording points and events over REST."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.factories import make_admin, make_api_key, make_user, sign_in
from tests.support.rest import Rest, data_of, error_of, wrong_field

METRICS = "/dashboard/metrics"
ACTIVITY = "/dashboard/activity"


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def member(services: Services, http: httpx.AsyncClient) -> Rest:
    user = await make_user(services, name="Ana")
    return Rest(http, await sign_in(http, user))


@pytest.fixture
async def machine(services: Services, http: httpx.AsyncClient, boss: User) -> Rest:
    return Rest(http, await make_api_key(services, boss))


def point(value: float, minute: int = 30, **more: Any) -> dict[str, Any]:
    at = f"2025-06-21T09:{minute:02d}:00Z"
    return {"name": "shop.orders", "value": value, "at": at, "kind": "COUNTER", **more}


async def test_a_wrong_point_is_rejected_by_itself(machine: Rest) -> None:
    points = [point(1), point(1, name="Nope"), point(1, at="2020-01-01T00:00:00Z")]

    data = data_of(await machine("POST", METRICS, {"points": points}), 201)

    assert data["accepted"] == 1
    assert [one["index"] for one in data["rejected"]] == [1, 2]
    assert all(one["code"] and one["message"] for one in data["rejected"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value": "1"}, "points.1.value"),
        ({"value": True}, "points.1.value"),
        ({"value": None}, "points.1.value"),
        ({"name": 5}, "points.1.name"),
        ({"at": 1750500000}, "points.1.at"),
        ({"at": "2025-06-21"}, "points.1.at"),
        ({"kind": "counter"}, "points.1.kind"),
        ({"tags": ["a"]}, "points.1.tags"),
        ({"tags": {"region": 5}}, "points.1.tags.region"),
        ({"eventId": "x"}, "points.1.eventId"),
    ],
)
async def test_a_body_of_the_wrong_shape_is_refused_whole(
    machine: Rest, member: Rest, change: dict[str, Any], field: str
) -> None:
    points = [point(1), {**point(1), **change}]

    assert wrong_field(await machine("POST", METRICS, {"points": points})) == field
    data = data_of(await member("GET", METRICS, names="shop.orders", last="PT2H"))
    assert all(not any(one["counts"]) for one in data["series"])


async def test_more_than_a_thousand_points_are_too_many(machine: Rest) -> None:
    body = {"points": [point(1)] * 1_001}

    assert wrong_field(await machine("POST", METRICS, body)) == "points"


@pytest.mark.parametrize(
    ("path", "body", "other"),
    [
        (METRICS, {"points": [point(1)]}, {"points": [point(2)]}),
        (
            ACTIVITY,
            {"events": [{"action": "report.exported"}]},
            {"events": [{"action": "report.opened"}]},
        ),
    ],
)
async def test_a_call_with_a_key_is_taken_once(
    machine: Rest, path: str, body: Any, other: Any
) -> None:
    key = {"Idempotency-Key": "k-1"}

    first = await machine("POST", path, body, headers=key)
    again = await machine("POST", path, body, headers=key)
    changed = await machine("POST", path, other, headers=key)

    assert data_of(first, 201) == data_of(again, 201) == {"accepted": 1, "rejected": []}
    error_of(changed, 422, "IDEMPOTENCY_CONFLICT")


@pytest.mark.parametrize("path", [METRICS, ACTIVITY])
async def test_members_may_not_record(member: Rest, path: str) -> None:
    error_of(await member("POST", path, {"points": []}), 403, "FORBIDDEN")
