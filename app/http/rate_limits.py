"""How often each caller may ask, for everything that comes in by HTTP.

What only one use case counts, such as failed sign-ins, is that use case's. Headers are
those of https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (10).
"""

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.context import context_of, open_context, request_id_of, services_of
from app.http.middleware import SERVED
from app.http.record import API_PATHS
from app.http.refusals import refusal
from app.legacy.socket_io import SocketIO
from app.sockets.origins import SOCKET_IO_PATH
from domain.errors import DashboardError, RateLimited
from domain.rates import Rate
from resolvers.limiting import count_handshake, count_request, request_rate


class RateLimits:
    """Counts what the API is asked by user, or by address where nobody is signed in,
    and handshakes of connections that stay open by address; one too many is 429.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told: dict[str, str] = {}

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told)
            await send(message)

        try:
            if scope["type"] in SERVED:
                await _count(scope, told)
        except DashboardError as error:
            await refusal(scope, error)(scope, receive, send_told)
        else:
            await self.app(scope, receive, send_told)


async def _count(scope: Scope, told: dict[str, str]) -> None:
    """`told` are the headers for the answer, whatever that will be."""
    if _is_handshake(scope):
        await _count_handshake(HTTPConnection(scope))
    elif scope["type"] == "http" and scope["path"].startswith(API_PATHS):
        await _count_request(HTTPConnection(scope), told)


async def _count_handshake(connection: HTTPConnection) -> None:
    context = await open_context(
        services_of(connection),
        address=connection.client.host if connection.client else None,
        request_id=request_id_of(connection),
    )
    await count_handshake(context)


async def _count_request(connection: HTTPConnection, told: dict[str, str]) -> None:
    context = await context_of(connection)
    connection.state.principal = context.principal
    rate = request_rate(context)
    try:
        level = await count_request(context)
    except RateLimited as error:
        told.update(_headers(rate, 0, error.retry_after_s))
        raise
    told.update(_headers(rate, level.left, level.full_in_s))


def _headers(rate: Rate, left: int, after_s: int) -> dict[str, str]:
    return {
        "RateLimit-Policy": f'"{rate.name}";q={rate.count};w={rate.window_s}',
        "RateLimit": f'"{rate.name}";r={left};t={after_s}',
    }


def _is_handshake(scope: Scope) -> bool:
    """Of a WebSocket, or of Socket.IO, which may begin by polling; streams of events
    are requests like others until their operation is known.
    """
    if scope["path"].startswith(SOCKET_IO_PATH):
        return not goes_on(scope)
    is_socket: bool = scope["type"] == "websocket"
    return is_socket


def goes_on(scope: Scope) -> bool:
    """Whether it is part of a connection of Socket.IO that is open already."""
    if not scope["path"].startswith(SOCKET_IO_PATH):
        return False
    clients: SocketIO = scope["app"].state.socket_io
    return clients.knows(QueryParams(scope["query_string"]).get("sid", ""))
