"""Which part of an input is wrong, and why: in our words, and never echoing it.

GraphQL's own messages name no path a program could use, and quote what was sent,
passwords included. The library still decides what is wrong; this explains.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from graphql import GraphQLError, GraphQLInputType, GraphQLSchema
from graphql.language import (
    ArgumentNode,
    DocumentNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.pyutils import Undefined
from graphql.type import (
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)
from graphql.utilities import type_from_ast
from graphql.validation import ValuesOfCorrectTypeRule

from domain.errors import InvalidInput, Problem

PROBLEMS_MAX = 20
_SHAPES = {
    "Int": "must be a whole number between -2147483648 and 2147483647",
    "Float": "must be a number",
    "String": "must be a string",
    "ID": "must be a string",
    "Boolean": "must be true or false",
}


def problems(value: Any, type_: GraphQLInputType, path: str) -> Iterator[Problem]:
    """Everything wrong with `value`, which is what JSON holds, or a literal."""
    value = _opened(value)
    if isinstance(value, VariableNode):
        return  # its own value is looked at where it is given
    if is_non_null_type(type_):
        if value is Undefined:
            yield Problem(path, "is required")
        elif value is None:
            yield Problem(path, "must not be null")
        else:
            yield from problems(value, type_.of_type, path)
    elif value is None or value is Undefined:
        return
    elif is_list_type(type_):
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            yield from problems(item, type_.of_type, f"{path}.{index}")
    elif is_input_object_type(type_):
        yield from _of_object(value, type_, path)
    else:
        reason = _leaf_reason(value, type_)
        if reason is not None:
            yield Problem(path, reason)


def _of_object(value: Any, type_: Any, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(path, "must be an object")
        return
    for name, field in type_.fields.items():
        # What is left out and has a default is not looked at.
        if name in value or is_required_input_field(field):
            given = value.get(name, Undefined)
            yield from problems(given, field.type, _joined(path, name))
    for name in value:
        if name not in type_.fields:
            yield Problem(_joined(path, _printable(str(name))), "is not known here")


def _joined(path: str, name: str) -> str:
    """A dotted path. An argument called `input` is only a wrapper: it is left out."""
    return name if path in ("", "input") else f"{path}.{name}"


def _printable(name: str) -> str:
    """A client's own name, in valid Unicode and of bounded length."""
    return name.encode(errors="backslashreplace").decode()[:100]


def _opened(value: Any) -> Any:
    """A literal's lists, objects and nulls as those of Python; leaves stay nodes."""
    if isinstance(value, NullValueNode):
        return None
    if isinstance(value, ListValueNode):
        return list(value.values)
    if isinstance(value, ObjectValueNode):
        return {field.name.value: field.value for field in value.fields}
    return value


def _leaf_reason(value: Any, type_: Any) -> str | None:
    try:
        if isinstance(value, ValueNode):
            coerced = type_.parse_literal(value)
        else:
            coerced = type_.parse_value(value)
        if coerced is not Undefined:
            return None
        said = ""
    except Exception as err:  # noqa: BLE001  whatever a scalar raises means: not this
        said = str(err)
    if is_enum_type(type_):
        return f"must be one of {', '.join(type_.values)}"
    otherwise = said if said.startswith("must ") else f"must be a {type_.name}"
    return _SHAPES.get(type_.name, otherwise)


class NamedValues(ValuesOfCorrectTypeRule):
    """The library's rule for literals, telling field and reason."""

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        self._root = node.name.value

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> None:
        self._root = node.variable.name.value

    def is_valid_value_node(
        self, node: ValueNode, input_type: GraphQLInputType | None
    ) -> Any:
        self._value, self._type, self._told = node, input_type, False
        return super().is_valid_value_node(node, input_type)

    def report_error(self, error: GraphQLError) -> None:
        """Called for each thing wrong with a value; the first call tells them all."""
        if not self._told and self._type is not None:
            self._told = True
            super().report_error(_explained(error, self._value, self._type, self._root))


def explain_variable(
    error: GraphQLError,
    schema: GraphQLSchema,
    document: DocumentNode,
    variables: Mapping[str, Any],
) -> GraphQLError:
    """`error` about the value of a variable, naming the argument it was for."""
    definition = next(iter(error.nodes or ()), None)
    if not isinstance(definition, VariableDefinitionNode):
        return error
    name = definition.variable.name.value
    type_: Any = type_from_ast(schema, definition.type)
    uses = (path for used, path in _uses(document) if used == name)
    value = variables.get(name, Undefined)
    return _explained(error, value, type_, next(uses, name))


def _explained(
    error: GraphQLError, value: Any, type_: GraphQLInputType, root: str
) -> GraphQLError:
    """`error` in the words of `InvalidInput`, if we see too what is wrong."""
    found = list(islice(problems(value, type_, root), PROBLEMS_MAX))
    if not found:
        return error
    cause = InvalidInput(found)
    return GraphQLError(cause.message, nodes=error.nodes, original_error=cause)


def _uses(document: DocumentNode) -> list[tuple[str, str]]:
    """Each variable of the document, and a path it is used at."""
    found: list[tuple[str, str]] = []

    class Uses(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
            found.extend(_variables(node.value, node.name.value))

    visit(document, Uses())
    return found


def _variables(node: ValueNode, path: str) -> Iterator[tuple[str, str]]:
    value = _opened(node)
    if isinstance(value, VariableNode):
        yield value.name.value, path
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _variables(item, f"{path}.{index}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _variables(item, _joined(path, name))
