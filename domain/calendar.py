"""Where buckets begin and end on the clocks of a time zone."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.errors import InvalidInput
from domain.metrics import Grain, Interval
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, to_datetime

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_ZONE_MAX = 64
_MONDAY = 3  # 1970-01-01 was a Thursday: three days after one

# About how wide the buckets are: for choosing among them, not for cutting.
WIDTHS_MS = {
    Interval.PT1M: MINUTE_MS,
    Interval.PT5M: 5 * MINUTE_MS,
    Interval.PT15M: 15 * MINUTE_MS,
    Interval.PT1H: HOUR_MS,
    Interval.PT6H: 6 * HOUR_MS,
    Interval.P1D: DAY_MS,
    Interval.P1W: 7 * DAY_MS,
    Interval.P1M: 30 * DAY_MS,
}


@dataclass(frozen=True)
class Buckets:
    """Edges from `from_ms` to `to_ms`: bucket `i` is [edges[i], edges[i + 1]).

    `cut_start` and `cut_end` say that the range begins or ends inside a bucket of
    the calendar, so that the first or last one here is a piece of it.
    """

    edges: Sequence[int]
    cut_start: bool
    cut_end: bool

    def __len__(self) -> int:
        return len(self.edges) - 1


def check_zone(raw: str, *, field: str = "timeZone") -> ZoneInfo:
    """The IANA time zone of that name, such as Europe/Berlin."""
    try:
        if len(raw) <= _ZONE_MAX and _ZONE.fullmatch(raw):
            return ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # the name of a folder, or of a file that is no zone, among them
    raise InvalidInput.of(field, "must be an IANA time zone such as Europe/Berlin")


def offset_ms(zone: ZoneInfo, at_ms: int) -> int:
    """How far the zone's clocks are ahead of UTC at that moment."""
    offset = to_datetime(at_ms).astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(milliseconds=1)


def cut(zone: ZoneInfo, interval: Interval, from_ms: int, to_ms: int) -> Buckets:
    """The buckets that [from_ms, to_ms) falls into, cut to it.

    PT* buckets are counted from the zone's midnight, days begin at it, weeks on
    Monday, months on the first. A day on which clocks change has 23 or 25 hours
    (or whatever it has), and as many PT1H buckets; PT6H begin at 0, 6, 12 and 18
    o'clock on it, too. Edges are whole minutes, as rollups are.
    """
    margin = 2 * WIDTHS_MS[interval] + DAY_MS
    starts = list(_starts(zone, interval, from_ms - margin, to_ms + margin))
    inner = sorted({start for start in starts if from_ms < start < to_ms})
    known = set(starts)
    return Buckets((from_ms, *inner, to_ms), from_ms not in known, to_ms not in known)


def _starts(
    zone: ZoneInfo, interval: Interval, from_ms: int, to_ms: int
) -> Iterator[int]:
    width = min(WIDTHS_MS[interval], DAY_MS)
    name = _NAMES.get(interval, _itself)
    seen = None
    for start_ms, period in _periods(zone, width, from_ms, to_ms):
        # Clocks set back show an hour twice, and both are buckets; but no day or
        # quarter of a day begins again because of it.
        again = seen is not None and name(period) <= seen
        if not again or width <= HOUR_MS:
            seen = name(period)
            yield Grain.MINUTE.floor(start_ms)


def _periods(
    zone: ZoneInfo, width: int, from_ms: int, to_ms: int
) -> Iterator[tuple[int, int]]:
    """When the zone's clocks come to a multiple of `width`, or jump beyond one."""
    shown = (from_ms + offset_ms(zone, from_ms)) // width
    for start, end, offset in _stretches(zone, from_ms, to_ms):
        period = (start + offset) // width
        if period != shown and (start + offset) % width:
            yield start, period
        for moment in range(start + -(start + offset) % width, end, width):
            yield moment, (moment + offset) // width
        shown = (end - 1 + offset) // width


def _stretches(
    zone: ZoneInfo, from_ms: int, to_ms: int
) -> Iterator[tuple[int, int, int]]:
    """The pieces of a range over which the offset stays the same, with it."""
    start, offset = from_ms, offset_ms(zone, from_ms)
    for day_ms in range(from_ms, to_ms, DAY_MS):
        end_ms = min(day_ms + DAY_MS, to_ms)
        if (after := offset_ms(zone, end_ms)) != offset:
            change = _change(zone, day_ms, end_ms)
            yield start, change, offset
            start, offset = change, after
    yield start, to_ms, offset


def _change(zone: ZoneInfo, from_ms: int, to_ms: int) -> int:
    """The first moment of the later offset, to the second."""
    before = offset_ms(zone, from_ms)
    low, high = from_ms // 1000, to_ms // 1000
    while high - low > 1:
        middle = (low + high) // 2
        if offset_ms(zone, middle * 1000) == before:
            low = middle
        else:
            high = middle
    return high * 1000


def _itself(period: int) -> int:
    return period


def _week(day: int) -> int:
    return (day + _MONDAY) // 7


def _month(day: int) -> int:
    date = to_datetime(day * DAY_MS)
    return date.year * 12 + date.month


_NAMES: dict[Interval, Callable[[int], int]] = {
    Interval.P1W: _week,
    Interval.P1M: _month,
}
