"""Refusing new work while the event loop cannot keep up with what it has."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from app.health import ROUTES
from app.http.middleware import SERVED
from app.http.rate_limits import goes_on
from app.http.refusals import refusal
from app.loop_lag import LoopLag
from domain.errors import Unavailable
from kit.metrics import REGISTRY

SHED = REGISTRY.counter(
    "dashboard_shed_total", "Requests and handshakes refused as the loop lagged"
)
RETRY_AFTER_S = 2
ALWAYS = frozenset(route.path for route in ROUTES)


class Shedding:
    """503 for what begins while the loop lags. Health and figures are told all the
    same, and connections that are open stay so.
    """

    def __init__(self, app: ASGIApp, lag: Callable[[], LoopLag]) -> None:
        self.app = app
        self._lag = lag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in SERVED and self._lag().is_too_much and not _may(scope):
            SHED.inc()
            busy = Unavailable("Too busy just now", retry_after_s=RETRY_AFTER_S)
            await refusal(scope, busy)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _may(scope: Scope) -> bool:
    return scope["path"] in ALWAYS or goes_on(scope)
