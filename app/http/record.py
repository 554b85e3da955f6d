"""What is kept of every request: a log line, the process's figures, our own traffic."""

import logging
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.noting import Noted
from app.http.refusals import GRAPHQL_PATH, refusal
from kit.clock import Clock, SystemClock
from kit.metrics import REGISTRY
from resolvers.context import Services

REQUESTS = REGISTRY.counter(
    "dashboard_http_requests_total", "Requests answered", ("route", "status")
)
SECONDS = REGISTRY.histogram(
    "dashboard_http_request_seconds", "Time from request to last byte", ("route",)
)
NO_ROUTE = "unmatched"
API_PATHS = ("/api/v1/", GRAPHQL_PATH)
ERROR_STATUS = 500
_access = logging.getLogger("access")
_log = logging.getLogger(__name__)


class Record:
    """Logs and counts each request once it is answered.

    Also the last resort: what escapes from below is logged here, once, and answered
    with INTERNAL_ERROR. No query string, body or header ever reaches a log.
    """

    def __init__(
        self,
        app: ASGIApp,
        services: Callable[[], Services],
        clock: Clock | None = None,
    ) -> None:
        self.app = app
        self._services = services
        self._clock = clock or SystemClock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started_s = self._clock.steady_s()
        noted = Noted(send)
        try:
            await self.app(scope, receive, noted)
        except Exception:  # noqa: BLE001  a bug; nobody above would answer
            _log.exception("a request failed", extra={"fields": _who(scope)})
            if not noted.status:
                answer = refusal(scope, RuntimeError("a bug"))
                await answer(scope, receive, noted)
        finally:
            self._note(scope, noted.status, self._clock.steady_s() - started_s)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        REQUESTS.inc(route, str(status))
        # A stream that stayed open says nothing of how fast we answer.
        streamed = scope["state"].get("streams")
        if not streamed:
            SECONDS.observe(seconds, route)
        fields = {**_who(scope), "status": status, "ms": round(seconds * 1_000, 1)}
        _access.info("request", extra={"fields": fields})
        if not scope["path"].startswith(API_PATHS):
            return
        traffic = self._services().traffic
        tags = {"route": route}
        traffic.count("api.requests", tags)
        if not streamed:
            traffic.observe("api.response_ms", tags, seconds * 1_000)
        if status >= ERROR_STATUS or scope["state"].get("failed"):
            traffic.count("api.errors", tags)


def _who(scope: Scope) -> dict[str, object]:
    user_id = scope["state"].get("user_id")
    return {"method": scope["method"], "route": route_of(scope), "user_id": user_id}


def route_of(scope: Scope) -> str:
    """The route's template, or `graphql:` and the operation's name.

    Such names are their senders' words, and room for tag sets is limited: those of
    people we do not know would fill it.
    """
    state = scope["state"]
    if scope["path"] == GRAPHQL_PATH:
        name = state.get("operation") if state.get("user_id") else None
        return f"graphql:{name or 'anonymous'}"
    path = getattr(scope.get("route"), "path", None)
    if path is None or path == scope.get("root_path"):
        return NO_ROUTE
    return f"{scope.get('root_path', '')}{path}"
