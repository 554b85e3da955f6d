"""Which stretch of time is meant, how finely it is cut, what it is compared with."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WIDTHS_MS, check_zone, cut
from domain.errors import InvalidInput
from domain.metrics import Compare, Interval, RangeInput
from domain.ranges import check_range, choose_buckets, earlier
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, parse_rfc3339, rfc3339

NOW_MS = parse_rfc3339("2025-06-21T10:17:23Z")
BERLIN = check_zone("Europe/Berlin")
UTC = check_zone("UTC")


def ms(text: str) -> int:
    return parse_rfc3339(text + ":00Z")


def shown(edges: Sequence[int]) -> list[str]:
    return [rfc3339(edge)[:16] for edge in edges]


def test_the_last_hours_end_with_the_running_minute() -> None:
    within = check_range(RangeInput(last="PT24H"), UTC, NOW_MS)

    assert shown(within) == ["2025-06-20T10:18", "2025-06-21T10:18"]


def test_a_day_back_is_a_day_of_the_zone() -> None:
    after_the_change = parse_rfc3339("2025-03-30T12:00:30Z")

    day = check_range(RangeInput(last="P1D"), BERLIN, after_the_change)
    hours = check_range(RangeInput(last="PT24H"), BERLIN, after_the_change)

    assert shown(day)[0] == "2025-03-29T13:01"
    assert shown(hours)[0] == "2025-03-29T12:01"


def test_a_given_range_is_widened_to_whole_minutes() -> None:
    asked = RangeInput(ms("2025-06-21T10:00") + 30_000, ms("2025-06-21T11:00") + 1)

    assert shown(check_range(asked, UTC, NOW_MS)) == [
        "2025-06-21T10:00",
        "2025-06-21T11:01",
    ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (RangeInput(), "range.from"),
        (RangeInput(from_ms=1), "range.to"),
        (RangeInput(to_ms=1), "range.from"),
        (RangeInput(1, 2, "PT1H"), "range"),
        (RangeInput(from_ms=1, last="PT1H"), "range"),
        (RangeInput(60_000, 60_000), "range.to"),
        (RangeInput(60_000, 0), "range.to"),
        (RangeInput(-1, 60_000), "range.from"),
        (RangeInput(0, 1_831 * DAY_MS), "range"),
        (RangeInput(10**13 - DAY_MS, 10**13 + DAY_MS), "range.to"),
        (RangeInput(253_402_300_000_000, 253_402_300_799_999), "range.to"),
        (RangeInput(last="P1831D"), "range.last"),
        (RangeInput(last="P999999W"), "range.last"),
        (RangeInput(last="PT999999999H"), "range.last"),
        (RangeInput(last="P1M"), "range.last"),
    ],
)
def test_a_range_that_is_none_is_refused_by_the_name_of_what_is_wrong(
    asked: RangeInput, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_range(asked, UTC, NOW_MS)

    assert refusal.value.problems[0].field == field


@pytest.mark.parametrize(
    ("last", "points", "interval"),
    [
        ("PT1H", 300, Interval.PT1M),
        ("PT24H", 300, Interval.PT5M),
        ("P7D", 300, Interval.PT1H),
        ("P30D", 300, Interval.PT6H),
        ("P365D", 300, Interval.P1W),
        ("P1000D", 60, Interval.P1M),
        ("P1830D", 1, Interval.P1M),
        ("PT1M", 1, Interval.PT1M),
    ],
)
def test_auto_is_the_finest_that_makes_few_enough_points(
    last: str, points: int, interval: Interval
) -> None:
    within = check_range(RangeInput(last=last), BERLIN, NOW_MS)

    assert choose_buckets(BERLIN, within, Interval.AUTO, points)[0] is interval


@settings(deadline=None)
@given(st.integers(1, 1_800 * 1_440), st.integers(1, 2_000))
def test_auto_keeps_its_word_and_no_finer_interval_would(
    length: int, points: int
) -> None:
    within = (NOW_MS // MINUTE_MS * MINUTE_MS - length * MINUTE_MS, NOW_MS)

    interval, buckets = choose_buckets(BERLIN, within, Interval.AUTO, points)

    assert len(buckets) <= points or interval is Interval.P1M
    order = list(WIDTHS_MS)
    if interval is not order[0] and length < 30 * 1_440:
        finer = order[order.index(interval) - 1]
        assert len(cut(BERLIN, finer, *within)) > points


def test_too_fine_an_interval_is_refused_with_one_that_fits() -> None:
    within = check_range(RangeInput(last="P30D"), UTC, NOW_MS)

    with pytest.raises(InvalidInput) as refusal:
        choose_buckets(UTC, within, Interval.PT5M, 300)

    (problem,) = refusal.value.problems
    assert problem.field == "interval"
    assert problem.reason == "makes more than 2000 points of this range: PT1H fits"


def test_exactly_2000_points_are_answered() -> None:
    to_ms = ms("2025-06-21T00:00")

    _, buckets = choose_buckets(
        UTC, (to_ms - 2_000 * MINUTE_MS, to_ms), Interval.PT1M, 300
    )

    assert len(buckets) == 2_000


@pytest.mark.parametrize("points", [0, -1, 2_001])
def test_max_points_is_1_to_2000(points: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        choose_buckets(UTC, (0, DAY_MS), Interval.AUTO, points)

    assert refusal.value.problems[0].field == "maxPoints"


@pytest.mark.parametrize(
    ("compare", "range_", "before"),
    [
        (
            Compare.PREVIOUS_DAY,
            ("2025-03-30T22:00", "2025-03-31T22:00"),
            ("2025-03-29T23:00", "2025-03-30T22:00"),
        ),
        (
            Compare.PREVIOUS_WEEK,
            ("2025-03-30T22:00", "2025-04-06T22:00"),
            ("2025-03-23T23:00", "2025-03-30T22:00"),
        ),
        (
            Compare.PREVIOUS_MONTH,
            ("2025-03-31T22:00", "2025-04-30T22:00"),
            ("2025-02-28T23:00", "2025-03-31T22:00"),
        ),
        (
            Compare.PREVIOUS_YEAR,
            ("2025-05-31T22:00", "2025-06-30T22:00"),
            ("2024-05-31T22:00", "2024-06-30T22:00"),
        ),
        (
            Compare.PREVIOUS_PERIOD,
            ("2025-02-28T23:00", "2025-03-31T22:00"),
            ("2025-01-31T23:00", "2025-02-28T23:00"),
        ),
        (
            Compare.PREVIOUS_PERIOD,
            ("2025-03-29T23:00", "2025-03-30T22:00"),
            ("2025-03-28T23:00", "2025-03-29T23:00"),
        ),
        (
            Compare.PREVIOUS_PERIOD,
            ("2025-06-21T10:00", "2025-06-21T11:30"),
            ("2025-06-21T08:30", "2025-06-21T10:00"),
        ),
    ],
)
def test_a_range_is_compared_with_the_one_before_on_the_zones_calendar(
    compare: Compare, range_: tuple[str, str], before: tuple[str, str]
) -> None:
    edges = [ms(one) for one in range_]

    assert shown(earlier(BERLIN, edges, compare)) == list(before)


def test_hours_stand_beside_the_same_hours_although_clocks_changed() -> None:
    start = ms("2025-03-29T23:00")
    day = cut(BERLIN, Interval.PT1H, start, start + 23 * HOUR_MS)

    before = earlier(BERLIN, day.edges, Compare.PREVIOUS_DAY)

    # The hour that the clocks skip today is beside none: it joins the one before.
    widths = [(end - start) // HOUR_MS for start, end in pairwise(before)]
    assert widths == [1, 2, *[1] * 21]


def test_the_29th_of_march_is_beside_the_end_of_february() -> None:
    start = ms("2025-03-27T00:00")
    days = cut(UTC, Interval.P1D, start, start + 5 * DAY_MS)

    before = earlier(UTC, days.edges, Compare.PREVIOUS_MONTH)

    assert [edge[5:10] for edge in shown(before)] == [
        "02-27",
        "02-28",
        "03-01",
        "03-01",
        "03-01",
        "03-01",
    ]


def test_what_lies_before_1970_cannot_be_compared_with() -> None:
    with pytest.raises(InvalidInput) as refusal:
        earlier(UTC, [0, DAY_MS], Compare.PREVIOUS_DAY)

    assert refusal.value.problems[0].field == "compareTo"


@settings(deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.sampled_from(Compare),
    st.integers(10 * 366, 50 * 365).map(lambda day: day * DAY_MS),
    st.integers(1, 40_000),
)
def test_the_earlier_edges_are_as_many_and_in_order(
    name: str, compare: Compare, from_ms: int, length: int
) -> None:
    zone = check_zone(name)
    buckets = cut(zone, Interval.PT6H, from_ms, from_ms + length * MINUTE_MS)

    before = earlier(zone, buckets.edges, compare)

    assert len(before) == len(buckets.edges)
    assert before == sorted(before)
    assert all(edge % MINUTE_MS == 0 for edge in before)
    if compare is Compare.PREVIOUS_PERIOD:
        assert before[-1] == buckets.edges[0]
