"""What clients ask, parsed and validated once per text."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

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
    ASTValidationRule,
    NoSchemaIntrospectionCustomRule,
    ValuesOfCorrectTypeRule,
)

from domain.errors import InvalidInput
from schema.inputs import NamedValues

ENTRIES_MAX = 1_000
# Parsed, a text takes 90 to 170 bytes a character (measured 2026-11): 30 MB at most.
CHARACTERS_MAX = 200_000
ERRORS_MAX = 20


@dataclass(frozen=True)
class Document:
    """A parsed text. With `errors` it is not to be executed."""

    ast: DocumentNode
    errors: tuple[GraphQLError, ...]

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


class Documents:
    """A bounded memory of documents; the least recently used goes first."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        introspection: bool,
        suggestions: bool,
        rules: Sequence[type[ASTValidationRule]] = (),
    ) -> None:
        """`rules` are applied beside those of the GraphQL specification."""
        self._schema = schema
        self._hide_suggestions = not suggestions
        specified = (
            NamedValues if rule is ValuesOfCorrectTypeRule else rule
            for rule in specified_rules
        )
        closed = () if introspection else (NoSchemaIntrospectionCustomRule,)
        self._rules = (*specified, *closed, *rules)
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self.misses = 0  # texts that had to be parsed

    def get(self, text: str) -> Document:
        """The document of `text`.

        Raises:
            GraphQLError: a syntax error.
        """
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            return known
        self.misses += 1
        document = self._read(text)
        self._known[text] = document
        self._characters += len(text)
        while len(self._known) > ENTRIES_MAX or (
            self._characters > CHARACTERS_MAX and len(self._known) > 1
        ):
            oldest, _ = self._known.popitem(last=False)
            self._characters -= len(oldest)
        return document

    def _read(self, text: str) -> Document:
        ast = parse(text)
        errors = validate(
            self._schema,
            ast,
            self._rules,
            max_errors=ERRORS_MAX,
            hide_suggestions=self._hide_suggestions,
        )
        return Document(ast, tuple(errors))
