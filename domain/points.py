"""From the rollups of buckets to the points of a series."""

from collections.abc import Sequence
from itertools import pairwise

from domain.calendar import Buckets
from domain.errors import InvalidInput
from domain.metric_rules import MICROS
from domain.metrics import (
    DEFAULT_AGGREGATE,
    Aggregate,
    Fill,
    MetricInfo,
    MetricKind,
    MetricPoint,
    MetricSummary,
)
from domain.rollups import SHARES, Rollup


def check_aggregate(asked: Aggregate | None, metric: MetricInfo) -> Aggregate:
    """What is asked of a metric, by default what suits its kind.

    Raises:
        InvalidInput: a percentile of a metric that keeps no histogram.
    """
    aggregate = asked or DEFAULT_AGGREGATE[metric.kind]
    if aggregate in SHARES and metric.kind is not MetricKind.DISTRIBUTION:
        reason = f"{aggregate} needs a DISTRIBUTION; {metric.name} is a {metric.kind}"
        raise InvalidInput.of("aggregate", reason)
    return aggregate


def points(
    buckets: Buckets,
    rollups: Sequence[Rollup],
    aggregate: Aggregate,
    fill: Fill,
    now_ms: int,
) -> list[MetricPoint]:
    """A point for each bucket, but for empty ones where `fill` leaves them out.

    Nothing is filled into a bucket that has not begun.
    """
    made: list[MetricPoint] = []
    previous: float | None = None
    last = len(rollups) - 1
    for index, ((start, end), rollup) in enumerate(
        zip(pairwise(buckets.edges), rollups, strict=True)
    ):
        value = rollup.value(aggregate, (end - start) / 1000)
        if value is None and fill is Fill.NONE:
            continue
        previous = previous if value is None else value
        if value is None and start <= now_ms:
            value = {Fill.ZERO: 0.0, Fill.PREVIOUS: previous}.get(fill)
        cut = buckets.cut_start and index == 0
        cut = cut or (buckets.cut_end and index == last)
        partial = cut or end > now_ms
        made.append(MetricPoint(start, end, value, rollup.n, partial))
    return made


def summary(whole: Rollup) -> MetricSummary:
    """The figures over all points of a range."""
    if not whole.n:
        return MetricSummary(None, None, None, 0.0, None, 0)
    return MetricSummary(
        min=whole.lo / MICROS,
        max=whole.hi / MICROS,
        avg=whole.total / whole.n / MICROS,
        sum=whole.total / MICROS,
        last=whole.last / MICROS,
        count=whole.n,
    )
