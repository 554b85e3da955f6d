"""One path of `/api/v1`: calls the operation of a method, answers in the envelope."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.context import context_of
from app.http import etag
from app.rest import read
from app.rest.envelope import success
from app.rest.files import sent_as_made
from app.rest.names import in_our_words
from app.rest.operation import Answer, Call, File, Operation
from domain.errors import (
    Conflict,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    TimedOut,
)
from kit.deadline import Deadline
from kit.jsonio import dumps

DOOR = "rest"  # in the figures
SAFE = frozenset({"GET", "HEAD"})
# Points may come late and people come and go: an answer is asked for again each
# time, and most often is the same.
_NO_STORE = {"Cache-Control": "no-store"}
_REVALIDATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


class Resource:
    """The ASGI application of a path. Errors are the application's to answer."""

    def __init__(self, operations: Sequence[Operation], timeout_s: float) -> None:
        """None at all makes a path of which nothing is known: 404, whatever is done."""
        self._timeout_s = timeout_s
        self._by_method = {operation.method: operation for operation in operations}
        if "GET" in self._by_method:
            self._by_method["HEAD"] = self._by_method["GET"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        operation = self._by_method.get(request.method)
        if operation is None:
            if not self._by_method:
                raise NotFound
            raise MethodNotAllowed(sorted(self._by_method))
        read.check_accept(request.headers, operation.media_type)
        ctx = await context_of(request)
        operation.access.check(ctx.principal)
        call = Call(
            ctx,
            request,
            query=read.query(operation.query, request.query_params),
            body=await read.body(operation.body, request),
        )
        ctx.services.usage.note(DOOR, operation.name, ctx.principal)
        try:
            async with Deadline(self._timeout_s):
                answer = await operation.handler(call)
        except TimeoutError as err:
            raise TimedOut from err
        except (InvalidInput, Conflict) as err:
            raise in_our_words(err, operation.parameters) from err
        if isinstance(answer, File):
            return await sent_as_made(answer, operation.media_type, request)
        return _response(operation, call, answer)


def _response(
    operation: Operation, call: Call[Any, Any], answer: Answer[Any]
) -> Response:
    request = call.request
    headers = dict(_REVALIDATE if request.method in SAFE else _NO_STORE)
    headers |= answer.headers
    if request.method in SAFE or answer.version is not None:
        telling = answer.data if answer.tagged is None else answer.tagged
        said = dumps((telling, answer.pagination))
        headers["ETag"] = etag.tag_of(said, answer.version)
    if request.method in SAFE:
        known = ", ".join(request.headers.getlist("if-none-match"))
        if etag.is_among(headers["ETag"], known):
            return Response(status_code=304, headers=headers)
    return success(
        answer.data,
        now_ms=call.ctx.now_ms(),
        pagination=answer.pagination,
        status=operation.status,
        headers=headers,
    )
