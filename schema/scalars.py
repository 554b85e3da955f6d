"""Scalars of our own: how a moment and a set of tags look on the wire."""

from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from kit.times import parse_rfc3339, rfc3339

DateTime = NewType("DateTime", int)
"""Epoch milliseconds inside the service, RFC 3339 outside."""

Tags = NewType("Tags", dict[str, str])
"""Called JSON in the schema, and always an object."""


def _parse_moment(value: Any) -> int:
    try:
        return parse_rfc3339(value if isinstance(value, str) else "")
    except ValueError as err:
        raise GraphQLError(str(err)) from err


def _parse_tags(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise GraphQLError("must be an object of strings")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A moment: RFC 3339, in UTC, with milliseconds and `Z`. "
        "Any offset is understood in input.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339",
        serialize=rfc3339,
        parse_value=_parse_moment,
    ),
    Tags: strawberry.scalar(
        name="JSON",
        description="An object of strings.",
        serialize=dict,
        parse_value=_parse_tags,
    ),
}
