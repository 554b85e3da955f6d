"""Log lines as JSON, one object a line, each with the request it belongs to."""

import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any, TextIO

from kit import tracing
from kit.jsonio import dumps
from kit.times import rfc3339

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class JsonLines(logging.Formatter):
    """One line of what `fields_of` says."""

    def format(self, record: logging.LogRecord) -> str:
        return _encoded(fields_of(record))


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """`time`, `level`, `logger`, `message`, `request_id`, `trace_id` and `span_id`
    where spans are recorded, what `extra={"fields": …}` adds, and `error` with the
    traceback of an exception.
    """
    line: dict[str, Any] = {
        "time": rfc3339(int(record.created * 1_000)),
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage(),
    }
    if (current := request_id.get()) is not None:
        line["request_id"] = current
    if (place := tracing.ids()) is not None:
        line["trace_id"], line["span_id"] = place
    line.update(getattr(record, "fields", {}))
    if record.exc_info and record.exc_info[0]:
        line["error"] = "".join(traceback.format_exception(*record.exc_info))
    return line


def set_up_logging(level: str, stream: TextIO | None = None) -> None:
    """Sends every logger of the process through `JsonLines` to `stream` (stderr)."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("pymongo", "asyncio", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))


def _encoded(line: dict[str, Any]) -> str:
    try:
        return dumps(line).decode()
    except TypeError:  # a lone surrogate, or a value JSON has no form for
        safe = {key: repr(value) for key, value in line.items()}
        return dumps(safe).decode()
