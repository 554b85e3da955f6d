"""The figures of `kit.metrics`, as OpenTelemetry has them."""

import time
from collections.abc import Sequence

from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricExporter,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from kit import metrics
from kit.metrics import Labels, Registry

SCOPE = InstrumentationScope("user-dashboard")


class Figures:
    """Sends all of them to one collector, as counted since the process started
    (CUMULATIVE) or since they were sent last (DELTA).
    """

    def __init__(
        self,
        registry: Registry,
        resource: Resource,
        exporter: MetricExporter,
        temporality: AggregationTemporality,
    ) -> None:
        self._registry = registry
        self._resource = resource
        self._exporter = exporter
        self._temporality = temporality
        self._began_ns = time.time_ns()
        self._sent: dict[tuple[str, Labels], Sequence[float]] = {}

    def send(self) -> None:
        """Blocks until they are sent, or given up."""
        now_ns = time.time_ns()
        found = [self._metric(one, now_ns) for one in self._registry.metrics.values()]
        scope = ScopeMetrics(SCOPE, found, "")
        self._exporter.export(
            MetricsData([ResourceMetrics(self._resource, [scope], "")])
        )
        if self._temporality is AggregationTemporality.DELTA:
            self._began_ns = now_ns

    def close(self) -> None:
        """Sends them a last time."""
        self.send()
        self._exporter.shutdown()

    def _metric(self, one: metrics.Metric, now_ns: int) -> Metric:
        data: Gauge | Histogram | Sum
        if isinstance(one, metrics.Histogram):
            histograms = [
                self._histogram(one, labels, cell, now_ns)
                for labels, cell in one.cells()
            ]
            data = Histogram(histograms, self._temporality)
        else:
            grows = one.kind == metrics.Counter.kind
            points = [
                self._number(one, labels, cell, now_ns, grows=grows)
                for labels, cell in one.cells()
            ]
            data = (
                Sum(points, self._temporality, is_monotonic=True)
                if grows
                else Gauge(points)
            )
        return Metric(one.name, one.meaning, _unit(one.name), data)

    def _number(
        self,
        one: metrics.Metric,
        labels: Labels,
        cell: Sequence[float],
        now_ns: int,
        *,
        grows: bool,
    ) -> NumberDataPoint:
        (value,) = self._since(one, labels, cell) if grows else cell
        attributes = dict(zip(one.labels, labels, strict=True))
        return NumberDataPoint(attributes, self._began_ns, now_ns, value)

    def _histogram(
        self, one: metrics.Histogram, labels: Labels, cell: Sequence[float], now_ns: int
    ) -> HistogramDataPoint:
        *counts, total = self._since(one, labels, cell)
        return HistogramDataPoint(
            attributes=dict(zip(one.labels, labels, strict=True)),
            start_time_unix_nano=self._began_ns,
            time_unix_nano=now_ns,
            count=int(sum(counts)),
            sum=total,
            bucket_counts=[int(count) for count in counts],
            explicit_bounds=one.bounds,
            # Optional in OTLP, whatever the annotation says: we do not know them.
            min=None,  # type: ignore[arg-type]
            max=None,  # type: ignore[arg-type]
        )

    def _since(
        self, one: metrics.Metric, labels: Labels, cell: Sequence[float]
    ) -> Sequence[float]:
        """What to send of what was counted so far."""
        if self._temporality is not AggregationTemporality.DELTA:
            return cell
        before = self._sent.get((one.name, labels), [0.0] * len(cell))
        self._sent[one.name, labels] = cell
        return [now - then for now, then in zip(cell, before, strict=True)]


def _unit(name: str) -> str:
    words = name.removesuffix("_total").rsplit("_", 1)
    return {"seconds": "s", "kibibytes": "KiBy"}.get(words[-1], "1")
