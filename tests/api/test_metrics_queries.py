"""Asking for metrics: what is answered, and what it costs."""

from bisect import bisect_right

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import WIDTHS_MS
from domain.errors import InvalidInput
from domain.metrics import (
    Aggregate,
    Interval,
    MetricKind,
    MetricPointInput,
    MetricsQuery,
    RangeInput,
)
from kit.ids import random_id
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, parse_rfc3339
from resolvers.context import Context, Services
from resolvers.metrics import import_points, metric_names, record_metrics
from resolvers.series import metrics
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_admin
from tests.support.readings import one_series, orders

COUNTER, GAUGE, DISTRIBUTION = MetricKind


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services))


async def test_names_never_recorded_are_left_out_with_a_warning(
    admin: Context,
) -> None:
    await record_metrics(admin, [orders()])

    result = await metrics(admin, MetricsQuery(("shop.nothing", "shop.orders")))

    assert [one.name for one in result.series] == ["shop.orders"]
    assert result.warnings == ["Nothing was ever recorded as shop.nothing"]


async def test_each_metric_of_a_query_has_the_aggregate_of_its_kind(
    admin: Context, clock: ManualClock
) -> None:
    names = ("shop.orders", "shop.queue", "shop.wait_ms")
    for value in (1, 3):
        points = [
            MetricPointInput(name, value, kind=kind)
            for name, kind in zip(names, (COUNTER, GAUGE, DISTRIBUTION), strict=True)
        ]
        await record_metrics(admin, points)
        clock.advance(1)

    result = await metrics(admin, MetricsQuery(names, RangeInput(last="PT1M")))

    assert [(s.aggregate, s.points[0].value) for s in result.series] == [
        (Aggregate.SUM, 4),
        (Aggregate.AVG, 2),
        (Aggregate.AVG, 2),
    ]
    assert result.series[0].summary.last == 3


@pytest.mark.parametrize(
    ("aggregate", "exact"),
    [(Aggregate.P50, 500), (Aggregate.P95, 950), (Aggregate.P99, 990)],
)
async def test_percentiles_are_within_5_percent(
    admin: Context, aggregate: Aggregate, exact: float
) -> None:
    points = [
        MetricPointInput("shop.wait_ms", n, kind=DISTRIBUTION, tags={"n": str(n % 7)})
        for n in range(1, 1_001)
    ]
    await record_metrics(admin, points[::2])
    await record_metrics(admin, points[1::2], "key")
    query = MetricsQuery(
        ("shop.wait_ms",), RangeInput(last="PT1H"), aggregate=aggregate
    )

    value = (await one_series(admin, query)).points[-1].value

    assert value == pytest.approx(exact, rel=0.05)


async def test_percentiles_of_a_counter_are_refused(admin: Context) -> None:
    await record_metrics(admin, [orders()])

    with pytest.raises(InvalidInput) as refusal:
        await metrics(admin, MetricsQuery(("shop.orders",), aggregate=Aggregate.P95))

    assert refusal.value.problems[0].field == "aggregate"


async def test_names_are_found_by_any_part_of_them(admin: Context) -> None:
    await record_metrics(admin, [orders(tags={"shop": "a"}), orders(unit="orders")])
    await record_metrics(admin, [MetricPointInput("api.wait_ms", 1)])

    (found,) = await metric_names(admin, "ORDER")

    assert (found.name, found.kind, found.tag_keys) == (
        "shop.orders",
        COUNTER,
        ("shop",),
    )
    assert len(await metric_names(admin, "  ")) == 2


@pytest.mark.parametrize("group_by", [(), ("status",)])
async def test_24_hours_by_the_hour_cost_three_reads(
    admin: Context,
    clock: ManualClock,
    database_ops: DatabaseOps,
    group_by: tuple[str, ...],
) -> None:
    """One of hours, and one of minutes at either end of the range."""
    await record_metrics(admin, [orders(tags={"status": "ok"})])
    clock.advance(1_020)
    database_ops.clear()

    result = await metrics(
        admin,
        MetricsQuery(("shop.orders",), interval=Interval.PT1H, group_by=group_by),
    )

    assert len(result.series[0].points) == 25
    assert [op.name for op in database_ops] == ["find"] * 3


async def test_whole_days_cost_one_read(
    admin: Context, database_ops: DatabaseOps
) -> None:
    await record_metrics(admin, [orders()])
    to_ms = admin.now_ms() // DAY_MS * DAY_MS + DAY_MS
    database_ops.clear()

    query = MetricsQuery(
        ("shop.orders",), RangeInput(to_ms - 7 * DAY_MS, to_ms), Interval.P1D
    )
    series = await one_series(admin, query)

    assert [point.value for point in series.points] == [*[None] * 6, 1]
    assert len(database_ops) == 1


async def test_auto_is_no_finer_than_what_is_still_kept(
    admin: Context, clock: ManualClock
) -> None:
    for _ in range(4):
        await record_metrics(admin, [orders()])
        clock.advance(1_800)
    from_ms = admin.now_ms() - 4 * HOUR_MS
    clock.advance(20 * 86_400)
    await admin.repos.idempotency.sweep(admin.now_ms())
    range_ = RangeInput(from_ms, from_ms + 5 * HOUR_MS)

    result = await metrics(admin, MetricsQuery(("shop.orders",), range_))
    minutes = await metrics(
        admin, MetricsQuery(("shop.orders",), range_, Interval.PT15M)
    )

    assert result.interval is Interval.PT1H
    assert result.series[0].summary.sum == minutes.series[0].summary.sum == 4
    assert result.warnings == []
    assert minutes.warnings == ["A part of this range is exact to the hour only"]


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.integers(0, 12 * 1_440), min_size=1, max_size=40),
    st.sampled_from(
        ["UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
    ),
    st.sampled_from([one for one in WIDTHS_MS if one is not Interval.PT1M]),
    st.tuples(st.integers(0, 12 * 1_440), st.integers(1, 6 * 1_440)),
)
async def test_every_bucket_has_the_sum_of_its_points_in_any_zone(
    admin: Context,
    moments: list[int],
    zone: str,
    interval: Interval,
    stretch: tuple[int, int],
) -> None:
    start = parse_rfc3339("2025-04-01T00:00:00Z")
    name = f"zone.{random_id('m')}"
    times = [start + at * MINUTE_MS + at % 60_000 for at in moments]
    inputs = [MetricPointInput(name, n, at_ms) for n, at_ms in enumerate(times)]
    await import_points(admin.services, name, inputs)
    from_ms = start + stretch[0] * MINUTE_MS
    range_ = RangeInput(from_ms, from_ms + stretch[1] * MINUTE_MS)
    query = MetricsQuery(
        (name,), range_, interval, time_zone=zone, aggregate=Aggregate.SUM
    )

    points = (await one_series(admin, query)).points

    edges = [*(point.start_ms for point in points), points[-1].end_ms]
    assert (edges[0], edges[-1]) == (range_.from_ms, range_.to_ms)
    assert [point.end_ms for point in points] == edges[1:]
    expected = [0] * len(points)
    for n, at_ms in enumerate(times):
        if edges[0] <= at_ms < edges[-1]:
            expected[bisect_right(edges, at_ms) - 1] += n
    assert [point.value or 0 for point in points] == expected
