"""Which web pages of other origins may read answers."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.http.refusals import refusal
from domain.errors import NotAllowed

NO_CONTENT, BAD_REQUEST = 204, 400


class Cors(CORSMiddleware):
    """Starlette's, except that a preflight is refused in the shape of every refusal."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if "origin" in headers and "access-control-request-method" in headers:
                response = self._preflight(scope, headers)
                await response(scope, receive, send)
                return
        await super().__call__(scope, receive, send)

    def _preflight(self, scope: Scope, headers: Headers) -> Response:
        found = self.preflight_response(headers)
        kept = {
            name: value
            for name, value in found.headers.items()
            if not name.startswith("content-")
        }
        if found.status_code < BAD_REQUEST:
            return Response(status_code=NO_CONTENT, headers=kept)
        answer = refusal(scope, NotAllowed(bytes(found.body).decode()))
        answer.headers.update(kept)
        return answer
