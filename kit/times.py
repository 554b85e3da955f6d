"""Epoch milliseconds and RFC 3339: the two forms a moment has here."""

import re
from datetime import UTC, datetime, timedelta

MINUTE_MS = 60_000
HOUR_MS = 3_600_000
DAY_MS = 86_400_000
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_datetime(at_ms: int) -> datetime:
    """`at_ms` as an aware UTC datetime, exact to the millisecond."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def to_ms(at: datetime) -> int:
    """Epoch milliseconds of an aware datetime, rounded down."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def rfc3339(at_ms: int) -> str:
    """`2025-06-21T10:00:00.000Z`: UTC, always with milliseconds."""
    stamp = to_datetime(at_ms)
    return f"{stamp:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"


def parse_rfc3339(text: str) -> int:
    """Epoch milliseconds of an RFC 3339 time; an offset is required.

    Raises:
        ValueError: not such a time, no offset, or outside the years 1970-9999.
    """
    if not _RFC3339.fullmatch(text):
        raise ValueError(
            "must be an RFC 3339 time with its zone, such as 2025-06-21T10:00:00Z"
        )
    try:
        at_ms = to_ms(datetime.fromisoformat(text.upper()))
    except OverflowError as err:
        raise ValueError("must be a time between 1970 and 9999") from err
    if at_ms < 0:
        raise ValueError("must be a time between 1970 and 9999")
    return at_ms
