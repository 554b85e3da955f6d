"""Durations as ISO 8601 writes them, for `range.last`."""

import re
from dataclasses import dataclass

from domain.errors import InvalidInput

_DURATION = re.compile(
    r"P(?=[\dT])(?:(\d{1,6})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.ASCII,
)
_EXAMPLES = "an ISO 8601 duration such as PT24H, P7D or P1DT12H"


@dataclass(frozen=True)
class Duration:
    """Calendar days, which are not all 24 hours long, and then exact seconds."""

    days: int
    seconds: int


def check_duration(raw: str, *, field: str) -> Duration:
    """The duration `raw` says, in weeks, days, hours, minutes and seconds.

    Raises:
        InvalidInput: not one of these, nothing at all, or in years or months, of
            which nobody knows how long they are.
    """
    match = _DURATION.fullmatch(raw)
    if match is None:
        reason = f"must be {_EXAMPLES}, in weeks, days, hours, minutes and seconds"
        raise InvalidInput.of(field, reason)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    duration = Duration(weeks * 7 + days, (hours * 60 + minutes) * 60 + seconds)
    if not duration.days and not duration.seconds:
        raise InvalidInput.of(field, "must be longer than nothing")
    return duration
