"""Which web pages may open a connection here that stays open."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.refusals import refusal
from domain.errors import NotAllowed

SOCKET_IO_PATH = "/socket.io"  # its handshake is plain HTTP, as a rule
_DEFAULT_PORTS = {"http": 80, "https": 443}


class AllowedOrigins:
    """Refuses with 403 what a page of another origin opens, unless it is listed.

    Browsers let any page open a WebSocket and say in `Origin` which one did; whoever
    sends none is no browser. Our own pages are those of the host that was asked; the
    scheme is not compared, as whatever ends TLS before us may not say.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self.app = app
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _stays_open(scope) and not self._allows(Headers(scope=scope)):
            error = NotAllowed("This origin may not connect")
            await refusal(scope, error)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _allows(self, headers: Headers) -> bool:
        origins = headers.getlist("origin")
        if not origins:
            return True
        origin = origins[0].lower()
        if len(origins) > 1:
            return False
        return origin in self._origins or _is_of(origin, headers.get("host", ""))


def _stays_open(scope: Scope) -> bool:
    path: str = scope.get("path", "")  # the lifespan has none
    return scope["type"] == "websocket" or path.startswith(SOCKET_IO_PATH)


def _is_of(origin: str, host: str) -> bool:
    try:
        page, asked = urlsplit(origin), urlsplit(f"//{host.lower()}")
        default = _DEFAULT_PORTS.get(page.scheme)
        ports = page.port or default, asked.port or default
    except ValueError:  # no address at all
        return False
    if default is None or page.hostname is None:
        return False
    return (page.hostname, ports[0]) == (asked.hostname, ports[1])
