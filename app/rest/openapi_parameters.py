"""The parameters of an operation: in its path, its query and its headers."""

import re
from typing import Any, get_origin

from app.rest.openapi_schemas import REFERENCE, tidy, without_null
from app.rest.operation import Operation
from app.rest.values import is_by_commas

IF_NONE_MATCH = {
    "description": "ETags at hand: 304 when one of them still is the answer.",
    "schema": {"type": "string"},
}
JSON = dict[str, Any]


def parameters(operation: Operation) -> tuple[list[JSON], dict[str, JSON]]:
    """The parameters, and the components that their schemas refer to."""
    path: list[JSON] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    headers = dict(operation.headers)
    if operation.method == "GET" and not operation.is_file:
        headers["If-None-Match"] = IF_NONE_MATCH
    sent = [{"name": name, "in": "header", **one} for name, one in headers.items()]
    query, components = _query(operation)
    return [*path, *query, *sent], components


def _query(operation: Operation) -> tuple[list[JSON], dict[str, JSON]]:
    schema = tidy(operation.query.model_json_schema(ref_template=REFERENCE))
    found = []
    for name, field in operation.query.model_fields.items():
        called = field.alias or name
        described = without_null(schema["properties"][called])
        parameter: JSON = {
            "name": called,
            "in": "query",
            "required": field.is_required(),
            "schema": described,
        }
        if "description" in described:
            parameter["description"] = described.pop("description")
        if get_origin(field.annotation) is tuple:
            parameter |= {"style": "form", "explode": not is_by_commas(field)}
        elif not field.is_required():
            parameter["allowEmptyValue"] = True
        found.append(parameter)
    return found, schema.get("$defs", {})
