"""What answers carry about metrics: series by columns."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.rest.values import Time
from domain.metrics import Aggregate, Interval, MetricKind


class MetricSummary(TypedDict):
    """Over the whole range and all points recorded in it."""

    min: float | None
    max: float | None
    avg: float | None
    sum: float
    last: float | None
    count: int


# In this notation because `from` is a word of Python.
MetricComparison = TypedDict(
    "MetricComparison",
    {
        "from": Time,
        "to": Time,
        "start": list[Time],
        "values": list[float | None],
        "counts": list[int],
        "summary": MetricSummary,
        "change_pct": float | None,
    },
)
MetricComparison.__doc__ = "The earlier stretch, bucket by bucket beside the asked one."


class MetricSeries(TypedDict):
    """A column for each bucket of the answer's `start` and `end`."""

    name: Annotated[str, Field(examples=["api.requests"])]
    unit: str | None
    kind: MetricKind
    aggregate: Aggregate
    tags: Annotated[
        dict[str, str] | None,
        Field(description='What it is grouped by; "__other__" is the folded rest.'),
    ]
    values: Annotated[list[float | None], Field(examples=[[136.0, None]])]
    counts: Annotated[list[int], Field(description="Points recorded in the bucket.")]
    summary: MetricSummary
    comparison: MetricComparison | None


Metrics = TypedDict(
    "Metrics",
    {
        "from": Time,
        "to": Time,
        "interval": Annotated[Interval, Field(description="The one in effect.")],
        "time_zone": Annotated[str, Field(examples=["UTC"])],
        "as_of": Time,
        "start": Annotated[list[Time], Field(description="Start of each bucket.")],
        "end": Annotated[list[Time], Field(description="End of each, not in it.")],
        "partial": Annotated[
            list[bool], Field(description="The open bucket, and those the range cuts.")
        ],
        "series": list[MetricSeries],
        "warnings": list[str],
    },
)
Metrics.__doc__ = "Series by columns: the n-th value belongs to the n-th bucket."
