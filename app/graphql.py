"""`/graphql`: one operation per request over GET and POST, or a stream of events."""

from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from app.context import context_of, request_id_of
from app.graphql_answer import answered, is_our_fault, refused
from app.graphql_http import (
    JSON,
    GraphQLRequest,
    answer_media_type,
    read_request,
    takes_stream,
)
from app.graphql_live import Subscriptions
from app.graphql_operations import OperationFailed, Operations, refusal_of
from app.graphql_sse import GraphQLStream, note
from app.graphql_ws import GraphQLSocket
from app.settings import Settings
from domain.errors import DashboardError, MethodNotAllowed
from schema.build import build_schema


def graphql_routes(path: str, settings: Settings) -> list[BaseRoute]:
    """The endpoint as the settings want it, for requests, streams and sockets."""
    known = settings.introspection_enabled
    schema = build_schema(introspection=known, suggestions=known)
    operations = Operations(schema, timeout_s=settings.operation_timeout_s)
    subscriptions = Subscriptions(operations)
    stream = GraphQLStream(operations, subscriptions)
    socket = GraphQLSocket(
        operations, subscriptions, sign_in_s=settings.socket_sign_in_s
    )
    return [
        Route(path, GraphQLApp(operations, stream)),
        WebSocketRoute(path, socket),
    ]


class GraphQLApp:
    """Reads a request, runs its operation, answers in the type asked for."""

    def __init__(self, operations: Operations, stream: GraphQLStream) -> None:
        self._operations = operations
        self._stream = stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        media_type = JSON
        try:
            stream = takes_stream(request.headers, at_best=True)
            if not stream:
                media_type = answer_media_type(request.headers)
            asked = await read_request(request)
            if stream or self._must_stream(request, asked):
                await self._stream.serve(asked, request, receive, send)
                return
            response = await self._answer(request, asked, media_type)
        except DashboardError as error:
            response = refused(error, media_type)
        await response(scope, receive, send)

    def _must_stream(self, request: Request, asked: GraphQLRequest) -> bool:
        if not takes_stream(request.headers, at_best=False):
            return False
        try:
            found = self._operations.find(asked, request_id_of(request))
        except OperationFailed:
            return False
        return found.operation is OperationType.SUBSCRIPTION

    async def _answer(
        self, request: Request, asked: GraphQLRequest, media_type: str
    ) -> Response:
        try:
            found = self._operations.find(asked, request_id_of(request))
        except OperationFailed as why:
            return answered(None, why.errors, media_type)
        note(request, found)
        if not asked.may_change and found.operation is not OperationType.QUERY:
            raise MethodNotAllowed(["POST"])
        if found.operation is OperationType.SUBSCRIPTION:
            reason = "is a subscription: open a WebSocket, or accept text/event-stream"
            return answered(None, refusal_of("query", reason), media_type)
        data, errors = await self._operations.execute(asked, await context_of(request))
        request.state.failed = is_our_fault(errors)
        return answered(data, errors, media_type)
