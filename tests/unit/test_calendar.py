"""Buckets true to the clocks of a zone, held against a minute-by-minute count."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.calendar import WIDTHS_MS, check_zone, cut
from domain.errors import InvalidInput
from domain.metrics import Interval
from kit.times import HOUR_MS, MINUTE_MS, parse_rfc3339, rfc3339, to_datetime

HOUR_LIKE = {Interval.PT1M, Interval.PT5M, Interval.PT15M, Interval.PT1H}
# Whole, half and quarter hours off; clocks that change by one hour, two, half an
# hour, at midnight and a minute after; zones that left out or repeated a day.
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "America/St_Johns",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Asia/Tehran",
]
CHANGES = [
    "2025-03-30T01:00:00Z",
    "2025-10-26T01:00:00Z",
    "2025-03-09T07:00:00Z",
    "2025-11-02T06:00:00Z",
    "2025-04-05T15:00:00Z",
    "2025-10-04T15:30:00Z",
    "2009-11-01T02:31:00Z",
    "2009-03-08T03:31:00Z",
    "2018-02-18T02:00:00Z",
    "2018-11-04T03:00:00Z",
    "2011-12-30T10:00:00Z",
    "1993-08-21T12:00:00Z",
    "2025-02-23T02:00:00Z",
    "1991-05-02T20:30:00Z",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
minutes = st.integers(0, 60 * 365 * 24 * 60).map(lambda minute: minute * MINUTE_MS)
near_changes = st.builds(
    lambda change, shift: parse_rfc3339(change) + shift * MINUTE_MS,
    st.sampled_from(CHANGES),
    st.integers(-2_880, 2_880),
)
moments = minutes | near_changes


def naive_starts(
    zone: ZoneInfo, interval: Interval, from_ms: int, to_ms: int
) -> Iterator[int]:
    """Every minute's clock is read; a bucket starts where it shows the next one."""
    shown: object = None
    for at_ms in range(from_ms - MINUTE_MS, to_ms + 1, MINUTE_MS):
        clock = to_datetime(at_ms).astimezone(zone).replace(tzinfo=None)
        label = naive_label(interval, clock)
        if interval in HOUR_LIKE:
            starts = label != shown or naive_start(interval, clock) == clock
        else:
            starts = shown is None or label > shown  # type: ignore[operator]
        if starts:
            shown = label
            if at_ms >= from_ms:
                yield at_ms


def naive_label(interval: Interval, clock: datetime) -> tuple[int, ...]:
    if interval is Interval.P1M:
        return (clock.year, clock.month)
    if interval is Interval.P1W:
        return clock.isocalendar()[:2]
    start = naive_start(interval, clock)
    return (*start.timetuple()[:3], start.hour, start.minute)


def naive_start(interval: Interval, clock: datetime) -> datetime:
    midnight = clock.replace(hour=0, minute=0)
    width = timedelta(milliseconds=min(WIDTHS_MS[interval], 24 * HOUR_MS))
    return midnight + (clock - midnight) // width * width


@settings(deadline=None)
@given(zones, st.sampled_from(list(WIDTHS_MS)), moments, st.integers(1, 4_000))
# One minute after midnight clocks were set back into the middle of an hour before it.
@example(ZoneInfo("America/St_Johns"), Interval.PT5M, 1_257_042_600_000, 60)
@example(ZoneInfo("America/St_Johns"), Interval.PT1H, 1_257_042_600_000, 120)
@example(ZoneInfo("America/St_Johns"), Interval.PT6H, 1_257_042_600_000, 600)
def test_buckets_begin_where_the_clocks_say(
    zone: ZoneInfo, interval: Interval, from_ms: int, length: int
) -> None:
    to_ms = from_ms + length * MINUTE_MS
    # A margin, so that a label counted down by a change of clocks is known as seen.
    margin = 2 * 24 * HOUR_MS

    starts = set(naive_starts(zone, interval, from_ms - margin, to_ms))
    expected = sorted(start for start in starts if from_ms < start < to_ms)
    buckets = cut(zone, interval, from_ms, to_ms)

    assert list(buckets.edges) == [from_ms, *expected, to_ms]
    assert buckets.cut_start == (from_ms not in starts)
    assert buckets.cut_end == (to_ms not in starts)


