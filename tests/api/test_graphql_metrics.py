"""Figures over GraphQL: recorded, read in buckets, compared, summed up."""

from typing import Any

import httpx
import pytest

from resolvers.context import Services
from tests.support.clients import GraphQLClient, signed_in
from tests.support.factories import make_admin, make_user

RECORD = """mutation ($points: [MetricPointInput!]!, $key: String) {
  recordMetrics(points: $points, idempotencyKey: $key) {
    accepted rejected { index code message }
  }
}"""
# The clock of the tests stands at 2025-06-21T10:00:00Z.
RANGE = {"from": "2025-06-21T09:30:00Z", "to": "2025-06-21T09:45:00Z"}


@pytest.fixture
async def admin(http: httpx.AsyncClient, services: Services) -> GraphQLClient:
    return await signed_in(http, services, await make_admin(services))


def point(minute: int, value: float, **more: Any) -> dict[str, Any]:
    at = f"2025-06-21T09:{minute:02d}:30Z"
    return {"name": "shop.orders", "value": value, "at": at, "kind": "COUNTER", **more}


async def record(client: GraphQLClient, *points: dict[str, Any], **more: Any) -> Any:
    return (await client.data(RECORD, points=points, **more))["recordMetrics"]


async def test_points_are_read_back_in_buckets(admin: GraphQLClient) -> None:
    await record(admin, point(30, 1), point(31, 2, unit="orders"), point(44, 4))

    data = await admin.data(
        """query ($range: RangeInput) {
          metrics(names: ["shop.orders", "no.such"], range: $range, interval: PT5M) {
            from to interval timeZone asOf warnings
            series {
              name unit kind aggregate tags comparison { from }
              points { start end value count partial }
              summary { min max avg sum last count }
            }
          }
        }""",
        range=RANGE,
    )

    result = data["metrics"]
    (series,) = result.pop("series")
    assert result == {
        "from": "2025-06-21T09:30:00.000Z",
        "to": "2025-06-21T09:45:00.000Z",
        "interval": "PT5M",
        "timeZone": "UTC",
        "asOf": "2025-06-21T10:00:00.000Z",
        "warnings": ["Nothing was ever recorded as no.such"],
    }
    assert [p["value"] for p in series.pop("points")] == [3, None, 4]
    summary = {"min": 1, "max": 4, "avg": 7 / 3, "sum": 7, "last": 4, "count": 3}
    assert series.pop("summary") == pytest.approx(summary)
    assert series == {
        "name": "shop.orders",
        "unit": series["unit"],
        "kind": "COUNTER",
        "aggregate": "SUM",
        "tags": None,
        "comparison": None,
    }


async def test_series_are_grouped_filtered_and_folded(admin: GraphQLClient) -> None:
    shops = {"north": 8, "south": 4, "east": 2, "west": 1}
    await record(
        admin,
        *(point(31, v, tags={"shop": name, "day": "x"}) for name, v in shops.items()),
    )
    query = """query ($range: RangeInput, $filter: [TagFilterInput!], $top: Int) {
      metrics(names: ["shop.orders"], range: $range, groupBy: ["shop"],
              filter: $filter, topSeries: $top) { series { tags summary { sum } } }
    }"""

    folded = await admin.data(query, range=RANGE, top=2)
    chosen = await admin.data(
        query,
        range=RANGE,
        filter=[{"key": "shop", "values": ["east", "west"]}],
    )

    def sums(data: Any) -> dict[str, float]:
        series = data["metrics"]["series"]
        return {one["tags"]["shop"]: one["summary"]["sum"] for one in series}

    assert sums(folded) == {"north": 8, "south": 4, "__other__": 3}
    assert sums(chosen) == {"east": 2, "west": 1}


async def test_a_stretch_is_set_beside_the_one_before(admin: GraphQLClient) -> None:
    await record(admin, point(20, 4), point(35, 5))

    data = await admin.data(
        """query ($range: RangeInput) {
          metrics(names: ["shop.orders"], range: $range, interval: PT15M,
                  compareTo: PREVIOUS_PERIOD) {
            series { comparison {
              from to changePct summary { sum } points { start value }
            } }
          }
        }""",
        range=RANGE,
    )

    (series,) = data["metrics"]["series"]
    assert series["comparison"] == {
        "from": "2025-06-21T09:15:00.000Z",
        "to": "2025-06-21T09:30:00.000Z",
        "changePct": 25,
        "summary": {"sum": 4},
        "points": [{"start": "2025-06-21T09:15:00.000Z", "value": 4}],
    }


async def test_each_point_is_taken_or_rejected_by_itself(admin: GraphQLClient) -> None:
    result = await record(
        admin,
        point(31, 1),
        point(31, 1, name="Not Dotted"),
        {"name": "shop.orders", "value": 1, "at": "2020-01-01T00:00:00Z"},
        point(31, 1, kind="GAUGE"),
    )

    assert result["accepted"] == 1
    assert [(one["index"], one["code"]) for one in result["rejected"]] == [
        (1, "VALIDATION_ERROR"),
        (2, "OUT_OF_WINDOW"),
        (3, "KIND_MISMATCH"),
    ]


async def test_a_point_without_a_kind_has_its_metrics(admin: GraphQLClient) -> None:
    await record(admin, point(31, 1), {"name": "shop.mood", "value": 1})
    known = point(32, 2)
    del known["kind"]

    assert (await record(admin, known))["rejected"] == []

    data = await admin.data('{ metricNames(search: "shop") { name kind tagKeys } }')
    assert data["metricNames"] == [
        {"name": "shop.mood", "kind": "GAUGE", "tagKeys": []},
        {"name": "shop.orders", "kind": "COUNTER", "tagKeys": []},
    ]


async def test_a_call_repeated_under_its_key_counts_once(admin: GraphQLClient) -> None:
    for _ in range(3):
        assert (await record(admin, point(31, 5), key="k-1"))["accepted"] == 1

    data = await admin.data(
        """query ($range: RangeInput) { metrics(names: ["shop.orders"], range: $range) {
          series { summary { sum } } } }""",
        range=RANGE,
    )
    assert data["metrics"]["series"] == [{"summary": {"sum": 5}}]


async def test_an_interval_too_fine_for_its_range_is_refused_with_one_that_fits(
    admin: GraphQLClient,
) -> None:
    await record(admin, point(31, 5))
    error = await admin.error(
        '{ metrics(names: ["shop.orders"], range: {last: "P30D"}, interval: PT1M) '
        "{ asOf } }"
    )

    details = error["extensions"]["details"]
    assert details["field"] == "interval"
    assert "PT1H" in details["reason"]


async def test_the_head_of_the_dashboard_has_its_figures(
    admin: GraphQLClient, services: Services
) -> None:
    await make_user(services)
    data = await admin.data(
        """{
          stats {
            totalUsers { ...Whole } activeUsers { ...Whole } newUsers { ...Whole }
            onlineUsers { ...Whole } requests { ...Whole } errorRate { ...Whole }
            responseTimeMs { ...Whole } version asOf cached
          }
          hour: stats(range: LAST_HOUR) { totalUsers { value } }
        }
        fragment Whole on Stat { value previous changePct }"""
    )

    assert data["stats"]["totalUsers"]["value"] == 2
    assert data["stats"]["asOf"] == "2025-06-21T10:00:00.000Z"
    assert data["hour"]["totalUsers"] == {"value": 2}
