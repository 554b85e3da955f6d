"""An answer that is sent while it is made, as large as it may be."""

import asyncio
import logging
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.rest.operation import File
from domain.errors import DashboardError

SLOW_S = 30.0  # who does not take a piece for this long is cut off
_log = logging.getLogger(__name__)


async def sent_as_made(file: File, media_type: str, request: Request) -> Response:
    """The answer that carries `file`.

    Its first piece is made before anything is sent: what goes wrong until then is
    an ordinary failure. Who asks for the head alone has nothing made.
    """
    headers = {
        "Content-Type": f"{media_type}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Cache-Control": "no-store",
    }
    if request.method == "HEAD":
        await file.pieces.aclose()
        return Response(headers=headers)
    await request.body()  # whatever it is, it stands before the news that they left
    return _Sent(file, await anext(file.pieces, b""), headers, request)


class _Sent(StreamingResponse):
    """Ends without its last chunk when it cannot be made whole: that the file is not
    complete must not look like its end.

    Not Starlette's own way of sending: that one cancels what makes the pieces when
    the client leaves, and then nothing more could be written about it.
    """

    def __init__(
        self, file: File, first: bytes, headers: dict[str, str], request: Request
    ) -> None:
        super().__init__(file.pieces, headers=headers)
        self._request = request
        self._file = file
        self._first = first

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        scope["state"]["streams"] = True  # how long it takes is the reader's affair
        piece = self._first
        try:
            async with aclosing(self._file.pieces) as pieces:
                await send(
                    {
                        "type": "http.response.start",
                        "status": self.status_code,
                        "headers": self.raw_headers,
                    }
                )
                while piece:
                    await self._send(send, piece)
                    if await self._request.is_disconnected():
                        return
                    piece = await anext(pieces, b"")
            await self._send(send, b"", more=False)
        except (DashboardError, TimeoutError) as err:
            scope["state"]["failed"] = True
            _log.warning("a file was cut short: %s", type(err).__name__)

    async def _send(self, send: Send, body: bytes, *, more: bool = True) -> None:
        async with asyncio.timeout(SLOW_S):
            await send({"type": "http.response.body", "body": body, "more_body": more})
