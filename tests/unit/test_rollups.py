"""Rollups: what is kept of points, and that it adds up in any order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.metric_rules import Sample
from domain.metrics import Aggregate, Grain, MetricKind
from domain.rollups import Rollup, merged, roll_up, tag_key, tag_pairs

MICROS_MAX = 9_000_000_000_000_000_000
samples = st.builds(
    Sample,
    name=st.sampled_from(["a.b", "a.c"]),
    micros=st.integers(-MICROS_MAX, MICROS_MAX),
    at_ms=st.integers(0, 5 * 86_400_000),
    kind=st.sampled_from(MetricKind),
    tags=st.sampled_from([(), (("k", "v"),), (("k", "w"), ("l", "v"))]),
)


def rollup_of(data: list[Sample]) -> Rollup:
    rollup = Rollup()
    for one in data:
        rollup.add(one.micros, one.at_ms, spread=True)
    return rollup


@settings(deadline=None)
@given(st.lists(samples, min_size=1, max_size=30), st.randoms())
def test_merging_is_exact_whatever_is_merged_first(
    data: list[Sample], shuffling: random.Random
) -> None:
    parts = [rollup_of([one]) for one in data]
    shuffling.shuffle(parts)
    middle = shuffling.randint(0, len(parts))

    halves = merged([merged(parts[:middle]), merged(parts[middle:])])

    assert halves == rollup_of(data)
    assert halves.total == sum(one.micros for one in data)
    assert (halves.lo, halves.hi) == (
        min(one.micros for one in data),
        max(one.micros for one in data),
    )


@settings(deadline=None)
@given(st.lists(samples, max_size=30))
def test_each_grain_and_both_forms_hold_every_point_once(data: list[Sample]) -> None:
    rollups = roll_up(data)

    for grain in Grain:
        for in_totals in (True, False):
            cells = {
                cell: rollup
                for cell, rollup in rollups.items()
                if cell.grain is grain and (cell.tags is None) == in_totals
            }
            assert sum(rollup.n for rollup in cells.values()) == len(data)
            assert sum(one.total for one in cells.values()) == sum(
                one.micros for one in data
            )
            assert all(cell.start_ms % grain.width_ms == 0 for cell in cells)


def test_the_aggregates_of_a_few_readings() -> None:
    rollup = Rollup()
    for at_ms, value in enumerate([3, 1, 2]):
        rollup.add(value * 1_000_000, at_ms, spread=True)

    figures = {one: rollup.value(one, seconds=60) for one in Aggregate}

    expected = {
        Aggregate.SUM: 6,
        Aggregate.AVG: 2,
        Aggregate.MIN: 1,
        Aggregate.MAX: 3,
        Aggregate.COUNT: 3,
        Aggregate.LAST: 2,
        Aggregate.RATE: 0.1,
        Aggregate.P50: 2,
        Aggregate.P95: 3,
        Aggregate.P99: 3,
    }
    assert figures == pytest.approx(expected, rel=0.02)


def test_nothing_recorded_has_no_figures() -> None:
    assert [Rollup().value(one, seconds=60) for one in Aggregate] == [None] * 10


def test_without_a_histogram_there_are_no_percentiles() -> None:
    rollup = Rollup()
    rollup.add(1, 0, spread=False)

    assert rollup.value(Aggregate.P95, seconds=60) is None


def test_equal_tag_sets_have_one_key_and_others_another() -> None:
    assert tag_key(tag_pairs({"a": "1", "b": "2"})) == tag_key(
        tag_pairs({"b": "2", "a": "1"})
    )
    assert tag_key(tag_pairs({"a": "1b"})) != tag_key(tag_pairs({"a1": "b"}))
    assert tag_key(()) == tag_key(None) == "-"