@settings(deadline=None)
@given(
    st.sampled_from([*ZONES, "Africa/Monrovia", "Europe/Amsterdam"]).map(ZoneInfo),
    st.sampled_from(list(WIDTHS_MS)),
    moments,
    st.integers(1, 2_000_000),
)
def test_buckets_tile_the_range_without_gap_or_overlap(
    zone: ZoneInfo, interval: Interval, from_ms: int, length: int
) -> None:
    width = max(WIDTHS_MS[interval] // MINUTE_MS, 1)
    to_ms = from_ms + min(length, 500 * width) * MINUTE_MS

    edges = cut(zone, interval, from_ms, to_ms).edges

    assert (edges[0], edges[-1]) == (from_ms, to_ms)
    assert all(a < b and b % MINUTE_MS == 0 for a, b in pairwise(edges))


def shown(zone: str, interval: Interval, from_: str, to: str) -> list[str]:
    buckets = cut(check_zone(zone), interval, parse_rfc3339(from_), parse_rfc3339(to))
    return [rfc3339(edge)[:16] for edge in buckets.edges]


@pytest.mark.parametrize(
    ("day", "hours"), [("2025-03-30", 23), ("2025-10-26", 25), ("2025-06-21", 24)]
)
def test_a_day_has_as_many_hours_as_its_clocks_show(day: str, hours: int) -> None:
    zone = check_zone("Europe/Berlin")
    start = datetime.fromisoformat(day).replace(tzinfo=zone)
    end = (start + timedelta(days=1)).timestamp() * 1000

    buckets = cut(zone, Interval.PT1H, int(start.timestamp() * 1000), int(end))

    assert len(buckets) == hours
    assert not buckets.cut_start
    assert not buckets.cut_end


def test_quarters_of_a_day_begin_at_6_12_and_18_whatever_the_clocks_do() -> None:
    edges = shown(
        "Europe/Berlin",
        Interval.PT6H,
        "2025-03-29T23:00:00Z",
        "2025-03-30T22:00:00Z",
    )

    assert edges == [
        "2025-03-29T23:00",
        "2025-03-30T04:00",
        "2025-03-30T10:00",
        "2025-03-30T16:00",
        "2025-03-30T22:00",
    ]


def test_weeks_begin_on_monday_and_months_on_the_first_of_the_zone() -> None:
    weeks = shown(
        "Asia/Kolkata", Interval.P1W, "2025-05-31T18:30:00Z", "2025-06-15T18:30:00Z"
    )
    months = shown(
        "Asia/Kolkata", Interval.P1M, "2025-05-31T18:30:00Z", "2025-07-31T18:30:00Z"
    )

    assert weeks[1:] == ["2025-06-01T18:30", "2025-06-08T18:30", "2025-06-15T18:30"]
    assert months == ["2025-05-31T18:30", "2025-06-30T18:30", "2025-07-31T18:30"]


def test_a_day_that_a_zone_left_out_has_no_bucket() -> None:
    edges = shown(
        "Pacific/Apia", Interval.P1D, "2011-12-28T10:00:00Z", "2012-01-01T10:00:00Z"
    )

    assert edges == [
        "2011-12-28T10:00",
        "2011-12-29T10:00",
        "2011-12-30T10:00",
        "2011-12-31T10:00",
        "2012-01-01T10:00",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("", "Berlin", "Europe", "Europe/", "/etc/passwd", "../UTC", "UTC\x00"),
        *("America", "europe\\berlin", "x" * 5_000, "+02:00", "zone.tab", "tzdata.zi"),
    ],
)
def test_what_names_no_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_zone(name)

    assert refusal.value.problems[0].field == "timeZone"
