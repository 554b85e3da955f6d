"""An OTLP collector: takes what is sent over HTTP, and shows it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
)
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)


@dataclass(frozen=True)
class Span:
    """One as it arrived; ids are in hexadecimal, empty where there is none."""

    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, Any]
    links: list[str]
    failed: bool


@dataclass
class Collector:
    """`raw` is every body, as it came."""

    address: str = ""
    spans: list[Span] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    lines: list[Any] = field(default_factory=list)
    resources: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    def take(self, path: str, body: bytes) -> None:
        self.raw.append(body)
        if path == "/v1/traces":
            for traced in ExportTraceServiceRequest.FromString(body).resource_spans:
                self.resources.append(_plain(traced.resource.attributes))
                self.spans += [_span(s) for sc in traced.scope_spans for s in sc.spans]
        elif path == "/v1/metrics":
            for counted in ExportMetricsServiceRequest.FromString(
                body
            ).resource_metrics:
                self.resources.append(_plain(counted.resource.attributes))
                for scope in counted.scope_metrics:
                    self.figures |= {one.name: one for one in scope.metrics}
        else:
            for logged in ExportLogsServiceRequest.FromString(body).resource_logs:
                self.lines += [r for sc in logged.scope_logs for r in sc.log_records]

    def named(self, name: str) -> list[Span]:
        return [span for span in self.spans if span.name == name]

    def path(self, span: Span) -> list[str]:
        """The names from the trace's root down to that span."""
        by_id = {one.id: one for one in self.spans if one.trace == span.trace}
        names = [span.name]
        while span.parent in by_id:
            span = by_id[span.parent]
            names.insert(0, span.name)
        return names

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[Self]:
        collector = cls()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.take(self.path, body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nobody wants to read it."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            collector.address = f"http://127.0.0.1:{server.server_port}"
            thread = Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield collector
            server.shutdown()
            thread.join()


def _plain(pairs: Any) -> dict[str, Any]:
    return {p.key: getattr(p.value, p.value.WhichOneof("value")) for p in pairs}


def _span(sent: Any) -> Span:
    return Span(
        sent.name,
        sent.trace_id.hex(),
        sent.span_id.hex(),
        sent.parent_span_id.hex(),
        _plain(sent.attributes),
        [link.trace_id.hex() for link in sent.links],
        sent.status.code == sent.status.STATUS_CODE_ERROR,
    )
