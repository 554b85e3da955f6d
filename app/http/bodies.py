"""Request bodies, read whole before anybody looks: bounded in size and in time."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.refusals import GRAPHQL_PATH, refusal
from domain.errors import (
    DashboardError,
    PayloadTooLarge,
    TimedOut,
    UnsupportedMediaType,
)

INGEST_PATHS = ("/api/v1/dashboard/metrics", "/api/v1/dashboard/activity")


class BodyTooSlow(TimedOut):
    """The client did not finish its body; 408 tells it that the fault is there."""

    http_status = 408
    default_message = "The body did not arrive in time"


@dataclass(frozen=True)
class BodySizes:
    """The largest body of each kind of path, in bytes."""

    graphql: int
    ingest: int
    other: int

    def limit(self, path: str) -> int:
        if path == GRAPHQL_PATH:
            return self.graphql
        return self.ingest if path in INGEST_PATHS else self.other


class BodyLimit:
    """Refuses a body that is too large (413, also when it comes in chunks), too slow
    (408) or compressed (415). All our bodies are JSON, so nothing is lost by waiting
    for the end.
    """

    def __init__(self, app: ASGIApp, sizes: BodySizes, timeout_s: float) -> None:
        self.app = app
        self._sizes = sizes
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read(scope, receive)
        except DashboardError as err:
            await refusal(scope, err)(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, _replay(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body; None when the client left before its end."""
        limit = self._sizes.limit(scope["path"])
        headers = Headers(scope=scope)
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType("Send the body without Content-Encoding")
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > limit:
            raise PayloadTooLarge(limit)
        try:
            async with asyncio.timeout(self._timeout_s):
                return await _collect(receive, limit)
        except TimeoutError as err:
            raise BodyTooSlow from err


async def _collect(receive: Receive, limit: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > limit:
            raise PayloadTooLarge(limit)
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
