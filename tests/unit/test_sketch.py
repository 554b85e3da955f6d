"""The histogram behind percentiles: near enough on any data, and mergeable."""

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.metric_rules import MICROS
from domain.metrics import VALUE_MAX
from domain.sketch import ACCURACY, counter_of, is_counter, quantile

LARGEST = VALUE_MAX * MICROS
values = st.integers(-LARGEST, LARGEST) | st.integers(-1_000, 1_000)
shares = st.sampled_from([0.5, 0.95, 0.99]) | st.floats(0.001, 1)


def sketch_of(data: list[int]) -> Counter[str]:
    return Counter(counter_of(value) for value in data)


@settings(deadline=None)
@given(st.lists(values, min_size=1, max_size=200), shares)
def test_a_quantile_is_within_2_percent_of_a_value_that_was_recorded(
    data: list[int], share: float
) -> None:
    exact = sorted(data)[math.ceil(share * len(data)) - 1]

    near = quantile(sketch_of(data), share)

    assert abs(near - exact) <= ACCURACY * abs(exact) * (1 + 1e-9)


@pytest.mark.parametrize("share", [0.5, 0.95, 0.99])
def test_the_percentiles_of_response_times_are_within_2_percent(share: float) -> None:
    # A long tail, as such times have: from 1 ms to an hour.
    data = [round(MICROS * math.exp(15 * (i / 10_000) ** 3)) for i in range(10_000)]
    exact = sorted(data)[math.ceil(share * len(data)) - 1]

    assert quantile(sketch_of(data), share) == pytest.approx(exact, rel=ACCURACY)


@settings(deadline=None)
@given(st.lists(st.lists(values, max_size=30), min_size=3, max_size=3))
def test_merging_by_adding_counters_is_as_good_as_sketching_all_at_once(
    parts: list[list[int]],
) -> None:
    one, two, three = map(sketch_of, parts)
    whole = sketch_of([value for part in parts for value in part])

    assert (one + two) + three == one + (two + three) == whole


@settings(deadline=None)
@given(values)
def test_every_value_has_a_counter_whose_name_can_be_a_field(value: int) -> None:
    name = counter_of(value)

    assert is_counter(name)
    assert name.isalnum()
    assert len(name) <= 5


@pytest.mark.parametrize("name", ["hi", "n", "h", "g", "", "h1x", "x1", "lo"])
def test_no_other_field_passes_for_a_counter(name: str) -> None:
    assert not is_counter(name)
