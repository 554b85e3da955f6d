"""The OpenAPI 3.1 document of `/api/v1`, made from the table and its models."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from app.rest.envelope import (
    API_VERSION,
    INTERNAL_MESSAGE,
    MEDIA_TYPE,
    Failure,
)
from app.rest.openapi_parameters import parameters
from app.rest.openapi_schemas import REFERENCE, tidy
from app.rest.operation import Access, NoBody, Operation
from app.rest.table import OPERATIONS
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
from kit.jsonio import dumps

PREFIX = "/api/v1"
ANY_ROUTE = (InvalidInput, NotAcceptable, RateLimited, Unavailable, TimedOut)
WITH_BODY = (InvalidJson, PayloadTooLarge, UnsupportedMediaType)
# What is answered before any route is looked for: status, code, words.
BEFORE_ANY_ROUTE = (
    (400, InvalidInput.code, "The Host header is none of ours"),
    (408, TimedOut.code, "The body did not arrive in time"),
    (500, INTERNAL_ERROR, INTERNAL_MESSAGE),
)
WITH_TOKEN = (NotAuthenticated, TokenExpired, NotAllowed)
DESCRIPTION = """The routes of the architecture document, in its envelope.

Sign in with `POST /api/v1/auth/login` and send `Authorization: Bearer <access_token>`.
Times are RFC 3339 in UTC. In a query, an empty parameter counts as absent, and names
such as `ADMIN` may be written in any case."""
JSON = dict[str, Any]
Schemas = Mapping[Any, JSON]


@cache
def as_json() -> bytes:
    return dumps(document())


def document() -> JSON:
    """The document; equal for equal code."""
    schemas, components = _schemas()
    paths: dict[str, JSON] = {}
    for operation in OPERATIONS:
        found, enums = parameters(operation)
        components |= enums
        path = paths.setdefault(f"{PREFIX}{operation.path}", {})
        path[operation.method.lower()] = _described(operation, found, schemas)
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT or API key"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "User Dashboard",
            "version": API_VERSION,
            "description": DESCRIPTION,
        },
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "securitySchemes": {"bearer": bearer},
        },
    }


def _schemas() -> tuple[Schemas, dict[str, JSON]]:
    """The schema of each model the table names, and the components they refer to."""
    bodies = {one.body for one in OPERATIONS} - {NoBody}
    in_envelope = [one for one in OPERATIONS if not one.is_file]
    said = [shape for one in in_envelope for shape in (one.shape, one.meta)]
    wanted: list[tuple[Any, JsonSchemaMode, TypeAdapter[Any]]] = [
        *((body, "validation", TypeAdapter(body)) for body in bodies),
        *(
            (str(shape), "serialization", TypeAdapter(shape))
            for shape in [*said, Failure]
        ),
    ]
    made, rest = TypeAdapter.json_schemas(wanted, ref_template=REFERENCE)
    schemas = {model: tidy(schema) for (model, _), schema in made.items()}
    return schemas, {name: tidy(one) for name, one in rest["$defs"].items()}


def _described(operation: Operation, found: list[JSON], schemas: Schemas) -> JSON:
    described: JSON = {
        "operationId": operation.name,
        "tags": [operation.path.split("/")[1].partition(".")[0]],
        "summary": operation.summary,
        "description": f"For {operation.access.value}.",
        "security": [] if operation.access is Access.ANYONE else [{"bearer": []}],
        "parameters": found,
        "responses": _responses(operation, schemas),
    }
    if operation.body is not NoBody:
        fields = operation.body.model_fields.values()
        described["requestBody"] = {
            "required": any(field.is_required() for field in fields),
            "content": {MEDIA_TYPE: {"schema": schemas[operation.body]}},
        }
    return described


def _responses(operation: Operation, schemas: Schemas) -> dict[str, JSON]:
    said = dict(operation.answer_headers)
    has_tag = operation.method == "GET" and not operation.is_file
    if has_tag:
        said["ETag"] = "Of the data, whenever they were asked for"
    headers = {name: _header(text) for name, text in said.items()}
    responses = {
        str(operation.status): {
            "description": "Done",
            "headers": headers,
            "content": {operation.media_type: {"schema": _done(operation, schemas)}},
        }
    }
    if has_tag:
        responses["304"] = {
            "description": "What `If-None-Match` names is still so",
            "headers": headers,
        }
    by_status: dict[int, dict[str, str]] = {}
    for status, code, words in BEFORE_ANY_ROUTE:
        by_status.setdefault(status, {})[code] = words
    for error in _errors(operation):
        by_status.setdefault(error.http_status, {})[error.code] = error.default_message
    for status, codes in sorted(by_status.items()):
        responses[str(status)] = _failure(status, codes, schemas)
    return responses


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
