"""Series of metrics as they are read."""

import strawberry

from domain import metrics
from domain.metrics import Aggregate, Interval, MetricKind
from schema.scalars import DateTime, Tags


@strawberry.type(description="One bucket, `[start, end)`.")
class MetricPoint:
    start: DateTime
    end: DateTime
    value: float | None = strawberry.field(
        description="Null where nothing was recorded, unless `fill` says otherwise."
    )
    count: int = strawberry.field(description="How many points were recorded in it.")
    partial: bool = strawberry.field(
        description="Still open, or cut by the range: not to be drawn as a drop."
    )

    @classmethod
    def of(cls, record: metrics.MetricPoint) -> "MetricPoint":
        return cls(
            start=DateTime(record.start_ms),
            end=DateTime(record.end_ms),
            value=record.value,
            count=record.count,
            partial=record.partial,
        )


@strawberry.type(description="Over the whole range, in the metric's unit.")
class MetricSummary:
    min: float | None
    max: float | None
    avg: float | None
    sum: float
    last: float | None
    count: int

    @classmethod
    def of(cls, record: metrics.MetricSummary) -> "MetricSummary":
        return cls(
            min=record.min,
            max=record.max,
            avg=record.avg,
            sum=record.sum,
            last=record.last,
            count=record.count,
        )


@strawberry.type(description="The same series over an earlier stretch.")
class MetricComparison:
    from_: DateTime = strawberry.field(name="from")
    to: DateTime
    points: list[MetricPoint] = strawberry.field(
        description="Beside the series' own points, one by one."
    )
    summary: MetricSummary
    change_pct: float | None = strawberry.field(
        description="From this stretch to the asked one, of the range's aggregate."
    )

    @classmethod
    def of(cls, record: metrics.MetricComparison) -> "MetricComparison":
        return cls(
            from_=DateTime(record.from_ms),
            to=DateTime(record.to_ms),
            points=[MetricPoint.of(point) for point in record.points],
            summary=MetricSummary.of(record.summary),
            change_pct=record.change_pct,
        )


@strawberry.type
class MetricSeries:
    name: str
    unit: str | None
    kind: MetricKind
    aggregate: Aggregate
    tags: Tags | None = strawberry.field(
        description="The values grouped by; `__other__` stands for the folded rest."
    )
    points: list[MetricPoint]
    summary: MetricSummary
    comparison: MetricComparison | None

    @classmethod
    def of(cls, record: metrics.MetricSeries) -> "MetricSeries":
        compared = record.comparison
        return cls(
            name=record.name,
            unit=record.unit,
            kind=record.kind,
            aggregate=record.aggregate,
            tags=None if record.tags is None else Tags(dict(record.tags)),
            points=[MetricPoint.of(point) for point in record.points],
            summary=MetricSummary.of(record.summary),
            comparison=None if compared is None else MetricComparison.of(compared),
        )


@strawberry.type
class MetricResult:
    from_: DateTime = strawberry.field(name="from")
    to: DateTime
    interval: Interval = strawberry.field(description="The one in effect, never AUTO.")
    time_zone: str
    as_of: DateTime
    series: list[MetricSeries]
    warnings: list[str] = strawberry.field(
        description="Such as a name nothing was ever recorded under."
    )

    @classmethod
    def of(cls, record: metrics.MetricResult) -> "MetricResult":
        return cls(
            from_=DateTime(record.from_ms),
            to=DateTime(record.to_ms),
            interval=record.interval,
            time_zone=record.time_zone,
            as_of=DateTime(record.as_of_ms),
            series=[MetricSeries.of(series) for series in record.series],
            warnings=list(record.warnings),
        )


@strawberry.type(description="A name something was recorded under.")
class MetricInfo:
    name: str
    kind: MetricKind
    unit: str | None
    tag_keys: list[str]
    first_at: DateTime

    @classmethod
    def of(cls, record: metrics.MetricInfo) -> "MetricInfo":
        return cls(
            name=record.name,
            kind=record.kind,
            unit=record.unit,
            tag_keys=list(record.tag_keys),
            first_at=DateTime(record.first_ms),
        )
