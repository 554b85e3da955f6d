"""`/graphql`: one operation per request, over GET and POST."""

import asyncio

from graphql import GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.types import ExecutionResult

from app.context import context_of, request_id_of
from app.graphql_answer import answered, is_our_fault, refused
from app.graphql_http import JSON, GraphQLRequest, answer_media_type, read_request
from app.settings import Settings
from domain.errors import DashboardError, InvalidInput, MethodNotAllowed, TimedOut
from resolvers.context import Context
from schema.build import DashboardSchema, build_schema
from schema.errors import to_wire

OPERATION_NAME_MAX = 50  # in our own figures: it is the client's own word


def graphql_app(settings: Settings) -> "GraphQLApp":
    """The endpoint as the settings want it."""
    known = settings.introspection_enabled
    schema = build_schema(introspection=known, suggestions=known)
    return GraphQLApp(schema, timeout_s=settings.operation_timeout_s)


class GraphQLApp:
    """Reads a request, runs its operation, answers in the type asked for."""

    def __init__(self, schema: DashboardSchema, *, timeout_s: float) -> None:
        self._schema = schema
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        media_type = JSON
        try:
            media_type = answer_media_type(request.headers)
            asked = await read_request(request)
            response = await self._answer(request, asked, media_type)
        except DashboardError as error:
            response = refused(error, media_type)
        await response(scope, receive, send)

    async def _answer(
        self, request: Request, asked: GraphQLRequest, media_type: str
    ) -> Response:
        request_id = request_id_of(request)
        try:
            operation = self._operation(asked)
        except GraphQLError as error:
            return answered(None, [to_wire(error, request_id)], media_type)
        _note(request, operation)
        if not asked.may_change and operation.operation is not OperationType.QUERY:
            raise MethodNotAllowed(["POST"])
        result = await self._execute(asked, await context_of(request))
        # What Strawberry caught outside of our extensions has no code yet.
        errors = [to_wire(error, request_id) for error in result.errors or ()]
        request.state.failed = is_our_fault(errors)
        return answered(result.data, errors, media_type)

    def _operation(self, asked: GraphQLRequest) -> OperationDefinitionNode:
        try:
            document = self._schema.documents.get(asked.query)
            return document.operation(asked.operation_name)
        except InvalidInput as error:
            raise GraphQLError(error.message, original_error=error) from error

    async def _execute(
        self, asked: GraphQLRequest, context: Context
    ) -> ExecutionResult:
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._schema.execute(
                    asked.query,
                    variable_values=asked.variables,
                    context_value=context,
                    operation_name=asked.operation_name,
                )
        except TimeoutError:
            late = TimedOut()
            error = GraphQLError(late.message, original_error=late)
            return ExecutionResult(data=None, errors=[error])


def _note(request: Request, operation: OperationDefinitionNode) -> None:
    """Leaves the operation's name where `app.record` looks for it."""
    if operation.name is not None:
        request.state.operation = operation.name.value[:OPERATION_NAME_MAX]
