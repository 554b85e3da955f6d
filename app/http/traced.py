"""Each request as a trace: what it asked for, what came of it, nothing of whom."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.middleware import PROBES
from app.http.noting import Noted
from app.http.record import route_of
from app.http.refusals import GRAPHQL_PATH
from kit import tracing

SERVER_ERROR = 500
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
UNTRACED = PROBES | {"/metrics"}


class Traced:
    """A trusted proxy may say, in `traceparent`, what a request is a part of; from
    anybody else that would be a way to have everything of theirs recorded.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or not tracing.is_recording()
            or scope["path"] in UNTRACED
        ):
            await self.app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        trusted = scope["state"].get("by_proxy", False)
        parent = Headers(scope=scope).get("traceparent") if trusted else None
        noted = Noted(send)
        with tracing.trace(
            method, {"http.request.method": method}, parent=parent
        ) as span:
            try:
                await self.app(scope, receive, noted)
            finally:
                route = (
                    GRAPHQL_PATH if scope["path"] == GRAPHQL_PATH else route_of(scope)
                )
                span.rename(f"{method} {route}")
                span.note("http.route", route)
                span.note("http.response.status_code", noted.status)
                span.note("dashboard.request_id", scope["state"]["request_id"])
                if noted.status >= SERVER_ERROR:
                    span.fail(str(noted.status))
