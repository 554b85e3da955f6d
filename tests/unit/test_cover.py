"""Few rollups cover any buckets: held against adding up every point."""

from bisect import bisect_right
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import WIDTHS_MS, check_zone, cut
from domain.cover import READS_MAX, Plan, Span, place, plan
from domain.metric_rules import Sample
from domain.metrics import Grain, Interval, MetricKind
from domain.rollups import Rollup, roll_up
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, parse_rfc3339

START = parse_rfc3339("2025-03-20T00:00:00Z")
ALL_KEPT = dict.fromkeys(Grain, 0)
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe"]
).map(check_zone)
offsets = st.integers(0, 20 * 1_440)
Stored = Mapping[Grain, Mapping[int, Rollup]]


def stored(moments: list[int]) -> dict[Grain, dict[int, Rollup]]:
    """The totals of a counter that went up by one at each of the moments."""
    samples = [
        Sample("a.b", 1_000_000, START + at * MINUTE_MS, MetricKind.COUNTER)
        for at in moments
    ]
    cells: dict[Grain, dict[int, Rollup]] = {grain: {} for grain in Grain}
    for cell, rollup in roll_up(samples).items():
        if cell.tags is None:
            cells[cell.grain][cell.start_ms] = rollup
    return cells


def read(how: Plan, cells: Stored) -> Stored:
    """What the reads of a plan find."""
    return {
        grain: {
            start: rollup
            for start, rollup in rollups.items()
            if any(low <= start < high for low, high in how.reads[grain])
        }
        for grain, rollups in cells.items()
    }


def counts(how: Plan, cells: Stored) -> list[int]:
    return [bucket.n for bucket in place(how, read(how, cells)).buckets]


def naive(edges: tuple[int, ...] | list[int], moments: list[int]) -> list[int]:
    found = [0] * (len(edges) - 1)
    for moment in moments:
        at_ms = START + moment * MINUTE_MS
        if edges[0] <= at_ms < edges[-1]:
            found[bisect_right(edges, at_ms) - 1] += 1
    return found


@settings(deadline=None)
@given(
    zones,
    st.sampled_from(list(WIDTHS_MS)),
    st.lists(offsets, max_size=60),
    offsets,
    st.integers(1, 20 * 1_440),
)
def test_each_bucket_holds_the_points_recorded_in_it(
    zone: ZoneInfo,
    interval: Interval,
    moments: list[int],
    from_: int,
    length: int,
) -> None:
    from_ms = START + from_ * MINUTE_MS
    buckets = cut(zone, interval, from_ms, from_ms + length * MINUTE_MS)
    edges = list(buckets.edges)

    how = plan(buckets, ALL_KEPT)

    if all(len(spans) < READS_MAX for spans in how.reads.values()):
        assert counts(how, stored(moments)) == naive(edges, moments)


@settings(deadline=None)
@given(
    zones,
    st.sampled_from(list(WIDTHS_MS)),
    st.lists(offsets, max_size=60),
    st.tuples(st.integers(0, 19), st.integers(1, 10)),
    st.tuples(offsets, offsets),
)
def test_nothing_is_lost_or_doubled_where_finer_rollups_are_gone(
    zone: ZoneInfo,
    interval: Interval,
    moments: list[int],
    days: tuple[int, int],
    swept: tuple[int, int],
) -> None:
    from_ms = START + days[0] * DAY_MS
    buckets = cut(zone, interval, from_ms, from_ms + days[1] * DAY_MS)
    edges = list(buckets.edges)
    gone = {
        Grain.MINUTE: START + max(swept) * MINUTE_MS,
        Grain.HOUR: START + min(swept) * MINUTE_MS,
        Grain.DAY: 0,
    }
    cells = {
        grain: {at: one for at, one in rollups.items() if at >= gone[grain]}
        for grain, rollups in stored(moments).items()
    }

    found = counts(plan(buckets, gone), cells)

    # Whole days of UTC: no cell that may stand in reaches beyond the range.
    assert sum(found) == sum(naive(edges, moments))


