"""One operation at a time, whichever transport it came by."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.types import ExecutionResult

from app.graphql.http import GraphQLRequest
from domain.errors import (
    INTERNAL_ERROR,
    InvalidInput,
    NotAllowed,
    TimedOut,
    Unavailable,
)
from kit import tracing
from kit.deadline import Deadline
from kit.jsonio import dumps
from resolvers.audit import note_refusal
from resolvers.context import Context
from schema.build import DashboardSchema
from schema.errors import to_wire

OPERATION_NAME_MAX = 50  # in our own figures: it is the client's own word
OUR_FAULT = frozenset({INTERNAL_ERROR, Unavailable.code, TimedOut.code})


class OperationFailed(Exception):
    """The operation never started, or ended for good; `errors` say why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors

    @property
    def formatted(self) -> list[Any]:
        return [error.formatted for error in self.errors]


@dataclass(frozen=True)
class Outcome:
    """The result of a query or a mutation, as clients are told."""

    data: Any
    errors: Sequence[GraphQLError]
    extensions: Mapping[str, Any] | None = None

    @property
    def never_ran(self) -> bool:
        return never_ran(self.data, self.errors)

    @property
    def text(self) -> str:
        return result_text(self.data, self.errors, self.extensions)


class Operations:
    """Finds and executes operations of a schema, within its limits."""

    def __init__(self, schema: DashboardSchema) -> None:
        self.schema = schema
        self._timeout_s = schema.documents.limits.seconds

    async def find(
        self, asked: GraphQLRequest, request_id: str
    ) -> OperationDefinitionNode:
        """The operation that is meant; whether it is valid is not known yet.

        Raises:
            OperationFailed: there is none, several, a syntax error, or too much of
                something.
        """
        try:
            document = await self.schema.documents.fetch(asked.query)
            return document.operation(asked.operation_name)
        except InvalidInput as error:
            told = GraphQLError(error.message, original_error=error)
            raise OperationFailed([to_wire(told, request_id)]) from error
        except GraphQLError as error:
            raise OperationFailed([to_wire(error, request_id)]) from error

    async def execute(self, asked: GraphQLRequest, context: Context) -> Outcome:
        """What comes of a query or a mutation, and be it that it takes too long."""
        with tracing.span("graphql") as span:
            outcome = await self._outcome(asked, context)
            if span.is_recorded:
                await self._describe(span, asked, outcome)
        return outcome

    async def _outcome(self, asked: GraphQLRequest, context: Context) -> Outcome:
        result = await self._execute(asked, context)
        # What Strawberry caught outside of our extensions has no code yet.
        request_id = context.origin.request_id
        errors = [to_wire(error, request_id) for error in result.errors or ()]
        refused = [one for one in errors if isinstance(one.original_error, NotAllowed)]
        if refused:
            fields = ", ".join(str((one.path or ["?"])[0]) for one in refused)
            try:
                await note_refusal(context, f"GraphQL {fields}", refused[0].message)
            except Unavailable as late:
                told = GraphQLError(late.message, original_error=late)
                return Outcome(None, [to_wire(told, request_id)])
        return Outcome(result.data, errors, result.extensions)

    async def _describe(
        self, span: tracing.Span, asked: GraphQLRequest, outcome: Outcome
    ) -> None:
        try:
            operation = await self.find(asked, "-")
        except OperationFailed:
            pass  # nobody knows what was meant
        else:
            describe(span, operation, asked.query)
        codes = {
            str(one.extensions["code"]) for one in outcome.errors if one.extensions
        }
        for code in sorted(codes, key=OUR_FAULT.__contains__):
            span.fail(code, ours=code in OUR_FAULT)

    async def _execute(
        self, asked: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        try:
            async with Deadline(self._timeout_s):
                return await self.schema.execute(
                    asked.query,
                    variable_values=asked.variables,
                    context_value=context,
                    operation_name=asked.operation_name,
                    operation_extensions=asked.extensions,
                )
        except TimeoutError:
            late = TimedOut()
            error = GraphQLError(late.message, original_error=late)
            return ExecutionResult(data=None, errors=[error])


def describe(span: tracing.Span, operation: OperationDefinitionNode, text: str) -> None:
    """Its kind, its name and which document it is: nothing of its arguments."""
    kind = operation.operation.value
    name = operation.name.value[:OPERATION_NAME_MAX] if operation.name else ""
    span.rename(f"{kind} {name}".rstrip())
    span.note("graphql.operation.type", kind)
    span.note("graphql.operation.name", name)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    span.note("graphql.document.hash", digest[:16])


def refusal_of(field: str, reason: str) -> list[GraphQLError]:
    """A VALIDATION_ERROR as clients are told it."""
    cause = InvalidInput.of(field, reason)
    return [to_wire(GraphQLError(cause.message, original_error=cause), "-")]


def never_ran(data: Any, errors: Sequence[GraphQLError]) -> bool:
    """Whether there is no result to speak of, only reasons."""
    return data is None and bool(errors) and all(one.path is None for one in errors)


def result_text(
    data: Any,
    errors: Sequence[GraphQLError],
    extensions: Mapping[str, Any] | None = None,
) -> str:
    """An execution result as JSON; what never ran has no data."""
    result = {} if never_ran(data, errors) else {"data": data}
    if errors:
        result["errors"] = [error.formatted for error in errors]
    if extensions:
        result["extensions"] = extensions
    return dumps(result).decode()
