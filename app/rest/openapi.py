"""The OpenAPI 3.1 document of `/api/v1`, made from the table and its models."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from app.rest.envelope import API_VERSION, MEDIA_TYPE, Failure
from app.rest.openapi_parameters import parameters
from app.rest.openapi_responses import JSON, Schemas, responses
from app.rest.openapi_schemas import REFERENCE, tidy
from app.rest.operation import Access, NoBody, Operation
from app.rest.table import OPERATIONS
from kit.jsonio import dumps

PREFIX = "/api/v1"
DESCRIPTION = """The routes of the architecture document, in its envelope.

Sign in with `POST /api/v1/auth/login` and send `Authorization: Bearer <access_token>`.
Times are RFC 3339 in UTC. In a query, an empty parameter counts as absent, and names
such as `ADMIN` may be written in any case."""


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
        "responses": responses(operation, schemas),
    }
    if operation.body is not NoBody:
        fields = operation.body.model_fields.values()
        described["requestBody"] = {
            "required": any(field.is_required() for field in fields),
            "content": {MEDIA_TYPE: {"schema": schemas[operation.body]}},
        }
    return described
