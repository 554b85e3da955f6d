"""What an operation costs, told before it is executed.

An object costs 2, a value 1, and what is asked of a list as often as
`schema.list_sizes` says. Both branches of a condition count, and fields of all the
types there may be, so that nothing costs more than it is said to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    value_from_ast_untyped,
)
from graphql.pyutils import Undefined
from graphql.type import (
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from schema.list_sizes import SIZES, Size

OBJECT, VALUE = 2, 1
Variables = Mapping[str, Any]


@dataclass(frozen=True)
class _Arguments:
    """Those of one field, as they are written."""

    nodes: Sequence[ArgumentNode] = ()

    @property
    def vary(self) -> bool:
        return any(_has_variable(node.value) for node in self.nodes)

    def given(self, variables: Variables) -> dict[str, Any]:
        """By name; what is a variable that was not given is left out."""
        values = (
            (node.name.value, value_from_ast_untyped(node.value, dict(variables)))
            for node in self.nodes
        )
        return {name: value for name, value in values if value is not Undefined}


@dataclass(frozen=True)
class Price:
    """A sum: what is fixed, and parts as often as their variables say."""

    fixed: int = 0
    parts: tuple[tuple[Size, _Arguments, "Price"], ...] = ()

    def of(self, variables: Variables) -> int:
        """The cost with these variables, defaults included."""
        if not self.parts:
            return self.fixed
        return self.fixed + sum(
            size(arguments.given(variables)) * part.of(variables)
            for size, arguments, part in self.parts
        )

    def times(self, size: Size, arguments: _Arguments) -> "Price":
        if self.parts or arguments.vary:
            return Price(parts=((size, arguments, self),))
        return Price(size(arguments.given({})) * self.fixed)

    @classmethod
    def sum(cls, prices: Iterator["Price"]) -> "Price":
        all_ = list(prices)
        parts = [part for one in all_ for part in one.parts]
        return cls(sum(one.fixed for one in all_), tuple(parts))


def price_of(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
) -> Price:
    """The price of an operation of a valid document."""
    root = schema.get_root_type(operation.operation)
    assert root is not None
    pricing = _Pricing(schema, document)
    return pricing.inside(operation.selection_set, root, _Arguments())


def with_defaults(
    operation: OperationDefinitionNode, variables: Variables | None
) -> Variables:
    """`variables` and those that are not given, as the operation says."""
    defaults = {
        one.variable.name.value: value_from_ast_untyped(one.default_value)
        for one in operation.variable_definitions or ()
        if one.default_value is not None
    }
    return {**defaults, **(variables or {})}


class _Pricing:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            one.name.value: one
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }

    def inside(
        self, selections: SelectionSetNode, type_: GraphQLCompositeType, of: _Arguments
    ) -> Price:
        """What is selected of `type_`; `of` are the nearest arguments above."""
        return Price.sum(self._each(selections, type_, of))

    def _each(
        self, selections: SelectionSetNode, type_: GraphQLCompositeType, of: _Arguments
    ) -> Iterator[Price]:
        for one in selections.selections:
            if isinstance(one, FieldNode):
                yield self._field(one, type_, of)
            elif isinstance(one, InlineFragmentNode):
                on = self._type(one.type_condition) or type_
                yield self.inside(one.selection_set, on, of)
            elif isinstance(one, FragmentSpreadNode):
                fragment = self._fragments[one.name.value]
                on = self._type(fragment.type_condition) or type_
                yield self.inside(fragment.selection_set, on, of)

    def _field(
        self, node: FieldNode, type_: GraphQLCompositeType, of: _Arguments
    ) -> Price:
        field = self._schema.get_field(type_, node.name.value)
        assert field is not None
        inner = get_named_type(field.type)
        if not is_composite_type(inner):
            return Price(VALUE)
        if field.args:
            of = _Arguments(node.arguments or ())
        assert node.selection_set is not None
        item = self.inside(node.selection_set, inner, of)
        price = Price(item.fixed + OBJECT, item.parts)
        size = SIZES.get(f"{type_.name}.{node.name.value}")
        is_list = is_list_type(get_nullable_type(field.type))
        # Lists of the schema itself have no size: their depth is what is bounded.
        return price.times(size, of) if is_list and size else price

    def _type(self, condition: NamedTypeNode | None) -> GraphQLCompositeType | None:
        if condition is None:
            return None
        found = self._schema.get_type(condition.name.value)
        assert is_composite_type(found)
        return found


def _has_variable(node: Any) -> bool:
    if isinstance(node, ListValueNode):
        return any(_has_variable(one) for one in node.values)
    return isinstance(node, VariableNode)
