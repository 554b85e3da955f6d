"""Spans: what was done within what, and how long it took.

Nothing unless somebody records them, which `app.telemetry` does:

    with span("loader user", {"dashboard.keys": 3}):
        ...

Attributes name operations and counts, never what was sent: no values, no addresses.
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import TracebackType
from typing import Protocol, Self

Value = str | int | float | bool
Attributes = Mapping[str, Value]
NONE: Attributes = {}


class Kind(Enum):
    INTERNAL = auto()
    SERVER = auto()  # answers somebody outside
    CLIENT = auto()  # asks somebody outside
    CONSUMER = auto()  # does what an event wants


class Span:
    """One that nobody records. As a block it is what is being done just now, in this
    task and those it starts; otherwise `end` ends it.
    """

    is_recorded = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends it; `error` is noted by its name."""

    def rename(self, name: str) -> None: ...

    def note(self, name: str, value: Value) -> None: ...

    def fail(self, why: str, *, ours: bool = True) -> None:
        """It did not work; `ours` unless whoever asked is to blame."""

    def end(self) -> None: ...


class Recorder(Protocol):
    def span(self, name: str, attributes: Attributes, kind: Kind) -> Span: ...

    def trace(
        self,
        name: str,
        attributes: Attributes,
        kind: Kind,
        parent: str | None,
        cause: str | None,
    ) -> Span: ...

    def here(self) -> str | None: ...


_NOTHING = Span()
_recorder: Recorder | None = None


def record_with(recorder: Recorder | None) -> None:
    """From now on, in the whole process; None: nobody records any more."""
    global _recorder  # noqa: PLW0603  one per process, as the figures are
    _recorder = recorder


def is_recording() -> bool:
    return _recorder is not None


def span(name: str, attributes: Attributes = NONE, kind: Kind = Kind.INTERNAL) -> Span:
    """A part of what is being done just now; nothing outside of a recorded trace."""
    if _recorder is None:
        return _NOTHING
    return _recorder.span(name, attributes, kind)


def trace(
    name: str,
    attributes: Attributes = NONE,
    kind: Kind = Kind.SERVER,
    *,
    parent: str | None = None,
    cause: str | None = None,
) -> Span:
    """Something new: a trace of its own, or what the `parent` far away has us do.

    `parent` and `cause`, which is only pointed at, are W3C `traceparent` texts; what
    is none counts as None.
    """
    if _recorder is None:
        return _NOTHING
    return _recorder.trace(name, attributes, kind, parent, cause)


def here() -> str | None:
    """The `traceparent` of what is being done just now; None when nobody records."""
    return None if _recorder is None else _recorder.here()


def ids() -> tuple[str, str] | None:
    """The trace's id and the span's, in hexadecimal."""
    place = here()
    if place is None:
        return None
    _, trace_id, span_id, _ = place.split("-")
    return trace_id, span_id
