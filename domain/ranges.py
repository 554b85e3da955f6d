"""Which stretch of time a metrics query is about, and how finely it is cut."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WIDTHS_MS, Buckets, cut
from domain.durations import check_duration
from domain.errors import InvalidInput
from domain.metrics import LATEST_MS, POINTS_MAX, Compare, Grain, Interval, RangeInput
from kit import times

Range = tuple[int, int]
SPAN_MAX_MS = 5 * 366 * times.DAY_MS
_TOO_LONG = "must span at most 5 years"
_MONTHS = {Compare.PREVIOUS_MONTH: 1, Compare.PREVIOUS_YEAR: 12}
_DAYS = {Compare.PREVIOUS_DAY: 1, Compare.PREVIOUS_WEEK: 7}


def check_range(asked: RangeInput, zone: ZoneInfo, now_ms: int) -> Range:
    """The range in whole minutes, [from, to), none of what was asked for left out.

    `last` ends with the minute that is running. Its days and weeks are those of
    the zone: the last P1D begins at the same time yesterday, PT24H 24 hours ago.

    Raises:
        InvalidInput: not exactly one of the two forms, nothing between the ends,
            more than 5 years, before 1970 or after 2286.
    """
    if asked.last is not None:
        if asked.from_ms is not None or asked.to_ms is not None:
            raise InvalidInput.of("range", "must be either from and to, or last")
        to_ms = Grain.MINUTE.floor(now_ms) + times.MINUTE_MS
        return _before(to_ms, asked.last, zone), to_ms
    if asked.from_ms is None or asked.to_ms is None:
        missing = "from" if asked.from_ms is None else "to"
        raise InvalidInput.of(f"range.{missing}", "must be given, or last instead")
    if asked.from_ms < 0:
        raise InvalidInput.of("range.from", "must not be before 1970")
    if asked.from_ms >= asked.to_ms:
        raise InvalidInput.of("range.to", "must be after from")
    from_ms, to_ms = Grain.MINUTE.floor(asked.from_ms), Grain.MINUTE.ceil(asked.to_ms)
    if to_ms > LATEST_MS:
        raise InvalidInput.of("range.to", "must be before the year 2286")
    if to_ms - from_ms > SPAN_MAX_MS:
        raise InvalidInput.of("range", _TOO_LONG)
    return from_ms, to_ms


def _before(to_ms: int, last: str, zone: ZoneInfo) -> int:
    duration = check_duration(last, field="range.last")
    if duration.days * times.DAY_MS + duration.seconds * 1000 > SPAN_MAX_MS:
        raise InvalidInput.of("range.last", _TOO_LONG)
    from_ms = _shift(zone, to_ms, days=duration.days) - duration.seconds * 1000
    return max(Grain.MINUTE.floor(from_ms), 0)


def choose_buckets(
    zone: ZoneInfo, within: Range, interval: Interval, max_points: int
) -> tuple[Interval, Buckets]:
    """The buckets of the range; AUTO makes as many as `max_points` allows.

    Raises:
        InvalidInput: `max_points` outside 1..2000, or an interval given that makes
            more than 2,000 buckets; names the finest that does not.
    """
    if not 1 <= max_points <= POINTS_MAX:
        raise InvalidInput.of("maxPoints", f"must be between 1 and {POINTS_MAX}")
    if interval is Interval.AUTO:
        return _finest(zone, within, max_points)
    if (buckets := _at_most(POINTS_MAX, zone, within, interval)) is not None:
        return interval, buckets
    fits, _ = _finest(zone, within, POINTS_MAX)
    reason = f"makes more than {POINTS_MAX} points of this range: {fits} fits"
    raise InvalidInput.of("interval", reason)


def _finest(zone: ZoneInfo, within: Range, points: int) -> tuple[Interval, Buckets]:
    for interval in WIDTHS_MS:
        if (buckets := _at_most(points, zone, within, interval)) is not None:
            return interval, buckets
    # No calendar has so few buckets: months are as near as it gets.
    return Interval.P1M, cut(zone, Interval.P1M, *within)


def _at_most(
    points: int, zone: ZoneInfo, within: Range, interval: Interval
) -> Buckets | None:
    # Cutting costs a microsecond an edge: not for what is twice too fine anyway.
    if (within[1] - within[0]) // WIDTHS_MS[interval] > 2 * points:
        return None
    buckets = cut(zone, interval, *within)
    return buckets if len(buckets) <= points else None


def earlier(zone: ZoneInfo, edges: Sequence[int], compare: Compare) -> list[int]:
    """The edges of the stretch to compare with, each as many days or months before
    on the zone's clocks.

    PREVIOUS_PERIOD ends where the range begins: as many months before a range of
    whole months, days before one of days, otherwise as long before as the range is.
    A day that the earlier month lacks is its end; a time that clocks jumped over is
    when they did; so there may be nothing beside a bucket, a stretch of no length.

    Raises:
        InvalidInput: that was before 1970.
    """
    if compare is Compare.PREVIOUS_PERIOD:
        shifted = _period_before(zone, edges)
    else:
        days, months = _DAYS.get(compare, 0), _MONTHS.get(compare, 0)
        shifted = [_shift(zone, edge, days=days, months=months) for edge in edges]
    for i in range(len(shifted) - 2, -1, -1):
        shifted[i] = min(shifted[i], shifted[i + 1])
    if shifted[0] < 0:
        raise InvalidInput.of("compareTo", "must not lie before 1970")
    return [Grain.MINUTE.floor(edge) for edge in shifted]


def _period_before(zone: ZoneInfo, edges: Sequence[int]) -> list[int]:
    first, last = edges[0], edges[-1]
    start, end = (times.to_datetime(edge).astimezone(zone) for edge in (first, last))
    months = (end.year - start.year) * 12 + end.month - start.month
    if start.day == 1 and _shift(zone, last, months=months) == first:
        return [_shift(zone, edge, months=months) for edge in edges]
    days = (end.date() - start.date()).days
    if _shift(zone, last, days=days) == first:
        return [_shift(zone, edge, days=days) for edge in edges]
    return [edge - (last - first) for edge in edges]


def _shift(zone: ZoneInfo, at_ms: int, *, days: int = 0, months: int = 0) -> int:
    if not days and not months:
        return at_ms
    local = times.to_datetime(at_ms).astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    try:
        moved = local.replace(year=year, month=month + 1)
    except ValueError:  # no such day: the end of that month, never December's
        moved = datetime(year, month + 2, 1, tzinfo=zone)
    return times.to_ms(moved - timedelta(days=days))
