"""`/graphql` as a stream of server-sent events: one operation per request.

graphql-sse in its distinct connections mode, with ids that resume a log:
https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from graphql import OperationDefinitionNode, OperationType
from starlette.requests import Request
from starlette.types import Receive, Send

from app.context import context_of
from app.graphql.http import GraphQLRequest
from app.graphql.live import Subscriptions
from app.graphql.operations import OPERATION_NAME_MAX, OperationFailed, Operations
from app.graphql.subscription import Subscription
from app.graphql.viewer import Viewer
from app.graphql.ws_running import OPERATIONS
from app.http.event_stream import EventStream
from app.sockets.close_codes import SocketClosed
from app.sockets.sockets import Sockets
from domain.errors import MethodNotAllowed, Unavailable
from kit.jsonio import dumps
from resolvers.context import Context
from resolvers.limiting import count_handshake

PROTOCOL = "graphql-sse"  # in the figures
COMPLETE = "event: complete\ndata:\n\n"


class GraphQLStream:
    """Answers a request for `text/event-stream`."""

    def __init__(self, operations: Operations, subscriptions: Subscriptions) -> None:
        self._operations = operations
        self._subscriptions = subscriptions

    async def serve(
        self,
        asked: GraphQLRequest,
        request: Request,
        receive: Receive,
        send: Send,
    ) -> None:
        """Errors of the operation are told as events, as the protocol wants it.

        Raises:
            DashboardError: nothing was sent; the request is refused.
        """
        request.state.streams = True
        context = await context_of(request)
        stream = EventStream(receive, send)
        try:
            operation = await self._operations.find(asked, context.origin.request_id)
        except OperationFailed as why:
            await stream.run(_refusal(why))
            return
        note(request, operation)
        OPERATIONS.inc(PROTOCOL, operation.operation.value)
        if operation.operation is OperationType.SUBSCRIPTION:
            await self._follow(asked, request, context, stream)
            return
        if operation.operation is OperationType.MUTATION and not asked.may_change:
            raise MethodNotAllowed(["POST"])
        outcome = await self._operations.execute(asked, context)
        await stream.run(_once(_next(outcome.text)))

    async def _follow(
        self,
        asked: GraphQLRequest,
        request: Request,
        context: Context,
        stream: EventStream,
    ) -> None:
        context.principal.require_user()
        await count_handshake(context)
        sockets: Sockets = request.app.state.sockets
        address = request.client.host if request.client else None
        try:
            with sockets.admit(address):
                async with sockets.open(context, PROTOCOL, stream.close) as socket:
                    viewer = Viewer(socket)
                    after = request.headers.get("last-event-id") or None
                    await stream.run(self._events(asked, viewer, after))
        except SocketClosed as why:
            # Raised before anything was sent: there is no room just now.
            raise Unavailable(why.reason) from why

    async def _events(
        self, asked: GraphQLRequest, viewer: Viewer, after: str | None
    ) -> AsyncGenerator[str, None]:
        subscription = await Subscription.open(self._subscriptions, asked, viewer)
        subscription.resume(after)
        if subscription.cursor is not None:
            # No event, but the place to come back to before there has been one.
            yield f"id: {subscription.cursor}\n\n"
        try:
            async with aclosing(subscription.payloads(PROTOCOL)) as payloads:
                async for payload in payloads:
                    yield _next(payload.text, payload.cursor)
        except OperationFailed as why:
            yield _errors(why)
        yield COMPLETE


def note(request: Request, operation: OperationDefinitionNode) -> None:
    """Leaves the operation's name where `app.http.record` looks for it."""
    if operation.name is not None:
        request.state.operation = operation.name.value[:OPERATION_NAME_MAX]


async def _once(event: str) -> AsyncGenerator[str, None]:
    yield event
    yield COMPLETE


def _refusal(why: OperationFailed) -> AsyncGenerator[str, None]:
    return _once(_errors(why))


def _errors(why: OperationFailed) -> str:
    return _next(dumps({"errors": why.formatted}).decode())


def _next(text: str, cursor: str | None = None) -> str:
    """JSON has no line ends, so that one `data` line holds it."""
    place = "" if cursor is None else f"id: {cursor}\n"
    return f"event: next\n{place}data: {text}\n\n"
