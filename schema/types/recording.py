"""Points and events on their way in, and what became of them."""

import strawberry

from domain import metrics
from domain.metrics import MetricKind
from schema.scalars import DateTime, Tags
from schema.unsaid import said, unsaid


@strawberry.type(description="Why one point or event was not taken.")
class Rejection:
    index: int = strawberry.field(description="Its place in the call, from 0.")
    code: str
    message: str


@strawberry.type
class RecordResult:
    accepted: int = strawberry.field(
        description="Repeats of an event id count too: they are safely stored."
    )
    rejected: list[Rejection]

    @classmethod
    def of(cls, record: metrics.RecordResult) -> "RecordResult":
        return cls(
            accepted=record.accepted,
            rejected=[
                Rejection(index=one.index, code=one.code, message=one.message)
                for one in record.rejected
            ],
        )


@strawberry.input
class MetricPointInput:
    name: str = strawberry.field(description="Dotted lower case: `queue.depth`.")
    value: float
    at: DateTime | None = strawberry.field(
        default=None, description="Now, unless given."
    )
    kind: MetricKind | None = strawberry.field(
        default=unsaid(MetricKind.GAUGE),
        description="Left out, a known name keeps its own kind.",
    )
    unit: str | None = None
    tags: Tags | None = None
    event_id: str | None = strawberry.field(
        default=None,
        description="The same point sent twice under one id counts once.",
    )

    def to_record(self) -> metrics.MetricPointInput:
        return metrics.MetricPointInput(
            name=self.name,
            value=self.value,
            at_ms=self.at,
            kind=said(self.kind),
            unit=self.unit,
            tags=self.tags,
            event_id=self.event_id,
        )
