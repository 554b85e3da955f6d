"""The OpenTelemetry SDK, set up: the only place that knows it and its exporters.

Spans and log lines wait in bounded queues, from which threads of their own send them:
a collector that is slow or away costs what is queued beyond 2,048, and no request
anything. `OTEL_BSP_*`, `OTEL_BLRP_*` and `OTEL_EXPORTER_OTLP_*` are the SDK's to read.
"""

import asyncio
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, LogRecordExporter
from opentelemetry.sdk.metrics.export import AggregationTemporality, MetricExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio

from app.settings.settings import Settings
from app.telemetry.figures import Figures
from app.telemetry.lines import Lines
from app.telemetry.spans import Spans
from app.telemetry.wanted import Wanted
from app.version import VERSION
from kit import tracing
from kit.metrics import REGISTRY

SERVICE = "user-dashboard"
FIGURES_EVERY_MS = "60000"
CLOSE_S = 5.0  # less than a container is given to stop


class Pipelines:
    """One per process. `recorder` is None when no spans are wanted."""

    def __init__(self, wanted: Wanted, settings: Settings) -> None:
        self._resource = _resource(settings)
        self._tracers = TracerProvider(
            sampler=ParentBasedTraceIdRatio(settings.trace_sample_percent / 100),
            resource=self._resource,
            shutdown_on_exit=False,
        )
        self._closing: list[Callable[[], object]] = []
        self._figures: list[Figures] = []
        self._lines: Lines | None = None
        self.recorder: tracing.Recorder | None = None
        every_ms = os.environ.get("OTEL_METRIC_EXPORT_INTERVAL") or FIGURES_EVERY_MS
        self.figures_every_s = int(every_ms) / 1_000
        spans, figures, lines = _exporters(wanted, self._tracers)
        if spans:
            self._record_spans(spans)
        if lines:
            self._send_lines(lines)
        for exporter, temporality in figures:
            sent = Figures(REGISTRY, self._resource, exporter, temporality)
            self._figures.append(sent)
            self._closing.append(sent.close)

    async def send_figures(self) -> None:
        for figures in self._figures:
            await asyncio.to_thread(figures.send)

    async def close(self) -> None:
        """Sends what is left, all signals at once, and gives up after 5 s."""
        if self._lines is not None:
            logging.getLogger().removeHandler(self._lines)
        # Of the kind that does not hold up the end of the process.
        threads = [threading.Thread(target=c, daemon=True) for c in self._closing]
        for thread in threads:
            thread.start()
        await asyncio.to_thread(_join, threads)

    def _record_spans(self, exporters: list[SpanExporter]) -> None:
        for exporter in exporters:
            self._tracers.add_span_processor(BatchSpanProcessor(exporter))
        self.recorder = Spans(self._tracers.get_tracer(SERVICE, VERSION))
        self._closing.append(self._tracers.shutdown)

    def _send_lines(self, exporters: list[LogRecordExporter]) -> None:
        provider = LoggerProvider(self._resource, shutdown_on_exit=False)
        for exporter in exporters:
            provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
        self._lines = Lines(provider.get_logger(SERVICE, VERSION))
        logging.getLogger().addHandler(self._lines)
        self._closing.append(provider.shutdown)


_Exporters = tuple[
    list[SpanExporter],
    list[tuple[MetricExporter, AggregationTemporality]],
    list[LogRecordExporter],
]


def _exporters(wanted: Wanted, tracers: TracerProvider) -> _Exporters:
    spans: list[SpanExporter] = []
    figures: list[tuple[MetricExporter, AggregationTemporality]] = []
    lines: list[LogRecordExporter] = []
    if "traces" in wanted.otlp:
        spans.append(OTLPSpanExporter())
    if "metrics" in wanted.otlp:
        figures.append((OTLPMetricExporter(), AggregationTemporality.CUMULATIVE))
    if "logs" in wanted.otlp:
        lines.append(OTLPLogExporter())
    if wanted.azure:
        azure = _azure()
        spans.append(azure.AzureMonitorTraceExporter(tracer_provider=tracers))
        delta = AggregationTemporality.DELTA
        figures.append((azure.AzureMonitorMetricExporter(), delta))
        lines.append(azure.AzureMonitorLogExporter())
    return spans, figures, lines


def _azure() -> Any:
    from azure.monitor.opentelemetry import exporter  # noqa: PLC0415  an extra

    return exporter


def _resource(settings: Settings) -> Resource:
    """What all signals of this process carry; `OTEL_RESOURCE_ATTRIBUTES` adds to it,
    `OTEL_SERVICE_NAME` renames it.
    """
    ours = {
        "service.name": os.environ.get("OTEL_SERVICE_NAME") or SERVICE,
        "service.version": VERSION,
        "service.instance.id": f"{socket.gethostname()}-{os.getpid()}",
        "deployment.environment.name": settings.env,
    }
    return Resource.create(ours)


def _join(threads: list[threading.Thread]) -> None:
    until_s = time.monotonic() + CLOSE_S
    for thread in threads:
        thread.join(max(until_s - time.monotonic(), 0))
