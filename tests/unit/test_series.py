"""From rollups to series: filling, partial buckets, groups and comparisons."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import Buckets
from domain.errors import InvalidInput
from domain.metric_queries import check_query
from domain.metrics import (
    Aggregate,
    Fill,
    MetricInfo,
    MetricKind,
    MetricSeries,
    MetricsQuery,
    TagFilter,
)
from domain.points import check_aggregate, points
from domain.rollups import Rollup, TagPairs, tag_pairs
from domain.series import Stretch, build_series
from kit.times import MINUTE_MS

COUNTER = MetricInfo("shop.orders", MetricKind.COUNTER, "orders", ("status",), 0)
FIVE = Buckets([at * MINUTE_MS for at in range(6)], cut_start=False, cut_end=False)
LATER = 10 * MINUTE_MS


def rollups(*counts: int) -> list[Rollup]:
    """A bucket for each count of points, of one unit each."""
    buckets = [Rollup() for _ in counts]
    for bucket, count in zip(buckets, counts, strict=True):
        for at_ms in range(count):
            bucket.add(1_000_000, at_ms, spread=False)
    return buckets


@pytest.mark.parametrize(
    ("fill", "values"),
    [
        (Fill.NULL, [None, 2, None, 1, None]),
        (Fill.ZERO, [0, 2, 0, 1, 0]),
        (Fill.PREVIOUS, [None, 2, 2, 1, 1]),
        (Fill.NONE, [2, 1]),
    ],
)
def test_buckets_without_points_are_filled_as_asked(
    fill: Fill, values: list[float | None]
) -> None:
    made = points(FIVE, rollups(0, 2, 0, 1, 0), Aggregate.SUM, fill, LATER)

    assert [point.value for point in made] == values
    if fill is not Fill.NONE:
        assert [point.count for point in made] == [0, 2, 0, 1, 0]


def test_nothing_is_filled_into_what_has_not_begun() -> None:
    made = points(FIVE, rollups(1, 0, 0, 0, 0), Aggregate.SUM, Fill.ZERO, 2 * MINUTE_MS)

    assert [point.value for point in made] == [1, 0, 0, None, None]


def test_the_open_bucket_and_the_pieces_at_the_ends_are_partial() -> None:
    cut = Buckets(FIVE.edges, cut_start=True, cut_end=True)
    now_ms = 3 * MINUTE_MS + 1

    over = points(cut, rollups(1, 1, 1, 1, 1), Aggregate.SUM, Fill.NULL, LATER)
    running = points(FIVE, rollups(1, 1, 1, 1, 1), Aggregate.SUM, Fill.NULL, now_ms)

    assert [point.partial for point in over] == [True, False, False, False, True]
    assert [point.partial for point in running] == [False, False, False, True, True]


def test_a_rate_is_per_second_of_its_own_bucket() -> None:
    uneven = Buckets([0, MINUTE_MS, 3 * MINUTE_MS], cut_start=False, cut_end=False)

    made = points(uneven, rollups(30, 30), Aggregate.RATE, Fill.NULL, LATER)

    assert [point.value for point in made] == [0.5, 0.25]


@pytest.mark.parametrize(
    ("kind", "aggregate"),
    [
        (MetricKind.COUNTER, Aggregate.SUM),
        (MetricKind.GAUGE, Aggregate.AVG),
        (MetricKind.DISTRIBUTION, Aggregate.AVG),
    ],
)
def test_each_kind_has_a_default_aggregate(
    kind: MetricKind, aggregate: Aggregate
) -> None:
    metric = MetricInfo("a.b", kind, None, (), 0)

    assert check_aggregate(None, metric) is aggregate
    assert check_aggregate(Aggregate.MAX, metric) is Aggregate.MAX


@pytest.mark.parametrize("aggregate", [Aggregate.P50, Aggregate.P95, Aggregate.P99])
def test_percentiles_need_a_distribution(aggregate: Aggregate) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_aggregate(aggregate, COUNTER)

    assert refusal.value.problems[0].field == "aggregate"


def answered(
    query: MetricsQuery,
    asked: Mapping[TagPairs | None, Sequence[Rollup]],
    before: Mapping[TagPairs | None, Sequence[Rollup]] | None = None,
) -> list[MetricSeries]:
    earlier = None if before is None else Stretch(FIVE, before)
    return build_series(COUNTER, query, Stretch(FIVE, asked), earlier, LATER)


def by_status(**counts: int) -> dict[TagPairs | None, Sequence[Rollup]]:
    return {
        tag_pairs({"status": status[1:]}): rollups(count, 0, 0, 0, 0)
        for status, count in counts.items()
    }


def shown(series: Sequence[MetricSeries]) -> dict[str, float]:
    return {(one.tags or {})["status"]: one.summary.sum for one in series}


def test_the_largest_groups_are_shown_and_the_rest_is_folded_into_the_last() -> None:
    query = MetricsQuery(("shop.orders",), group_by=("status",), top_series=2)

    series = answered(query, by_status(_a=1, _b=5, _c=3, _d=2))

    assert list(shown(series).items()) == [("b", 5), ("c", 3), ("__other__", 3)]
    assert [point.value for point in series[2].points] == [3, None, None, None, None]


def test_points_without_the_tag_are_a_group_of_their_own() -> None:
    query = MetricsQuery(("shop.orders",), group_by=("status",))

    series = answered(query, {**by_status(_a=1), (): rollups(2, 0, 0, 0, 0)})

    assert shown(series) == {"": 2, "a": 1}


def test_filters_keep_what_has_one_of_the_values_of_each_key() -> None:
    filters = (TagFilter("status", ("a", "c")),)

    series = answered(
        MetricsQuery(("shop.orders",), filters=filters), by_status(_a=1, _b=5, _c=3)
    )

    assert [(one.tags, one.summary.sum) for one in series] == [(None, 4)]


def test_a_filter_that_nothing_passes_leaves_an_empty_series() -> None:
    query = MetricsQuery(("shop.orders",), filters=(TagFilter("status", ("x",)),))

    (series,) = answered(query, by_status(_a=1))

    assert series.summary.count == 0
    assert [point.count for point in series.points] == [0] * 5


def test_groups_stand_beside_themselves_also_those_that_are_gone_now() -> None:
    query = MetricsQuery(("shop.orders",), group_by=("status",))

    series = answered(query, by_status(_a=3, _b=1), by_status(_a=2, _c=4))

    compared = [
        (one.tags, one.summary.sum, one.comparison and one.comparison.summary.sum)
        for one in series
    ]
    assert compared == [
        ({"status": "a"}, 3, 2),
        ({"status": "b"}, 1, 0),
        ({"status": "c"}, 0, 4),
    ]
    assert series[0].comparison
    assert series[0].comparison.change_pct == 50.0


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=2),
        st.lists(st.integers(0, 5), min_size=5, max_size=5),
    ),
    st.integers(1, 50),
)
def test_folding_loses_no_point(groups: dict[str, list[int]], top: int) -> None:
    query = MetricsQuery(("shop.orders",), group_by=("status",), top_series=top)
    asked: dict[TagPairs | None, Sequence[Rollup]] = {
        tag_pairs({"status": name}): rollups(*counts) for name, counts in groups.items()
    }

    series = answered(query, asked)

    assert len(series) <= top + 1
    assert sum(one.summary.count for one in series) == sum(map(sum, groups.values()))
    for index in range(5):
        in_points = sum(one.points[index].count for one in series)
        assert in_points == sum(counts[index] for counts in groups.values())


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (MetricsQuery(()), "names"),
        (MetricsQuery(("a.b",) * 21), "names"),
        (MetricsQuery(("Bad name",)), "names"),
        (MetricsQuery(("a.b",), group_by=("Bad",)), "groupBy"),
        (MetricsQuery(("a.b",), group_by=("k", "k")), "groupBy"),
        (MetricsQuery(("a.b",), group_by=tuple("abcdefghi")), "groupBy"),
        (MetricsQuery(("a.b",), filters=(TagFilter("", ("v",)),)), "filter.0.key"),
        (MetricsQuery(("a.b",), filters=(TagFilter("k", ()),)), "filter.0.values"),
        (MetricsQuery(("a.b",), filters=(TagFilter("k", ("v",)),) * 9), "filter"),
        (MetricsQuery(("a.b",), top_series=0), "topSeries"),
        (MetricsQuery(("a.b",), top_series=51), "topSeries"),
    ],
)
def test_what_a_query_may_not_ask_is_refused_by_name(
    query: MetricsQuery, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_query(query)

    assert refusal.value.problems[0].field == field
