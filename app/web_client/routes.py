"""The web client over HTTP: its files, its page for every path of its own, and what it
must know of this server.
"""

import re
from pathlib import PurePosixPath

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from app.http import etag
from app.http.accept import likes, wants_page
from app.http.refusals import refusal
from app.settings.settings import Settings
from app.version import VERSION
from app.web_client.files import PLAIN, ClientBuild, ClientFile
from domain.errors import MethodNotAllowed, NotFound
from kit.jsonio import dumps

METHODS = ("GET", "HEAD")
ASSETS = "assets/"  # the build names those by what they hold
UNCHANGING = "public, max-age=31536000, immutable"
# What is not of the client stays as it is where nothing answers.
FOREIGN = frozenset(
    {"api", "assets", "graphql", "health", "metrics", "socket.io", "ws"}
)
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: https:; font-src 'self' data:; "
    "connect-src 'self'{sockets}; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?", re.ASCII)


def client_routes(build: ClientBuild | None, settings: Settings) -> list[BaseRoute]:
    """To come after all others: they answer for every path that is left."""
    known = dumps(
        {
            "version": VERSION,
            "build": build.name if build else None,
            "graphiql": _explorers(settings),
            "introspection": settings.introspection_enabled,
        }
    )

    async def about(_: Request) -> Response:
        headers = {"Cache-Control": "no-cache"}
        return Response(known, headers=headers, media_type="application/json")

    routes: list[BaseRoute] = [Route("/client.json", about)]
    if build:
        routes.append(Route("/{path:path}", Client(build)))
    return routes


def _explorers(settings: Settings) -> str:
    """Whom the client shows the explorer; what they may ask is decided elsewhere."""
    if not settings.graphiql_enabled:
        return "nobody"
    return "admins" if settings.env == "production" else "everybody"


class Client:
    """Answers with a file of the build, or with its page."""

    def __init__(self, build: ClientBuild) -> None:
        self._build = build

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await self._respond(request)(scope, receive, send)

    def _respond(self, request: Request) -> Response:
        path = request.path_params["path"]
        file = self._build.files.get(path) or self._page(path, request.headers)
        if file is None:
            missing = refusal(request.scope, NotFound())
            # An asset of the next release may be here in a moment.
            missing.headers["Cache-Control"] = "no-store"
            return missing
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        unchanging = path.startswith(ASSETS)
        return _answer(file, request, UNCHANGING if unchanging else "no-cache")

    def _page(self, path: str, headers: Headers) -> ClientFile | None:
        """The page for a path of the client's own; never for a missing file."""
        first = path.partition("/")[0]
        if first in FOREIGN or PurePosixPath(path).suffix:
            return None
        return self._build.index if not path or wants_page(headers) else None


def _answer(file: ClientFile, request: Request, cache_control: str) -> Response:
    coding = file.coding_for(likes(request.headers, "accept-encoding"))
    headers = {
        "Cache-Control": cache_control,
        "Content-Security-Policy": POLICY.format(sockets=_sockets(request)),
        "ETag": file.tag_in(coding),
        "Vary": "Accept-Encoding",
    }
    if cache_control != UNCHANGING:
        headers["Vary"] = "Accept, Accept-Encoding"
    known = ", ".join(request.headers.getlist("if-none-match"))
    if etag.is_among(headers["ETag"], known):
        return Response(status_code=304, headers=headers)
    if coding != PLAIN:
        headers["Content-Encoding"] = coding
    body = file.bodies[coding]
    headers["Content-Length"] = str(len(body))
    said = b"" if request.method == "HEAD" else body
    return Response(said, 200, headers, file.media_type)


def _sockets(request: Request) -> str:
    """Our own WebSockets, which not every browser takes `'self'` to mean."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return ""
    return f" {'wss' if request.url.scheme == 'https' else 'ws'}://{host}"
