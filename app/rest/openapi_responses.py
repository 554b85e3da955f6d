"""The answers of each operation, as the OpenAPI document says them."""

from collections.abc import Mapping
from typing import Any

from app.rest.envelope import INTERNAL_MESSAGE, MEDIA_TYPE, Failure
from app.rest.operation import Access, NoBody, Operation
from domain.errors import (
    INTERNAL_ERROR,
    DashboardError,
    InvalidInput,
    InvalidJson,
    NotAcceptable,
    NotAllowed,
    NotAuthenticated,
    PayloadTooLarge,
    RateLimited,
    TimedOut,
    TokenExpired,
    Unavailable,
    UnsupportedMediaType,
)

ANY_ROUTE = (InvalidInput, NotAcceptable, RateLimited, Unavailable, TimedOut)
WITH_BODY = (InvalidJson, PayloadTooLarge, UnsupportedMediaType)
# What is answered before any route is looked for: status, code, words.
BEFORE_ANY_ROUTE = (
    (400, InvalidInput.code, "The Host header is none of ours"),
    (408, TimedOut.code, "The body did not arrive in time"),
    (500, INTERNAL_ERROR, INTERNAL_MESSAGE),
)
WITH_TOKEN = (NotAuthenticated, TokenExpired, NotAllowed)
JSON = dict[str, Any]
Schemas = Mapping[Any, JSON]


def responses(operation: Operation, schemas: Schemas) -> dict[str, JSON]:
    """Each answer by its status: the one that is meant, then what may go wrong."""
    said = dict(operation.answer_headers)
    has_tag = operation.method == "GET" and not operation.is_file
    if has_tag:
        said["ETag"] = "Of the data, whenever they were asked for"
    headers = {name: _header(text) for name, text in said.items()}
    found = {
        str(operation.status): {
            "description": "Done",
            "headers": headers,
            "content": {operation.media_type: {"schema": _done(operation, schemas)}},
        }
    }
    if has_tag:
        found["304"] = {
            "description": "What `If-None-Match` names is still so",
            "headers": headers,
        }
    by_status: dict[int, dict[str, str]] = {}
    for status, code, words in BEFORE_ANY_ROUTE:
        by_status.setdefault(status, {})[code] = words
    for error in _errors(operation):
        by_status.setdefault(error.http_status, {})[error.code] = error.default_message
    for status, codes in sorted(by_status.items()):
        found[str(status)] = _failure(status, codes, schemas)
    return found


def _errors(operation: Operation) -> list[type[DashboardError]]:
    errors = [*ANY_ROUTE, *operation.errors]
    if operation.body is not NoBody:
        errors.extend(WITH_BODY)
    if operation.access is not Access.ANYONE:
        errors.extend(WITH_TOKEN)
    return errors


def _done(operation: Operation, schemas: Schemas) -> JSON:
    if operation.is_file:
        return {"type": "string"}
    return {
        "type": "object",
        "required": ["success", "data", "meta"],
        "properties": {
            "success": {"const": True},
            "data": schemas[str(operation.shape)],
            "meta": schemas[str(operation.meta)],
        },
    }


def _failure(status: int, codes: Mapping[str, str], schemas: Schemas) -> JSON:
    code = {"properties": {"code": {"enum": sorted(codes)}}}
    narrowed = {"properties": {"error": code}}
    content = {
        "schema": {"allOf": [schemas[str(Failure)], narrowed]},
        "examples": {one: {"value": _example(one, codes[one])} for one in codes},
    }
    failure: JSON = {
        "description": "; ".join(f"`{one}`: {codes[one]}" for one in sorted(codes)),
        "content": {MEDIA_TYPE: content},
    }
    if status == NotAuthenticated.http_status:
        failure["headers"] = {"WWW-Authenticate": _header("Always `Bearer`")}
    if status in (RateLimited.http_status, Unavailable.http_status):
        failure["headers"] = {"Retry-After": _header("Seconds to wait")}
    return failure


def _example(code: str, message: str) -> JSON:
    details: JSON = {}
    if code == InvalidInput.code:
        details = dict(InvalidInput.of("email", "must be an e-mail address").details)
    error = {"code": code, "message": message, "details": details}
    return {"success": False, "error": error}


def _header(description: str) -> JSON:
    return {
        "description": description,
        "required": True,
        "schema": {"type": "string"},
    }
