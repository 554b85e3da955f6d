"""Reading access logs in Common and Combined Log Format, line by line."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from domain.metrics import VALUE_MAX, MetricKind, MetricPointInput
from kit.times import to_ms

REQUESTS, BYTES = "http.requests", "http.bytes"
METHODS = frozenset(
    {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"}
)
OTHER = "OTHER"
LINE_MAX = 65_536  # bytes; no server logs longer ones

# host ident user [time] "request" status bytes, then whatever the format adds: the
# referer and agent of Combined, often more. Nothing there is of use here, and it is
# where clients' own text breaks the quoting, so it is not looked at.
_LINE = re.compile(
    r"\S+ \S+ [^\[]*\[(?P<time>[^\]]{20,30})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" '
    r"(?P<status>\d{3}) (?P<bytes>\d{1,19}|-)(?=\s|$)",
    re.ASCII,
)
_TIME = re.compile(
    r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", re.ASCII
)
# By hand, because strptime's month names follow the locale of the machine. A name
# found here stands at a multiple of three: only there are capitals.
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


class BadLine(ValueError):
    """Says what a line lacks."""


@dataclass(frozen=True)
class Hit:
    """One request of the log. `size` in bytes, None where the log has `-`."""

    at_ms: int
    method: str
    status: str
    size: int | None

    def points(self, at_ms: int | None = None) -> list[MetricPointInput]:
        """What it adds to the metrics, at its own time unless told another."""
        when = self.at_ms if at_ms is None else at_ms
        tags = {"status": self.status, "method": self.method}
        counter = MetricKind.COUNTER
        points = [MetricPointInput(REQUESTS, 1, when, counter, None, tags)]
        if self.size is not None:
            points.append(
                MetricPointInput(BYTES, self.size, when, counter, "bytes", tags)
            )
        return points


def parse_line(line: str) -> Hit:
    """The request that a line of the log tells of.

    Raises:
        BadLine: not such a line, or a time that does not exist.
    """
    match = _LINE.match(line)
    if match is None:
        raise BadLine("is not in Common or Combined Log Format")
    size = None if match["bytes"] == "-" else int(match["bytes"])
    if size is not None and size > VALUE_MAX:
        raise BadLine("has more bytes than can be counted")
    method = match["request"].partition(" ")[0]
    return Hit(
        at_ms=_moment(match["time"]),
        # Scanners send anything for a method: as a tag each would be a series.
        method=method if method in METHODS else OTHER,
        status=match["status"] if match["status"][0] in "12345" else OTHER,
        size=size,
    )


@lru_cache(maxsize=1_024)  # busy logs have many lines of the same second
def _moment(text: str) -> int:
    match = _TIME.fullmatch(text)
    if match is None:
        raise BadLine("has no time such as 17/May/2015:10:05:03 +0000")
    day, year, hour, minute, second = (int(match[n]) for n in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(match[8]), minutes=int(match[9]))
    try:
        month = 1 + _MONTHS.index(match[2]) // 3
        zone = timezone(-offset if match[7] == "-" else offset)
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        at_ms = to_ms(at.astimezone(UTC))
    except (ValueError, OverflowError) as err:
        raise BadLine("has a time that does not exist") from err
    if at_ms < 0:
        raise BadLine("has a time before 1970")
    return at_ms
