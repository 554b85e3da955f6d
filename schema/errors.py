"""From what went wrong to what a client is told: one mapping for every transport."""

import logging
import re
from typing import Any

from graphql import GraphQLError

from domain.errors import INTERNAL_ERROR, DashboardError, InvalidInput

_log = logging.getLogger(__name__)
_ARGUMENT = re.compile(r"[Aa]rgument '(?:[\w.]+\()?(\w+)")
_SNAKE = re.compile(r"_([a-z])")


def to_wire(error: GraphQLError, request_id: str) -> GraphQLError:
    """`error` with a message and `extensions.code` that may leave the service.

    A `DashboardError` keeps its message, and its details in camel case; it is the
    result's `original_error`. What the GraphQL library itself refuses in a request
    is a VALIDATION_ERROR naming an argument, or else the query. Anything else is a
    bug: it is logged, and told as INTERNAL_ERROR with the request id and no words.
    """
    if "code" in (error.extensions or {}):
        return error
    cause = _cause_of(error)
    if isinstance(cause, DashboardError):
        return _told(error, cause.message, extensions_of(cause), cause)
    if cause is None and (error.path is None or _ARGUMENT.match(error.message)):
        return _told(error, error.message, extensions_of(_refusal(error)), None)
    _log.error(
        "a field failed: %s",
        ".".join(str(step) for step in error.path or ()),
        exc_info=cause or error,
        extra={"fields": {"request_id": request_id}},
    )
    said = {"code": INTERNAL_ERROR, "details": {"requestId": request_id}}
    return _told(error, "Internal server error", said, None)


def extensions_of(error: DashboardError) -> dict[str, Any]:
    """`code`, and `details` when there are any."""
    said: dict[str, Any] = {"code": error.code}
    if error.details is not None:
        said["details"] = {_camel(name): value for name, value in error.details.items()}
    return said


def _cause_of(error: GraphQLError) -> Exception | None:
    """What was raised, however often it was wrapped; None for the library itself."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _refusal(error: GraphQLError) -> InvalidInput:
    message = error.message
    argument = _ARGUMENT.search(message)
    if argument is None:
        return InvalidInput.of("query", message)
    if "is required" in message:
        message = "is required"
    elif message.startswith("Unknown"):
        message = "is not known here"
    return InvalidInput.of(argument[1], message)


def _camel(name: str) -> str:
    return _SNAKE.sub(lambda match: match[1].upper(), name)


def _told(
    error: GraphQLError,
    message: str,
    extensions: dict[str, Any],
    cause: DashboardError | None,
) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        original_error=cause,
        extensions=extensions,
    )
