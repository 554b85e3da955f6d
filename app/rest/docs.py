"""`/api/v1/openapi.json`, and Swagger UI over it from our own files."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.http import etag
from app.rest.openapi import as_json
from domain.errors import MethodNotAllowed

METHODS = ("GET", "HEAD")
OWN = Path(__file__).parent / "static"
# The page's own policy: its scripts and styles, and nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Page:
    """The ASGI application of one unchanging file."""

    def __init__(self, read: Callable[[], bytes], media_type: str) -> None:
        self._read = cache(read)
        self._media_type = media_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        await self._respond(request)(scope, receive, send)

    def _respond(self, request: Request) -> Response:
        if request.method not in METHODS:
            raise MethodNotAllowed(METHODS)
        content = self._read()
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": POLICY,
            "ETag": etag.tag_of(content),
        }
        known = ", ".join(request.headers.getlist("if-none-match"))
        if etag.is_among(headers["ETag"], known):
            return Response(status_code=304, headers=headers)
        return Response(content, 200, headers, self._media_type)


def _swagger_ui(name: str) -> Callable[[], bytes]:
    """A file of the `swagger-ui-py` distribution, of which only files are used."""

    def read() -> bytes:
        found = find_spec("swagger_ui")
        assert found is not None
        assert found.submodule_search_locations is not None
        (folder,) = found.submodule_search_locations
        return (Path(folder) / "static" / name).read_bytes()

    return read


ROUTES = (
    Route("/openapi.json", Page(as_json, "application/json")),
    Route("/docs", Page((OWN / "docs.html").read_bytes, "text/html")),
    Route("/docs/start.js", Page((OWN / "start.js").read_bytes, "text/javascript")),
    *(
        Route(f"/docs/{name}", Page(_swagger_ui(name), media_type))
        for name, media_type in (
            ("swagger-ui.css", "text/css"),
            ("swagger-ui-bundle.js", "text/javascript"),
            ("favicon-32x32.png", "image/png"),
        )
    ),
)
