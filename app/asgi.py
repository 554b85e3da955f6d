"""The web application: routes, middleware, and the lifespan of its platform."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from app import health, worker_figures
from app.background import owned
from app.context import context_of
from app.draining import drained_at_sigterm
from app.graphql.endpoint import graphql_routes
from app.http.bodies import BodyLimit, BodySizes
from app.http.cors import Cors
from app.http.middleware import (
    AllowedHosts,
    ClientAddress,
    Provide,
    RequestId,
    SecurityHeaders,
)
from app.http.packed import Packed
from app.http.rate_limits import RateLimits
from app.http.record import Record
from app.http.refusals import GRAPHQL_PATH, refusal
from app.http.shedding import Shedding
from app.http.traced import Traced
from app.legacy import socket_io
from app.legacy.client_socket import PATH as LIVE_PATH
from app.legacy.client_socket import live
from app.legacy.source import LiveSource
from app.lifespan import Platform, open_platform
from app.rest.routes import routes as rest_routes
from app.settings.production import check_production
from app.settings.settings import Settings, load_settings
from app.sockets.origins import AllowedOrigins
from app.sockets.sockets import Sockets
from app.web_client.files import ClientBuild, read_build
from app.web_client.routes import client_routes
from domain.errors import DashboardError, NotAllowed, Unavailable
from kit.logs import set_up_logging
from resolvers.audit import note_refusal
from resolvers.context import Services

LANDING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>User Dashboard</title></head>
<body><h1>User Dashboard</h1><p>The API is up. There is no client build here.</p><ul>
<li>GraphQL: <code>POST /graphql</code></li>
<li><a href="/api/v1/docs">REST, documented</a></li>
<li><a href="/health">Health</a> and <a href="/metrics">figures</a></li>
</ul></body></html>
"""
CORS_REQUEST_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-Refresh-Token",
    "X-Request-ID",
)
CORS_ANSWER_HEADERS = (
    *("ETag", "Location", "Retry-After", "X-Request-ID"),
    *("RateLimit", "RateLimit-Policy"),
)


def from_environment() -> Starlette:
    """The application of this process's environment: for `uvicorn --factory`."""
    settings = load_settings()
    check_production(settings)
    set_up_logging(settings.log_level)
    return create_app(settings, client=read_build())


def create_app(
    settings: Settings,
    *,
    platform: Platform | None = None,
    client: ClientBuild | None = None,
) -> Starlette:
    """The application; opens its platform at start-up unless one is given.

    Without a `client` it has the API alone.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if platform is None:
                _attach(app, await stack.enter_async_context(open_platform(settings)))
            await stack.enter_async_context(worker_figures.shared())
            sockets: Sockets = app.state.sockets
            await stack.enter_async_context(owned("sockets", sockets.run()))
            clients: socket_io.SocketIO = app.state.socket_io
            await stack.enter_async_context(owned("socket.io", clients.run()))
            await stack.enter_async_context(
                drained_at_sigterm(app.state.platform, sockets)
            )
            yield

    app = Starlette(
        routes=[
            *([] if client else [Route("/", _landing)]),
            *health.ROUTES,
            *graphql_routes(GRAPHQL_PATH, settings, has_client=client is not None),
            WebSocketRoute(LIVE_PATH, live),
            *socket_io.ROUTES,
            Mount("/api/v1", routes=rest_routes(settings.operation_timeout_s)),
            *client_routes(client, settings),
        ],
        exception_handlers={
            HTTPException: _on_http_error,
            DashboardError: _on_http_error,
        },
        lifespan=lifespan,
    )
    # What has no route is not found, in the documented shape, rather than elsewhere.
    app.router.redirect_slashes = False
    for layer in reversed(_middleware(settings, app)):
        app.add_middleware(layer.cls, *layer.args, **layer.kwargs)
    if platform is not None:
        _attach(app, platform)
    return app


def _attach(app: Starlette, platform: Platform) -> None:
    app.state.platform = platform
    app.state.health = health.Health(platform)
    services, settings = platform.services, platform.settings
    sockets, source = Sockets(services, settings.socket_limits()), LiveSource()
    app.state.sockets, app.state.live_source = sockets, source
    app.state.socket_io = socket_io.SocketIO(services, sockets, source, settings)


def _middleware(settings: Settings, app: Starlette) -> list[Middleware]:
    """The outermost first."""

    def services() -> Services:
        platform: Platform = app.state.platform
        return platform.services

    sizes = BodySizes(
        graphql=settings.graphql_body_max_bytes,
        ingest=settings.ingest_body_max_bytes,
        other=settings.api_body_max_bytes,
    )
    return [
        Middleware(Provide, services=services),
        Middleware(RequestId),
        Middleware(SecurityHeaders),
        *_cors(settings),
        Middleware(ClientAddress, trusted=settings.trusted_proxies),
        Middleware(Traced),
        Middleware(Record, services=services),
        Middleware(Shedding, lag=lambda: app.state.platform.lag),
        Middleware(AllowedHosts, hosts=settings.allowed_hosts),
        Middleware(AllowedOrigins, origins=settings.backend_cors_origins),
        Middleware(RateLimits),
        Middleware(BodyLimit, sizes=sizes, timeout_s=settings.body_timeout_s),
        Middleware(Packed),
    ]


def _cors(settings: Settings) -> list[Middleware]:
    if not settings.backend_cors_origins:
        return []
    return [
        Middleware(
            Cors,
            allow_origins=settings.backend_cors_origins,
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=CORS_REQUEST_HEADERS,
            expose_headers=CORS_ANSWER_HEADERS,
        )
    ]


async def _landing(_: Request) -> Response:
    return HTMLResponse(LANDING)


async def _on_http_error(request: Request, error: Exception) -> Response:
    if isinstance(error, NotAllowed):
        what = f"{request.method} {request.url.path}"
        try:
            await note_refusal(await context_of(request), what, error.message)
        except Unavailable as unavailable:
            error = unavailable
    return refusal(request.scope, error)
