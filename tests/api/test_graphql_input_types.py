"""Input of the wrong type is named, wherever it stands, and told why."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql.type import (
    get_named_type,
    is_composite_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)

from domain.users import User
from resolvers.context import Services
from schema.build import build_schema
from tests.support.clients import GraphQLClient, nobody, signed_in
from tests.support.factories import make_admin

CORE = build_schema()._schema
# Of each leaf type: a value that is right, and one of another type.
RIGHT: dict[str, Any] = {
    "Int": 1,
    "Float": 1.5,
    "String": "x",
    "ID": "x",
    "Boolean": True,
    "DateTime": "2025-06-21T10:00:00Z",
    "JSON": {},
}
WRONG: dict[str, Any] = {
    "Int": "one",
    "Float": "one",
    "String": 1,
    "ID": True,
    "Boolean": "yes",
    "DateTime": "yesterday",
    "JSON": 5,
}


class EnumName(str):
    __slots__ = ()


def right(type_: Any) -> Any:
    if is_non_null_type(type_):
        return right(type_.of_type)
    if is_list_type(type_):
        return [right(type_.of_type)]
    if is_enum_type(type_):
        return EnumName(next(iter(type_.values)))
    if is_input_object_type(type_):
        return {
            name: right(field.type)
            for name, field in type_.fields.items()
            if is_required_input_field(field)
        }
    return RIGHT[type_.name]


def wrong(type_: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Wrong values, each with the path of what is wrong about it."""
    if is_non_null_type(type_):
        yield path, None
        yield from wrong(type_.of_type, path)
    elif is_list_type(type_):
        for inner, value in wrong(type_.of_type, f"{path}.0"):
            yield inner, [value]
    elif is_enum_type(type_):
        yield path, "NO_SUCH_VALUE"
    elif is_input_object_type(type_):
        yield path, 5
        dotted = "" if path == "input" else f"{path}."
        yield f"{dotted}noSuchField", {**right(type_), "noSuchField": 1}
        for name, field in type_.fields.items():
            for inner, value in wrong(field.type, f"{dotted}{name}"):
                yield inner, {**right(type_), name: value}
    else:
        yield path, WRONG[type_.name]


@pytest.fixture
async def boss(services: Services) -> User:
    return await make_admin(services, name="Boss")


@pytest.fixture
async def admin(
    http: httpx.AsyncClient, services: Services, boss: User
) -> GraphQLClient:
    return await signed_in(http, services, boss)


def literal(value: Any) -> str:
    """`value` as GraphQL writes it."""
    if isinstance(value, EnumName):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value)


def selection(type_: Any) -> str:
    return "{ __typename }" if is_composite_type(get_named_type(type_)) else ""


def with_variables(root: str, name: str, field: Any, given: dict[str, Any]) -> str:
    declared = ", ".join(f"${a}: {field.args[a].type}" for a in given)
    passed = ", ".join(f"{a}: ${a}" for a in given)
    chosen = selection(field.type)
    return f"{root.lower()} ({declared}) {{ {name}({passed}) {chosen} }}"


def with_literals(root: str, name: str, field: Any, given: dict[str, Any]) -> str:
    passed = ", ".join(f"{a}: {literal(value)}" for a, value in given.items())
    return f"{root.lower()} {{ {name}({passed}) {selection(field.type)} }}"


def cases() -> Iterator[tuple[str, str, Any, str, dict[str, Any]]]:
    """Root, field, and all it needs, of which what is at the path is wrong."""
    for root in ("Query", "Mutation"):
        core: Any = CORE.type_map[root]
        for name, field in core.fields.items():
            needed = {
                other: right(definition.type)
                for other, definition in field.args.items()
                if is_required_argument(definition)
            }
            for argument, definition in field.args.items():
                for path, value in wrong(definition.type, argument):
                    yield root, name, field, path, {**needed, argument: value}


@pytest.mark.parametrize("in_variables", [True, False])
async def test_a_value_of_the_wrong_type_is_named_wherever_it_stands(
    http: httpx.AsyncClient, *, in_variables: bool
) -> None:
    """For each argument, input field and list item of the schema."""
    expected, told = [], []
    for root, name, field, path, given in cases():
        text = (with_variables if in_variables else with_literals)(
            root, name, field, given
        )
        answer = await nobody(http).ask(text, **(given if in_variables else {}))
        expected.append((text, given, ["VALIDATION_ERROR"], [path]))
        problems = answer.errors[0]["extensions"]["details"]["errors"]
        told.append((text, given, answer.codes, [p["field"] for p in problems]))
        assert all(problem["reason"] for problem in problems)

    assert told == expected
    assert len(told) > 100


async def test_a_missing_argument_is_named(http: httpx.AsyncClient) -> None:
    for root in ("Query", "Mutation"):
        core: Any = CORE.type_map[root]
        for name, field in core.fields.items():
            required = [a for a, d in field.args.items() if is_required_argument(d)]
            if required:
                text = f"{root.lower()} {{ {name} {selection(field.type)} }}"
                answer = await nobody(http).ask(text)
                told = [e["extensions"]["details"] for e in answer.errors]
                assert [d["field"] for d in told] == required
                assert {d["reason"] for d in told} == {"is required"}


async def test_an_unknown_argument_is_named(http: httpx.AsyncClient) -> None:
    error = await nobody(http).error("{ users(shoeSize: 5) { totalCount } }")

    details = error["extensions"]["details"]
    assert (details["field"], details["reason"]) == ("shoeSize", "is not known here")


async def test_the_same_wrong_variable_is_told_once_with_all_its_reasons(
    http: httpx.AsyncClient,
) -> None:
    error = await nobody(http).error(
        "mutation ($any: [MetricPointInput!]!) "
        "{ recordMetrics(points: $any) { accepted } }",
        any=[{"name": 5, "value": "x"}, {"name": "a.b", "value": None, "kind": 1}],
    )

    assert error["message"] == "points.0.name: must be a string"
    assert error["extensions"]["details"]["errors"] == [
        {"field": "points.0.name", "reason": "must be a string"},
        {"field": "points.0.value", "reason": "must be a number"},
        {"field": "points.1.value", "reason": "must not be null"},
        {
            "field": "points.1.kind",
            "reason": "must be one of COUNTER, GAUGE, DISTRIBUTION",
        },
    ]


async def test_a_point_with_tags_that_are_no_object_is_named(
    admin: GraphQLClient,
) -> None:
    for tags in (5, "x", ["x"], True):
        error = await admin.error(
            "mutation ($v: [MetricPointInput!]!) { recordMetrics(points: $v) "
            "{ accepted } }",
            v=[{"name": "a.b", "value": 1, "tags": tags}],
        )

        assert error["message"] == "points.0.tags: must be an object of strings"
