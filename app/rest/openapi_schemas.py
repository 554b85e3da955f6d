"""JSON Schema as pydantic writes it, made into what a reader wants to see."""

from typing import Any

REFERENCE = "#/components/schemas/{model}"


def tidy(schema: Any) -> Any:
    """Without titles that repeat a name, and defaults that only mean "left out"."""
    if isinstance(schema, list):
        return [tidy(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _named(value) if key in ("properties", "$defs") else tidy(value)
        for key, value in schema.items()
        if not _is_noise(key, value)
    }


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, which is absent rather than null."""
    if "anyOf" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    kinds = [one for one in schema["anyOf"] if one != {"type": "null"}]
    return {**kinds[0], **rest} if len(kinds) == 1 else {**rest, "anyOf": kinds}


def _named(schemas: dict[str, Any]) -> dict[str, Any]:
    return {name: tidy(schema) for name, schema in schemas.items()}


def _is_noise(key: str, value: object) -> bool:
    return key == "title" or (key == "default" and value is None)
