"""Figures and series over REST."""

from typing import Any

import httpx
import pytest

from domain.users import User
from resolvers.context import Services
from tests.support.clock import ManualClock
from tests.support.factories import make_admin, make_api_key, make_user, sign_in
from tests.support.rest import Rest, data_of, wrong_field

METRICS = "/dashboard/metrics"
STATS = "/dashboard/stats"
HOUR: dict[str, Any] = {"from": "2025-06-21T09:00:00Z", "to": "2025-06-21T10:00:00Z"}


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


async def test_stats_are_figures_with_their_past(member: Rest) -> None:
    data = data_of(await member("GET", STATS, range="last_7_days"))

    assert data["total_users"]["value"] == 1
    assert set(data) == {
        "total_users",
        "active_users",
        "new_users",
        "online_users",
        "requests",
        "error_rate",
        "response_time_ms",
        "version",
        "as_of",
        "cached",
    }
    assert set(data["requests"]) == {"value", "previous", "change_pct"}


async def test_the_same_figures_are_not_sent_twice(
    services: Services, member: Rest, clock: ManualClock
) -> None:
    known = {"If-None-Match": (await member("GET", STATS)).headers["etag"]}

    at_once = await member("GET", STATS, headers=known)
    clock.advance(seconds=6)
    counted_again = await member("GET", STATS, headers=known)
    await make_user(services)
    clock.advance(seconds=6)
    changed = await member("GET", STATS, headers=known)

    assert [at_once.status_code, counted_again.status_code] == [304, 304]
    assert data_of(changed)["total_users"]["value"] == 2


def point(value: float, minute: int = 30, **more: Any) -> dict[str, Any]:
    at = f"2025-06-21T09:{minute:02d}:00Z"
    return {"name": "shop.orders", "value": value, "at": at, "kind": "COUNTER", **more}


async def test_points_come_back_as_columns(machine: Rest, member: Rest) -> None:
    points = [point(2, 5), point(3, 5), point(4, 20)]
    recorded = await machine("POST", METRICS, {"points": points})
    assert data_of(recorded, 201) == {"accepted": 3, "rejected": []}

    data = data_of(
        await member("GET", METRICS, names="shop.orders", interval="PT15M", **HOUR)
    )

    assert data["from"] == "2025-06-21T09:00:00.000Z"
    assert data["interval"] == "PT15M"
    assert data["time_zone"] == "UTC"
    assert data["start"] == [
        f"2025-06-21T09:{minute}:00.000Z" for minute in ("00", "15", "30", "45")
    ]
    assert data["end"] == [*data["start"][1:], "2025-06-21T10:00:00.000Z"]
    assert data["partial"] == [False] * 4
    (series,) = data["series"]
    assert series["name"] == "shop.orders"
    assert series["kind"] == "COUNTER"
    assert series["aggregate"] == "SUM"
    assert series["values"] == [5, 4, None, None]
    assert series["counts"] == [2, 1, 0, 0]
    assert series["summary"]["sum"] == 9
    assert series["tags"] is None
    assert series["comparison"] is None


async def test_columns_are_grouped_filtered_filled_and_compared(
    machine: Rest, member: Rest
) -> None:
    points = [
        point(1, tags={"region": "eu", "kind": "new"}),
        point(2, tags={"region": "us", "kind": "new"}),
        point(9, tags={"region": "us", "kind": "old"}),
    ]
    data_of(await machine("POST", METRICS, {"points": points}), 201)

    data = data_of(
        await member(
            "GET",
            METRICS,
            names="shop.orders",
            interval="pt1h",
            group_by="region",
            filter="kind:new",
            fill="zero",
            compare="previous_period",
            **HOUR,
        )
    )

    by_region = {one["tags"]["region"]: one for one in data["series"]}
    assert {region: one["values"] for region, one in by_region.items()} == {
        "eu": [1],
        "us": [2],
    }
    compared = by_region["eu"]["comparison"]
    assert compared["from"] == "2025-06-21T08:00:00.000Z"
    assert compared["values"] == [0]


