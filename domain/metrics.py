"""What a metric is, what is asked of it, and what comes back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kit.times import DAY_MS, HOUR_MS, MINUTE_MS

NAME_MAX = 100
UNIT_MAX = 20
TAGS_MAX = 8
TAG_KEY_MAX = 40
TAG_VALUE_MAX = 100
EVENT_ID_MAX = 100
NAMES_PER_QUERY_MAX = 20
POINTS_MAX = 2_000  # per series; a finer explicit interval is refused
# Values are kept in whole millionths, so that counters add up exactly.
VALUE_MAX = 9_000_000_000_000
# Positions in a partition hold 13 digits of milliseconds: the year 2286.
LATEST_MS = 9_999_999_999_999
OTHER = "__other__"
METRIC_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
TAG_KEY = re.compile(r"[a-z][a-z0-9_]*")

Tags = Mapping[str, str]


class MetricKind(StrEnum):
    """COUNTER: increments, summed. GAUGE: readings. DISTRIBUTION: readings whose
    spread matters, so that percentiles can be asked for.
    """

    COUNTER = "COUNTER"
    GAUGE = "GAUGE"
    DISTRIBUTION = "DISTRIBUTION"


class Aggregate(StrEnum):
    SUM = "SUM"
    AVG = "AVG"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"
    LAST = "LAST"
    RATE = "RATE"  # sum per second of the bucket
    P50 = "P50"
    P95 = "P95"
    P99 = "P99"


DEFAULT_AGGREGATE = {
    MetricKind.COUNTER: Aggregate.SUM,
    MetricKind.GAUGE: Aggregate.AVG,
    MetricKind.DISTRIBUTION: Aggregate.AVG,
}


class Interval(StrEnum):
    AUTO = "AUTO"
    PT1M = "PT1M"
    PT5M = "PT5M"
    PT15M = "PT15M"
    PT1H = "PT1H"
    PT6H = "PT6H"
    P1D = "P1D"
    P1W = "P1W"
    P1M = "P1M"


class Fill(StrEnum):
    """What stands in a bucket nothing was recorded in; NONE leaves the bucket out."""

    NULL = "NULL"
    ZERO = "ZERO"
    PREVIOUS = "PREVIOUS"
    NONE = "NONE"


class Compare(StrEnum):
    """Which earlier stretch to set beside the asked one, shifted by the calendar."""

    PREVIOUS_PERIOD = "PREVIOUS_PERIOD"
    PREVIOUS_DAY = "PREVIOUS_DAY"
    PREVIOUS_WEEK = "PREVIOUS_WEEK"
    PREVIOUS_MONTH = "PREVIOUS_MONTH"
    PREVIOUS_YEAR = "PREVIOUS_YEAR"


class Grain(StrEnum):
    """The widths rollups are stored in, all aligned to UTC."""

    MINUTE = "1m"
    HOUR = "1h"
    DAY = "1d"

    @property
    def width_ms(self) -> int:
        widths = {Grain.MINUTE: MINUTE_MS, Grain.HOUR: HOUR_MS, Grain.DAY: DAY_MS}
        return widths[self]

    def floor(self, at_ms: int) -> int:
        """The start of the bucket that holds `at_ms`."""
        return at_ms - at_ms % self.width_ms

    def ceil(self, at_ms: int) -> int:
        """The first start of a bucket that is not before `at_ms`."""
        return at_ms + -at_ms % self.width_ms


@dataclass(frozen=True)
class MetricPointInput:
    """A point as it came: nothing is checked yet. `at_ms` None means now; `kind`
    None means the metric's own, GAUGE for a new one.
    """

    name: str
    value: float
    at_ms: int | None = None
    kind: MetricKind | None = None
    unit: str | None = None
    tags: Tags | None = None
    event_id: str | None = None


@dataclass(frozen=True)
class Rejection:
    """Why the point or event at `index` of a call was not taken."""

    index: int
    code: str
    message: str


@dataclass(frozen=True)
class RecordResult:
    """`accepted` counts repeats of an event id too: they are safely stored."""

    accepted: int
    rejected: Sequence[Rejection] = ()


@dataclass(frozen=True)
class MetricInfo:
    """A known metric. `tag_keys` are those seen so far, sorted."""

    name: str
    kind: MetricKind
    unit: str | None
    tag_keys: tuple[str, ...]
    first_ms: int


@dataclass(frozen=True)
class TagFilter:
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class RangeInput:
    """Exactly one form: `from_ms` and `to_ms`, or `last` (an ISO 8601 duration)."""

    from_ms: int | None = None
    to_ms: int | None = None
    last: str | None = None


@dataclass(frozen=True)
class MetricsQuery:
    """The arguments of the `metrics` field, in its own names."""

    names: tuple[str, ...]
    range: RangeInput = field(default_factory=lambda: RangeInput(last="PT24H"))
    interval: Interval = Interval.AUTO
    max_points: int = 300
    aggregate: Aggregate | None = None
    time_zone: str = "UTC"
    fill: Fill = Fill.NULL
    compare_to: Compare | None = None
    group_by: tuple[str, ...] = ()
    filters: tuple[TagFilter, ...] = ()
    top_series: int = 10

    @property
    def by_tags(self) -> bool:
        """Whether tags matter to it: otherwise totals are enough."""
        return bool(self.group_by or self.filters)


@dataclass(frozen=True)
class MetricPoint:
    """One bucket, [start_ms, end_ms). `count` is how many points were recorded in
    it; `partial` marks the open bucket and those the range cuts.
    """

    start_ms: int
    end_ms: int
    value: float | None
    count: int
    partial: bool


@dataclass(frozen=True)
class MetricSummary:
    """Over the whole range and all points recorded in it, in the metric's unit."""

    min: float | None
    max: float | None
    avg: float | None
    sum: float
    last: float | None
    count: int


@dataclass(frozen=True)
class MetricComparison:
    """The same series over the earlier stretch, point by point beside the asked
    one; `change_pct` compares the two ranges' aggregate.
    """

    from_ms: int
    to_ms: int
    points: Sequence[MetricPoint]
    summary: MetricSummary
    change_pct: float | None


@dataclass(frozen=True)
class MetricSeries:
    """`tags` are the values grouped by, `{key: "__other__"}` for the folded rest."""

    name: str
    unit: str | None
    kind: MetricKind
    aggregate: Aggregate
    tags: Tags | None
    points: Sequence[MetricPoint]
    summary: MetricSummary
    comparison: MetricComparison | None = None


@dataclass(frozen=True)
class MetricResult:
    """`interval` is the one in effect, never AUTO. `warnings` are sentences, such
    as a name nothing was ever recorded under.
    """

    from_ms: int
    to_ms: int
    interval: Interval
    time_zone: str
    as_of_ms: int
    series: Sequence[MetricSeries]
    warnings: Sequence[str] = ()
