"""What clients ask, parsed, validated and priced once per text."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import (
    NoSchemaIntrospectionCustomRule,
    ValuesOfCorrectTypeRule,
)

from domain.errors import InvalidInput, QueryTooComplex
from domain.operation_limits import OperationLimits
from schema.cost import Price, price_of, with_defaults
from schema.counting import counted
from schema.inputs import NamedValues
from schema.tokens import scan

ENTRIES_MAX = 1_000
# Parsed, a text takes 90 to 170 bytes a character (measured 2026-11): 30 MB at most.
CHARACTERS_MAX = 200_000
ERRORS_MAX = 20
# Of brackets of any kind: what recurses over a document stays far from the stack's end.
NESTING_MAX = 100
# Characters that are read in less time than it takes to switch threads a few times.
SHORT = 1_000


@dataclass(frozen=True)
class Document:
    """A parsed text. With `errors` it is not to be executed."""

    ast: DocumentNode
    errors: tuple[GraphQLError, ...]
    schema: GraphQLSchema
    _prices: dict[int, Price] = field(default_factory=dict)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to execute.

        Raises:
            InvalidInput: there is none of that name, or several and no name.
        """
        found = [
            definition
            for definition in self.ast.definitions
            if isinstance(definition, OperationDefinitionNode)
            and name in (None, definition.name and definition.name.value)
        ]
        if name is not None and not found:
            raise InvalidInput.of("operationName", "is not in the document")
        if not found:
            raise InvalidInput.of("query", "must contain an operation")
        if len(found) > 1:
            raise InvalidInput.of("operationName", "must say which operation is meant")
        return found[0]

    def cost(self, name: str | None, variables: Mapping[str, Any] | None) -> int:
        """Of the operation to execute, which must be valid; see `schema.cost`."""
        operation = self.operation(name)
        price = self._prices.get(id(operation))
        if price is None:
            price = price_of(self.schema, self.ast, operation)
            self._prices[id(operation)] = price
        if not price.parts:
            return price.fixed
        return price.of(with_defaults(operation, variables))


class Documents:
    """A bounded memory of documents; the least recently used goes first."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool,
        suggestions: bool,
        limits: OperationLimits,
    ) -> None:
        self.limits = limits
        self._schema = schema
        self._hide_suggestions = not suggestions
        self._introspection = introspection
        specified = (
            NamedValues if rule is ValuesOfCorrectTypeRule else rule
            for rule in specified_rules
        )
        closed = () if introspection else (NoSchemaIntrospectionCustomRule,)
        self._rules = (*specified, *closed)
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self._reading = asyncio.Lock()
        self.misses = 0  # texts that had to be parsed

    def get(self, text: str) -> Document:
        """The document of `text`.

        Raises:
            GraphQLError: a syntax error, or more than the limits allow; then its
                `original_error` is `QueryTooComplex`.
        """
        return self._recall(text) or self._keep(text, self._read(text))

    async def fetch(self, text: str) -> Document:
        """As `get`, while others are served: the worst document takes 0.2 s.

        Raises:
            GraphQLError: as `get` does.
        """
        if len(text) <= SHORT:
            return self.get(text)
        known = self._recall(text)
        if known is not None:
            return known
        # One at a time: more of them would only share the time there is.
        async with self._reading:
            document = await asyncio.to_thread(self._read, text)
        return self._recall(text) or self._keep(text, document)

    def _recall(self, text: str) -> Document | None:
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
        return known

    def _keep(self, text: str, document: Document) -> Document:
        self.misses += 1
        self._known[text] = document
        self._characters += len(text)
        while len(self._known) > ENTRIES_MAX or (
            self._characters > CHARACTERS_MAX and len(self._known) > 1
        ):
            oldest, _ = self._known.popitem(last=False)
            self._characters -= len(oldest)
        return document

    def _read(self, text: str) -> Document:
        try:
            return self._checked(text)
        except QueryTooComplex as error:
            raise GraphQLError(error.message, original_error=error) from error

    def _checked(self, text: str) -> Document:
        found = scan(text)
        if found.nesting > NESTING_MAX:
            self.limits.check("depth", max(found.depth, found.nesting))
        self.limits.check("tokens", found.tokens)
        ast = parse(text, allow_empty_selection_sets=False)
        for what, value in counted(ast, introspection=self._introspection):
            self.limits.check(what, value)
        errors = validate(
            self._schema,
            ast,
            self._rules,
            # One more says that there are others.
            max_errors=ERRORS_MAX - 1,
            hide_suggestions=self._hide_suggestions,
        )
        return Document(ast, tuple(errors), self._schema)
