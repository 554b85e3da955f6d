"""`/graphql` as a WebSocket: graphql-transport-ws, and no other protocol."""

import asyncio

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from app.context import open_context, request_id_of, services_of
from app.graphql.live import Subscriptions
from app.graphql.operations import Operations
from app.graphql.viewer import Viewer
from app.graphql.ws_messages import (
    ACK,
    SUBPROTOCOL,
    Complete,
    Init,
    Ping,
    Subscribe,
    pong,
    read_message,
)
from app.graphql.ws_running import Running
from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.sockets import Sockets
from app.sockets.wire import Wire, wire
from domain.errors import NotAllowed, NotAuthenticated
from resolvers.context import Context

PROTOCOL = "graphql-ws"  # in the figures


class GraphQLSocket:
    """Serves one connection: who it is, then its operations until it ends."""

    def __init__(
        self,
        operations: Operations,
        subscriptions: Subscriptions,
        *,
        sign_in_s: float,
    ) -> None:
        self._operations = operations
        self._subscriptions = subscriptions
        self._sign_in_s = sign_in_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        spoken = SUBPROTOCOL in websocket.scope.get("subprotocols", ())
        async with wire(websocket, PROTOCOL, SUBPROTOCOL if spoken else None) as line:
            if not spoken:
                raise SocketClosed(CloseCode.WRONG_PROTOCOL, f"speak {SUBPROTOCOL}")
            sockets: Sockets = scope["app"].state.sockets
            with sockets.admit(websocket.client.host if websocket.client else None):
                context = await self._sign_in(websocket, line)
                if context is not None:
                    await self._serve(line, sockets, context)

    async def _sign_in(self, websocket: WebSocket, line: Wire) -> Context | None:
        """Who it is; None when the other side has left before saying."""
        try:
            async with asyncio.timeout(self._sign_in_s):
                payload = await _init(line)
        except TimeoutError:
            raise SocketClosed(
                CloseCode.INIT_TIMEOUT, "connection_init is due at once"
            ) from None
        if payload is None:
            return None
        token = payload.get("Authorization")
        client = websocket.client
        context = await open_context(
            services_of(websocket),
            authorization=[token] if isinstance(token, str) else [],
            address=client.host if client else None,
            user_agent=websocket.headers.get("user-agent"),
            request_id=request_id_of(websocket),
        )
        try:
            context.principal.require_user()
        except (NotAuthenticated, NotAllowed) as error:
            raise SocketClosed(CloseCode.FORBIDDEN, error.message) from error
        return context

    async def _serve(self, line: Wire, sockets: Sockets, context: Context) -> None:
        async with (
            sockets.open(context, PROTOCOL, line.close) as socket,
            Running(
                line, self._operations, self._subscriptions, Viewer(socket), PROTOCOL
            ) as running,
        ):
            await line.send(ACK)
            while (text := await line.receive()) is not None:
                match read_message(text):
                    case Ping(payload):
                        await line.send(pong(payload))
                    case Subscribe(operation_id, asked):
                        await running.start(operation_id, asked)
                    case Complete(operation_id):
                        running.stop(operation_id)
                    case Init():
                        raise SocketClosed(CloseCode.SECOND_INIT, "said already")


async def _init(line: Wire) -> dict[str, object] | None:
    """The payload of connection_init; pings before it are answered."""
    while (text := await line.receive()) is not None:
        match read_message(text):
            case Init(payload):
                return dict(payload)
            case Ping(payload):
                await line.send(pong(payload))
            case Subscribe():
                raise SocketClosed(CloseCode.SIGNED_OUT, "connection_init comes first")
    return None
