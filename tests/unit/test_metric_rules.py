"""What a metric point must be before it counts."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.metric_rules import PointRefused, Sample, Window, check_point, check_value
from domain.metrics import VALUE_MAX, MetricKind, MetricPointInput

NOW_MS = 1_750_500_000_000
WINDOW = Window(NOW_MS, NOW_MS - 3_600_000, NOW_MS + 600_000)
POINT = MetricPointInput("shop.orders", 1.5)


def refusal(**changes: Any) -> PointRefused:
    with pytest.raises(PointRefused) as refused:
        check_point(replace(POINT, **changes), WINDOW)
    return refused.value


def test_a_point_needs_a_name_and_a_value_only() -> None:
    assert check_point(POINT, WINDOW) == Sample("shop.orders", 1_500_000, NOW_MS)


def test_a_whole_point_keeps_what_it_says() -> None:
    point = MetricPointInput(
        "shop.orders",
        2,
        NOW_MS - 5,
        MetricKind.COUNTER,
        "orders",
        {"shop": "Köln", "kind": "a|b,c=d"},
        "event-1",
    )

    assert check_point(point, WINDOW) == Sample(
        "shop.orders",
        2_000_000,
        NOW_MS - 5,
        MetricKind.COUNTER,
        "orders",
        (("kind", "a|b,c=d"), ("shop", "Köln")),
        "event-1",
    )


@pytest.mark.parametrize("at_ms", [NOW_MS - 3_600_000, NOW_MS + 600_000])
def test_the_window_is_open_at_its_ends(at_ms: int) -> None:
    assert check_point(replace(POINT, at_ms=at_ms), WINDOW).at_ms == at_ms


@pytest.mark.parametrize("at_ms", [NOW_MS - 3_600_001, NOW_MS + 600_001, 0, -1])
def test_a_point_outside_the_window_is_told_which_it_is(at_ms: int) -> None:
    refused = refusal(at_ms=at_ms)

    assert refused.code == "OUT_OF_WINDOW"
    assert "3600 s ago and 600 s ahead" in refused.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "orders"}, "name"),
        ({"name": "Shop.orders"}, "name"),
        ({"name": "shop." + "x" * 96}, "name"),
        ({"value": math.nan}, "value"),
        ({"value": math.inf}, "value"),
        ({"value": -math.inf}, "value"),
        ({"value": VALUE_MAX * 1.01}, "value"),
        ({"value": 10**400}, "value"),
        ({"unit": "x" * 21}, "unit"),
        ({"unit": "a\nb"}, "unit"),
        ({"tags": {f"k{n}": "v" for n in range(9)}}, "tags"),
        ({"tags": {"Key": "v"}}, "tags"),
        ({"tags": {"k" * 41: "v"}}, "tags"),
        ({"tags": {"key": ""}}, "tags.key"),
        ({"tags": {"key": "x" * 101}}, "tags.key"),
        ({"tags": {"key": "a\x00"}}, "tags.key"),
        ({"tags": {"key": "\ud800"}}, "tags.key"),
        ({"tags": {"key": 1}}, "tags.key"),
        ({"tags": {"key": "__other__"}}, "tags.key"),
        ({"event_id": ""}, "eventId"),
        ({"event_id": "x" * 101}, "eventId"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_the_name_of_its_field(
    changes: dict[str, Any], field: str
) -> None:
    refused = refusal(**changes)

    assert refused.code == "VALIDATION_ERROR"
    assert refused.message.startswith(f"{field}: ")


@given(st.integers(-VALUE_MAX, VALUE_MAX))
def test_whole_values_are_exact(value: int) -> None:
    assert check_value(value) == value * 1_000_000


@given(st.floats(-1e6, 1e6))
def test_other_values_are_right_to_a_millionth(value: float) -> None:
    assert abs(check_value(value) / 1e6 - value) <= 0.500_1e-6
