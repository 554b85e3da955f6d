"""Recording metrics and asking for them, by the use cases both edges call."""

import asyncio
from bisect import bisect_right
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import WIDTHS_MS
from domain.errors import (
    IdempotencyConflict,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
)
from domain.metrics import (
    Aggregate,
    Compare,
    Fill,
    Interval,
    MetricKind,
    MetricPointInput,
    MetricSeries,
    MetricsQuery,
    RangeInput,
    TagFilter,
)
from domain.principal import Role
from kit.ids import random_id
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, parse_rfc3339
from resolvers.context import Context, Services
from resolvers.metrics import import_points, metric_names, record_metrics
from resolvers.series import metrics
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, bearing, make_admin, make_api_key, make_user

COUNTER, GAUGE, DISTRIBUTION = MetricKind
MAY_17 = parse_rfc3339("2015-05-17T00:00:00Z")


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services))


def orders(value: float = 1, **more: object) -> MetricPointInput:
    return MetricPointInput("shop.orders", value, kind=COUNTER, **more)  # type: ignore[arg-type]


async def one_series(ctx: Context, query: MetricsQuery) -> MetricSeries:
    (series,) = (await metrics(ctx, query)).series
    return series


async def total(ctx: Context, name: str = "shop.orders") -> float:
    query = MetricsQuery((name,), RangeInput(last="PT1H"))
    return (await one_series(ctx, query)).summary.sum


# Who may, and what is taken.


async def test_administrators_and_machines_record_others_do_not(
    services: Services, admin: Context
) -> None:
    user = await make_admin(services)
    machine = await bearing(services, await make_api_key(services, user))
    member = acting(services, await make_user(services, role=Role.MEMBER))

    for may in (admin, machine):
        assert (await record_metrics(may, [orders()])).accepted == 1
    with pytest.raises(NotAllowed):
        await record_metrics(member, [orders()])
    with pytest.raises(NotAuthenticated):
        await record_metrics(acting(services), [orders()])
    assert await total(member) == 2


async def test_machines_do_not_read(services: Services) -> None:
    user = await make_admin(services)
    machine = await bearing(services, await make_api_key(services, user))

    with pytest.raises(NotAllowed):
        await metrics(machine, MetricsQuery(("shop.orders",)))
    with pytest.raises(NotAllowed):
        await metric_names(machine, None)


@pytest.mark.parametrize("count", [0, 1_001])
async def test_a_call_has_1_to_1000_points(admin: Context, count: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await record_metrics(admin, [orders()] * count)

    assert refusal.value.problems[0].field == "points"


async def test_good_points_count_and_bad_ones_are_told_apart(admin: Context) -> None:
    await record_metrics(admin, [orders(5)])

    result = await record_metrics(
        admin,
        [
            orders(1),
            MetricPointInput("no_dots", 1),
            orders(1, at_ms=0),
            MetricPointInput("shop.orders", 1, kind=GAUGE),
            MetricPointInput("shop.orders", 2),
            orders(float("nan")),
        ],
    )

    assert result.accepted == 2
    assert [(one.index, one.code) for one in result.rejected] == [
        (1, "VALIDATION_ERROR"),
        (2, "OUT_OF_WINDOW"),
        (3, "KIND_MISMATCH"),
        (5, "VALIDATION_ERROR"),
    ]
    assert result.rejected[2].message == "kind: shop.orders is a COUNTER, not a GAUGE"
    assert await total(admin) == 8


async def test_tag_sets_beyond_the_limit_are_rejected(admin: Context) -> None:
    most = admin.limits.metrics_tag_sets_per_metric
    points = [orders(1, tags={"shop": str(n)}) for n in range(most + 2)]

    result = await record_metrics(admin, [*points, orders(1)])
    again = await record_metrics(admin, [points[0], points[-1]])

    assert result.accepted == most + 1
    assert [one.index for one in result.rejected] == [most, most + 1]
    assert {one.code for one in result.rejected} == {"CARDINALITY_LIMIT"}
    assert (again.accepted, [one.index for one in again.rejected]) == (1, [1])


@pytest.mark.parametrize(
    "value",
    [
        *("2025-01-01", "a|b,c=d", "$where", "507f1f77bcf86cd799439011", "true", "12"),
        *('O\'Brien "x" \\', "naïve ☃ \U0001f600", "x" * 100, "{}", "%s", "a.b"),
    ],
)
async def test_any_text_is_a_tag_value(admin: Context, value: str) -> None:
    await record_metrics(admin, [orders(1, tags={"id": value})])
    await record_metrics(admin, [orders(2, tags={"id": value})], "key")

    result = await metrics(
        admin,
        MetricsQuery(("shop.orders",), RangeInput(last="PT1H"), group_by=("id",)),
    )

    assert [(one.tags, one.summary.sum) for one in result.series] == [
        ({"id": value}, 3)
    ]


# How often it counts.


async def test_without_a_key_each_call_counts(admin: Context) -> None:
    for _ in range(3):
        await record_metrics(admin, [orders(2)])

    assert await total(admin) == 6


async def test_with_a_key_a_call_counts_once(admin: Context) -> None:
    points = [orders(2), MetricPointInput("no_dots", 1)]

    results = await asyncio.gather(
        *(record_metrics(admin, points, "key") for _ in range(5))
    )

    assert all(one == results[0] for one in results)
    assert (results[0].accepted, results[0].rejected[0].index) == (1, 1)
    assert await total(admin) == 2


async def test_a_key_used_with_other_points_is_a_conflict(admin: Context) -> None:
    await record_metrics(admin, [orders(2)], "key")

    with pytest.raises(IdempotencyConflict):
        await record_metrics(admin, [orders(3)], "key")


async def test_an_event_counts_once_in_and_across_calls(admin: Context) -> None:
    event = orders(2, event_id="order-1")

    first = await record_metrics(admin, [event, event, orders(1, event_id="order-2")])
    again = await record_metrics(admin, [event, orders(4)], "key")

    assert (first.accepted, again.accepted) == (3, 2)
    assert await total(admin) == 7


# What is asked.


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


# What it costs.


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


# A log of years ago, imported by an operator.


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


def may(interval: Interval, **more: object) -> MetricsQuery:
    range_ = RangeInput(MAY_17, MAY_17 + 4 * DAY_MS)
    return MetricsQuery(("http.requests",), range_, interval, **more)  # type: ignore[arg-type]


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


# What is no longer kept.


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