@settings(deadline=None)
@given(zones, st.lists(offsets, max_size=60), offsets)
def test_rollups_that_are_there_although_old_are_exact(
    zone: ZoneInfo, moments: list[int], from_: int
) -> None:
    """As after an import of a log that is older than rollups are kept."""
    from_ms = START + from_ * MINUTE_MS
    buckets = cut(zone, Interval.PT6H, from_ms, from_ms + 3 * DAY_MS)
    edges = list(buckets.edges)
    cells = stored(moments)
    how = plan(buckets, {Grain.MINUTE: START * 2, Grain.HOUR: START * 2, Grain.DAY: 0})

    assert counts(how, cells) == naive(edges, moments)
    assert place(how, read(how, cells)).stood_in is None


def reads(how: Plan) -> dict[Grain, list[Span]]:
    return {grain: list(spans) for grain, spans in how.reads.items() if spans}


def test_hours_of_a_ragged_day_are_three_reads() -> None:
    from_ms = START + 10 * HOUR_MS + 17 * MINUTE_MS
    buckets = cut(check_zone("UTC"), Interval.PT1H, from_ms, from_ms + DAY_MS)

    assert reads(plan(buckets, ALL_KEPT)) == {
        Grain.MINUTE: [
            (from_ms, from_ms + 43 * MINUTE_MS),
            (START + 34 * HOUR_MS, START + 34 * HOUR_MS + 17 * MINUTE_MS),
        ],
        Grain.HOUR: [(START + 11 * HOUR_MS, START + 34 * HOUR_MS)],
    }


def test_days_of_berlin_are_one_read_of_hours() -> None:
    from_ms = parse_rfc3339("2025-03-19T23:00:00Z")
    to_ms = parse_rfc3339("2025-04-18T22:00:00Z")
    buckets = cut(check_zone("Europe/Berlin"), Interval.P1D, from_ms, to_ms)

    assert reads(plan(buckets, ALL_KEPT)) == {Grain.HOUR: [(from_ms, to_ms)]}


def test_weeks_of_berlin_are_one_read_of_days_and_one_of_hours() -> None:
    from_ms = parse_rfc3339("2025-04-06T22:00:00Z")
    to_ms = from_ms + 10 * 7 * DAY_MS
    buckets = cut(check_zone("Europe/Berlin"), Interval.P1W, from_ms, to_ms)

    found = reads(plan(buckets, ALL_KEPT))

    assert {grain: len(spans) for grain, spans in found.items()} == {
        Grain.HOUR: 1,
        Grain.DAY: 1,
    }


def test_five_years_of_half_hour_days_take_a_bounded_number_of_reads() -> None:
    zone = check_zone("Asia/Kolkata")
    to_ms = parse_rfc3339("2025-03-19T18:30:00Z")
    buckets = cut(zone, Interval.P1D, to_ms - 1_820 * DAY_MS, to_ms)
    kept = {Grain.MINUTE: to_ms - 7 * DAY_MS, Grain.HOUR: to_ms - 90 * DAY_MS}

    how = plan(buckets, {**kept, Grain.DAY: 0})

    assert all(len(spans) <= READS_MAX for spans in how.reads.values())


def test_an_hour_that_stands_in_lies_where_its_middle_does_and_says_so() -> None:
    zone = check_zone("Asia/Kolkata")
    midnight = parse_rfc3339("2025-03-21T18:30:00Z")
    buckets = cut(zone, Interval.P1D, midnight - DAY_MS, midnight + DAY_MS)
    moment = (midnight - 10 * MINUTE_MS - START) // MINUTE_MS
    cells = {**stored([moment]), Grain.MINUTE: {}}
    how = plan(buckets, {**ALL_KEPT, Grain.MINUTE: midnight + DAY_MS})

    placed = place(how, read(how, cells))

    assert [bucket.n for bucket in placed.buckets] == [0, 1]
    assert placed.stood_in is Grain.HOUR


def test_an_hour_that_stands_in_at_the_ragged_end_of_a_range_is_not_mentioned() -> None:
    """The piece of a bucket there is marked as partial anyway."""
    from_ms = START + 30 * MINUTE_MS
    buckets = cut(check_zone("UTC"), Interval.PT6H, from_ms, from_ms + DAY_MS)
    cells = {**stored([40]), Grain.MINUTE: {}}
    how = plan(buckets, {**ALL_KEPT, Grain.MINUTE: START + 2 * DAY_MS})

    placed = place(how, read(how, cells))

    assert placed.buckets[0].n == 1
    assert placed.stood_in is None
