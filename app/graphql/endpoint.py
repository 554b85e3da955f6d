"""`/graphql`: one operation per request over GET and POST, or a stream of events."""

from graphql import OperationType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from app.context import context_of, request_id_of
from app.graphql.answer import answered, is_our_fault, refused
from app.graphql.http import (
    JSON,
    GraphQLRequest,
    answer_media_type,
    read_request,
    takes_stream,
)
from app.graphql.live import Subscriptions
from app.graphql.operations import OperationFailed, Operations, Outcome, refusal_of
from app.graphql.sse import GraphQLStream, note
from app.graphql.ws import GraphQLSocket
from app.http.accept import wants_page
from app.settings.settings import Settings
from domain.errors import DashboardError, MethodNotAllowed
from schema.build import build_schema

EXPLORER = "/explorer"  # the page of the web client


def graphql_routes(
    path: str, settings: Settings, *, has_client: bool = False
) -> list[BaseRoute]:
    """The endpoint as the settings want it, for requests, streams and sockets."""
    known = settings.introspection_enabled
    schema = build_schema(
        introspection=known,
        suggestions=known,
        limits=settings.operation_limits(settings.operation_timeout_s),
    )
    operations = Operations(schema)
    subscriptions = Subscriptions(operations)
    stream = GraphQLStream(operations, subscriptions)
    socket = GraphQLSocket(
        operations, subscriptions, sign_in_s=settings.socket_sign_in_s
    )
    explored = has_client and settings.graphiql_enabled
    return [
        Route(path, GraphQLApp(operations, stream, has_explorer=explored)),
        WebSocketRoute(path, socket),
    ]


class GraphQLApp:
    """Reads a request, runs its operation, answers in the type asked for."""

    def __init__(
        self, operations: Operations, stream: GraphQLStream, *, has_explorer: bool
    ) -> None:
        self._operations = operations
        self._stream = stream
        self._has_explorer = has_explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self._is_for_explorer(request):
            await _to_explorer(request)(scope, receive, send)
            return
        media_type = JSON
        try:
            stream = takes_stream(request.headers, at_best=True)
            if not stream:
                media_type = answer_media_type(request.headers)
            asked = await read_request(request)
            if stream or await self._must_stream(request, asked):
                await self._stream.serve(asked, request, receive, send)
                return
            response = await self._answer(request, asked, media_type)
        except DashboardError as error:
            response = refused(error, media_type)
        await response(scope, receive, send)

    def _is_for_explorer(self, request: Request) -> bool:
        is_read = request.method in ("GET", "HEAD")
        return self._has_explorer and is_read and wants_page(request.headers)

    async def _must_stream(self, request: Request, asked: GraphQLRequest) -> bool:
        if not takes_stream(request.headers, at_best=False):
            return False
        try:
            found = await self._operations.find(asked, request_id_of(request))
        except OperationFailed:
            return False
        return found.operation is OperationType.SUBSCRIPTION

    async def _answer(
        self, request: Request, asked: GraphQLRequest, media_type: str
    ) -> Response:
        try:
            found = await self._operations.find(asked, request_id_of(request))
        except OperationFailed as why:
            return answered(Outcome(None, why.errors), media_type)
        note(request, found)
        if not asked.may_change and found.operation is not OperationType.QUERY:
            raise MethodNotAllowed(["POST"])
        if found.operation is OperationType.SUBSCRIPTION:
            reason = "is a subscription: open a WebSocket, or accept text/event-stream"
            return answered(Outcome(None, refusal_of("query", reason)), media_type)
        outcome = await self._operations.execute(asked, await context_of(request))
        request.state.failed = is_our_fault(outcome.errors)
        return answered(outcome, media_type)


def _to_explorer(request: Request) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    return RedirectResponse(
        f"{EXPLORER}?{request.url.query}".rstrip("?"), status_code=303, headers=headers
    )
