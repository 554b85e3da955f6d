"""A log of years ago, imported by an operator."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.metrics import (
    Compare,
    Fill,
    Interval,
    MetricKind,
    MetricPointInput,
    MetricsQuery,
    RangeInput,
    TagFilter,
)
from kit.times import DAY_MS, HOUR_MS, parse_rfc3339
from resolvers.context import Context, Services
from resolvers.metrics import import_points, record_metrics
from resolvers.series import metrics
from tests.support.factories import acting, make_admin
from tests.support.readings import one_series

COUNTER, GAUGE = MetricKind.COUNTER, MetricKind.GAUGE

MAY_17 = parse_rfc3339("2015-05-17T00:00:00Z")


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services))


def log(hours: Sequence[int]) -> list[MetricPointInput]:
    """Requests `hours` after the 17th of May 2015, every other one an error."""
    return [
        MetricPointInput(
            "http.requests",
            1,
            MAY_17 + hour * HOUR_MS + n * 1_000,
            COUNTER,
            None,
            {"status": "500" if n % 2 else "200", "method": "GET"},
        )
        for n, hour in enumerate(hours)
    ]


def may(interval: Interval, **more: Any) -> MetricsQuery:
    range_ = RangeInput(MAY_17, MAY_17 + 4 * DAY_MS)
    return MetricsQuery(("http.requests",), range_, interval, **more)


async def test_an_imported_log_is_there_by_day_hour_and_status(
    services: Services, admin: Context
) -> None:
    points = log([1, 1, 23, 25, 30, 95])

    assert await import_points(services, "log:0", points) == 6

    days = await one_series(admin, may(Interval.P1D))
    berlin = await one_series(
        admin, may(Interval.P1D, time_zone="Europe/Berlin", fill=Fill.ZERO)
    )
    statuses = await metrics(admin, may(Interval.P1D, group_by=("status",)))
    errors = await one_series(
        admin, may(Interval.P1D, filters=(TagFilter("status", ("500",)),))
    )
    assert [point.value for point in days.points] == [3, 2, None, 1]
    assert [point.value for point in berlin.points] == [2, 3, 0, 0, 1]
    assert [point.partial for point in berlin.points] == [True, *[False] * 3, True]
    assert {s.tags["status"]: s.summary.sum for s in statuses.series if s.tags} == {
        "200": 3,
        "500": 3,
    }
    assert errors.summary.sum == 3


async def test_a_second_import_changes_nothing_and_says_so(
    services: Services, admin: Context
) -> None:
    points = log(range(96))
    await import_points(services, "log:0", points)

    assert await import_points(services, "log:0", points) == 0
    assert (await one_series(admin, may(Interval.P1D))).summary.sum == 96


async def test_many_batches_of_an_import_add_up_when_they_are_folded(
    services: Services, admin: Context
) -> None:
    for n in range(20):
        await import_points(services, f"log:{n}", log([1, 2]))

    assert await import_points(services, "log:3", log([1, 2])) == 0
    assert (await one_series(admin, may(Interval.PT1H))).summary.sum == 40


async def test_an_import_of_another_kind_is_refused_as_a_whole(
    services: Services, admin: Context
) -> None:
    await record_metrics(admin, [MetricPointInput("http.requests", 1, kind=GAUGE)])
    new = MetricPointInput("http.new", 1, MAY_17, COUNTER)

    with pytest.raises(InvalidInput) as refusal:
        await import_points(services, "log:0", [new, *log([1])])

    assert refusal.value.problems[0].field == "points.1"
    empty = MetricsQuery(("http.new",), RangeInput(MAY_17, MAY_17 + DAY_MS))
    assert (await one_series(admin, empty)).summary.count == 0


async def test_an_import_folds_tag_sets_beyond_the_limit(
    services: Services, admin: Context
) -> None:
    most = services.limits.metrics_tag_sets_per_metric
    points = [
        MetricPointInput("http.hits", 1, MAY_17, COUNTER, None, {"page": str(n)})
        for n in range(most + 5)
    ]

    await import_points(services, "log:0", points)

    rest = MetricsQuery(
        ("http.hits",),
        RangeInput(MAY_17, MAY_17 + DAY_MS),
        filters=(TagFilter("page", ("__other__",)),),
    )
    assert (await one_series(admin, rest)).summary.sum == 5


# Compared with earlier.


async def test_a_day_is_set_beside_the_day_before(
    services: Services, admin: Context
) -> None:
    await import_points(services, "log:0", log([1, 2, 2, 25]))
    range_ = RangeInput(MAY_17 + DAY_MS, MAY_17 + 2 * DAY_MS)

    series = await one_series(
        admin,
        MetricsQuery(
            ("http.requests",),
            range_,
            Interval.PT1H,
            compare_to=Compare.PREVIOUS_DAY,
        ),
    )

    compared = series.comparison
    assert compared is not None
    assert (compared.from_ms, compared.to_ms) == (MAY_17, MAY_17 + DAY_MS)
    assert [point.count for point in compared.points] == [0, 1, 2, *[0] * 21]
    assert (series.summary.sum, compared.summary.sum) == (1, 3)
    assert compared.change_pct == -66.7
