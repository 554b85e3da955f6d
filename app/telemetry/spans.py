"""Spans as OpenTelemetry has them, for `kit.tracing`."""

from contextvars import Token
from types import TracebackType
from typing import Self

from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from domain.errors import DashboardError
from kit.tracing import Attributes, Kind, Span, Value

KINDS = {
    Kind.INTERNAL: SpanKind.INTERNAL,
    Kind.SERVER: SpanKind.SERVER,
    Kind.CLIENT: SpanKind.CLIENT,
    Kind.CONSUMER: SpanKind.CONSUMER,
}
SERVER_ERROR = 500
_NOTHING = Span()
_EMPTY = Context()
_W3C = TraceContextTextMapPropagator()


class Spans:
    """Records with the SDK's tracer, whose sampler decides about each trace."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def span(self, name: str, attributes: Attributes, kind: Kind) -> Span:
        if not trace.get_current_span().is_recording():
            return _NOTHING
        made = self._tracer.start_span(name, kind=KINDS[kind], attributes=attributes)
        return Recorded(made)

    def trace(
        self,
        name: str,
        attributes: Attributes,
        kind: Kind,
        parent: str | None,
        cause: str | None,
    ) -> Span:
        linked = trace.get_current_span(_far(cause)).get_span_context()
        made = self._tracer.start_span(
            name,
            context=_far(parent),
            kind=KINDS[kind],
            attributes=attributes,
            links=[Link(linked)] if linked.is_valid else [],
        )
        # One that is not sampled is current all the same: what is within asks it.
        return Recorded(made)

    def here(self) -> str | None:
        place = trace.get_current_span().get_span_context()
        if not place.is_valid:
            return None
        return f"00-{place.trace_id:032x}-{place.span_id:016x}-{place.trace_flags:02x}"


class Recorded(Span):
    """One span of the SDK's."""

    def __init__(self, made: trace.Span) -> None:
        self._made = made
        self._before: Token[Context] | None = None
        self.is_recorded = made.is_recording()

    def __enter__(self) -> Self:
        self._before = contexts.attach(trace.set_span_in_context(self._made))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            contexts.detach(self._before)
        if error is not None:
            self.fail(*_said_of(error))
        self.end()

    def rename(self, name: str) -> None:
        self._made.update_name(name)

    def note(self, name: str, value: Value) -> None:
        self._made.set_attribute(name, value)

    def fail(self, why: str, ours: bool = True) -> None:  # noqa: FBT001, FBT002
        self._made.set_attribute("error.type", why)
        if ours:
            self._made.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        self._made.end()


def _said_of(error: BaseException) -> tuple[str, bool]:
    """A name for it, without its words, which may quote what was sent."""
    if isinstance(error, DashboardError):
        return error.code, error.http_status >= SERVER_ERROR
    return type(error).__name__, isinstance(error, Exception)


def _far(place: str | None) -> Context:
    if place is None:
        return _EMPTY
    return _W3C.extract({"traceparent": place}, context=_EMPTY)
