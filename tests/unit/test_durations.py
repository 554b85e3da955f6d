"""ISO 8601 durations, for `range.last`."""

import pytest

from domain.durations import Duration, check_duration
from domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "days", "seconds"),
    [
        ("PT24H", 0, 86_400),
        ("P7D", 7, 0),
        ("P1W", 7, 0),
        ("P1W2DT3H4M5S", 9, 11_045),
        ("PT90M", 0, 5_400),
        ("PT60S", 0, 60),
        ("P1DT12H", 1, 43_200),
    ],
)
def test_weeks_to_seconds_are_read(text: str, days: int, seconds: int) -> None:
    assert check_duration(text, field="range.last") == Duration(days, seconds)


@pytest.mark.parametrize(
    "text",
    [
        *("", "P", "PT", "P1", "24H", "PT24", "P1Y", "P1M", "PT0S", "P0D", "-P1D"),
        *("P1DT", "pt24h", "PT1H ", "P1D1W", "PT\u0661H", "P9999999D", "PT24H\n"),
        "PT1.5H",
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_field(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_duration(text, field="range.last")

    assert refusal.value.problems[0].field == "range.last"