@pytest.mark.parametrize("filters", ["kind:new", "kind:new&filter=kind:old"])
async def test_a_repeated_filter_means_any_of_its_values(
    machine: Rest, member: Rest, filters: str
) -> None:
    points = [point(1, tags={"kind": kind}) for kind in ("new", "old", "odd")]
    data_of(await machine("POST", METRICS, {"points": points}), 201)

    query = "&".join(f"{name}={value}" for name, value in HOUR.items())
    path = f"{METRICS}?names=shop.orders&interval=PT1H&{query}&filter={filters}"
    data = data_of(await member("GET", path))

    assert data["series"][0]["values"] == [filters.count("kind")]


async def test_several_names_may_come_by_commas_or_repeated(
    machine: Rest, member: Rest
) -> None:
    points = [point(1), point(1, name="shop.visits")]
    data_of(await machine("POST", METRICS, {"points": points}), 201)

    for query in (
        "names=shop.orders,shop.visits",
        "names=shop.orders&names=shop.visits",
    ):
        data = data_of(await member("GET", f"{METRICS}?{query}&last=PT2H"))
        assert [one["name"] for one in data["series"]] == ["shop.orders", "shop.visits"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "names"),
        ({"names": "shop.orders", "last": "P1X"}, "last"),
        ({"names": "shop.orders", "from": "2025-06-21T09:00:00Z"}, "to"),
        ({"names": "shop.orders", "to": "2025-06-21T09:00:00Z"}, "from"),
        ({"names": "shop.orders", "from": HOUR["to"], "to": HOUR["from"]}, "to"),
        ({"names": "shop.orders", "interval": "PT2M"}, "interval"),
        ({"names": "shop.orders", "interval": "PT1M", "last": "P30D"}, "interval"),
        ({"names": "shop.orders", "tz": "Mars/Olympus"}, "tz"),
        ({"names": "shop.orders", "tz": "../../etc/passwd"}, "tz"),
        ({"names": "shop.orders", "max_points": "0"}, "max_points"),
        ({"names": "shop.orders", "aggregate": "MEDIAN"}, "aggregate"),
        ({"names": "shop.orders", "fill": "NONE"}, "fill"),
        ({"names": "shop.orders", "compare": "YESTERDAY"}, "compare"),
        ({"names": "shop.orders", "filter": "status"}, "filter"),
        ({"names": "shop.orders", "group_by": "Not A Tag"}, "group_by"),
        ({"names": "shop.orders", "top_series": "-1"}, "top_series"),
        ({"names": "NotDotted"}, "names"),
    ],
)
async def test_a_wrong_question_names_the_parameter(
    member: Rest, query: dict[str, Any], field: str
) -> None:
    assert wrong_field(await member("GET", METRICS, **query)) == field


async def test_what_is_over_may_be_cached_longer_than_what_grows(
    machine: Rest, member: Rest
) -> None:
    data_of(await machine("POST", METRICS, {"points": [point(1)]}), 201)

    over = await member("GET", METRICS, names="shop.orders", interval="PT1H", **HOUR)
    open_ = await member("GET", METRICS, names="shop.orders", last="PT90M")

    assert over.headers["cache-control"] == "private, max-age=60"
    assert open_.headers["cache-control"] in {
        f"private, max-age={seconds}" for seconds in range(6)
    }


async def test_the_same_series_is_not_sent_twice(machine: Rest, member: Rest) -> None:
    data_of(await machine("POST", METRICS, {"points": [point(1)]}), 201)
    query: dict[str, Any] = {"names": "shop.orders", "interval": "PT1H", **HOUR}

    first = await member("GET", METRICS, **query)
    known = {"If-None-Match": first.headers["etag"]}
    same = await member("GET", METRICS, **query, headers=known)
    data_of(await machine("POST", METRICS, {"points": [point(1)]}), 201)
    grown = await member("GET", METRICS, **query, headers=known)

    assert same.status_code == 304
    assert data_of(grown)["series"][0]["values"] == [2]
