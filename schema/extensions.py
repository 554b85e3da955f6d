"""What surrounds each operation, whichever transport it came by."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from domain.errors import QueryTooComplex
from schema.documents import ERRORS_MAX, Document, Documents
from schema.errors import to_wire
from schema.inputs import explain_variable


class FreshLoaders(SchemaExtension):
    """A loader remembers what it loaded, and a socket's context outlives many
    operations: docs/adr/0003-loaders-fresh-per-operation.md.
    """

    def on_operation(self) -> Iterator[None]:
        self.execution_context.context.renew_loaders()
        yield


class KnownDocuments(SchemaExtension):
    """Takes the parsed, validated and priced document from `schema.documents`.

    Who sends `{"cost": true}` as `extensions` is told the cost in those of the answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._cost: int | None = None

    @property
    def _documents(self) -> Documents:
        documents: Documents = self.execution_context.schema.documents  # type: ignore[attr-defined]
        return documents

    def on_parse(self) -> Iterator[None]:
        operation = self.execution_context
        self._document = self._documents.get(operation.query or "")
        operation.graphql_document = self._document.ast
        yield

    def on_validate(self) -> Iterator[None]:
        self.execution_context.pre_execution_errors = list(self._refusals())
        yield

    def get_results(self) -> dict[str, Any]:
        asked = self.execution_context.operation_extensions or {}
        if asked.get("cost") is not True or self._cost is None:
            return {}
        allowed = self._documents.limits.cost
        return {"cost": {"requested": self._cost, "allowed": allowed}}

    def _refusals(self) -> Iterator[GraphQLError]:
        operation, document = self.execution_context, self._document
        assert document is not None
        if document.errors:
            yield from document.errors
            return
        self._cost = document.cost(operation.operation_name, operation.variables)
        try:
            self._documents.limits.check("cost", self._cost)
        except QueryTooComplex as error:
            yield GraphQLError(error.message, original_error=error)


class WireErrors(SchemaExtension):
    """Every error leaves with a code, none with the words of a bug, and not too many
    leave.
    """

    def on_operation(self) -> Iterator[None]:
        yield
        self._tell(self.execution_context.result)

    def on_stream_result(self, result: Any) -> Iterator[None]:
        self._tell(result)
        yield

    def _tell(self, result: Any) -> None:
        if not getattr(result, "errors", None):
            return
        told = [self._told(error) for error in result.errors]
        # A value with several faults is one problem, told with all its reasons.
        same = {(str(e.path), str(e.locations), e.message): e for e in told}
        result.errors = list(same.values())[:ERRORS_MAX]

    def _told(self, error: GraphQLError) -> GraphQLError:
        operation = self.execution_context
        if error.path is None and operation.graphql_document is not None:
            error = explain_variable(
                error,
                operation.schema._schema,  # noqa: SLF001  Strawberry has no other way
                operation.graphql_document,
                operation.variables or {},
            )
        return to_wire(error, operation.context.origin.request_id)
