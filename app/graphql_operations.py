"""One operation at a time, whichever transport it came by."""

import asyncio
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from strawberry.types import ExecutionResult

from app.graphql_http import GraphQLRequest
from domain.errors import InvalidInput, TimedOut
from kit.jsonio import dumps
from resolvers.context import Context
from schema.build import DashboardSchema
from schema.errors import to_wire


class OperationFailed(Exception):
    """The operation never started, or ended for good; `errors` say why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors

    @property
    def formatted(self) -> list[Any]:
        return [error.formatted for error in self.errors]


class Operations:
    """Finds and executes operations of a schema."""

    def __init__(self, schema: DashboardSchema, *, timeout_s: float) -> None:
        self.schema = schema
        self._timeout_s = timeout_s

    def find(self, asked: GraphQLRequest, request_id: str) -> OperationDefinitionNode:
        """The operation that is meant; whether it is valid is not known yet.

        Raises:
            OperationFailed: there is none, several, or a syntax error.
        """
        try:
            document = self.schema.documents.get(asked.query)
            return document.operation(asked.operation_name)
        except InvalidInput as error:
            told = GraphQLError(error.message, original_error=error)
            raise OperationFailed([to_wire(told, request_id)]) from error
        except GraphQLError as error:
            raise OperationFailed([to_wire(error, request_id)]) from error

    async def execute(
        self, asked: GraphQLRequest, context: Context
    ) -> tuple[Any, list[GraphQLError]]:
        """The data and the errors of a query or a mutation, as clients are told."""
        result = await self._execute(asked, context)
        # What Strawberry caught outside of our extensions has no code yet.
        request_id = context.origin.request_id
        return result.data, [
            to_wire(error, request_id) for error in result.errors or ()
        ]

    async def _execute(
        self, asked: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self.schema.execute(
                    asked.query,
                    variable_values=asked.variables,
                    context_value=context,
                    operation_name=asked.operation_name,
                )
        except TimeoutError:
            late = TimedOut()
            error = GraphQLError(late.message, original_error=late)
            return ExecutionResult(data=None, errors=[error])


def refusal_of(field: str, reason: str) -> list[GraphQLError]:
    """A VALIDATION_ERROR as clients are told it."""
    cause = InvalidInput.of(field, reason)
    return [to_wire(GraphQLError(cause.message, original_error=cause), "-")]


def never_ran(data: Any, errors: Sequence[GraphQLError]) -> bool:
    """Whether there is no result to speak of, only reasons."""
    return data is None and bool(errors) and all(one.path is None for one in errors)


def result_text(data: Any, errors: Sequence[GraphQLError]) -> str:
    """An execution result as JSON; what never ran has no data."""
    result = {} if never_ran(data, errors) else {"data": data}
    if errors:
        result["errors"] = [error.formatted for error in errors]
    return dumps(result).decode()
