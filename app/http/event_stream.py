"""An HTTP answer that stays open: server-sent events, a sign of life, an end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from starlette.types import Receive, Send

HEARTBEAT_S = 10.0
# Container Apps' ingress cuts a request at 240 s: ended before by ourselves, between
# two events, the client comes back with the id of the last one.
ROTATE_S = 220.0
SLOW_S = 10.0  # who reads nothing for this long, with something to read, is cut off
HEARTBEAT = ":\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events back
]


class EventStream:
    """One answer; nothing is sent before `run`."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send_message = send
        self._turn = asyncio.Lock()
        self._over = asyncio.Event()

    def close(self, _code: int, _reason: str = "") -> None:
        """End it as soon as possible, from anywhere, without waiting.

        Why it ended cannot be told: whoever comes back with a token that does not do
        any more is told then.
        """
        self._over.set()

    async def run(self, events: AsyncGenerator[str, None]) -> None:
        """Send `events` until they end, or it is closed, rotated, or left."""
        await self._send_message(
            {"type": "http.response.start", "status": 200, "headers": HEADERS}
        )
        works = (
            self._pump(events),
            self._beat(),
            self._left(),
            self._over.wait(),
            asyncio.sleep(ROTATE_S),
        )
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
        with suppress(TimeoutError):  # reads too slowly
            await self._send("", more=False)
            for task in tasks:
                if not task.cancelled() and (error := task.exception()):
                    raise error

    async def _pump(self, events: AsyncGenerator[str, None]) -> None:
        async with aclosing(events):
            async for event in events:
                await self._send(event)

    async def _beat(self) -> None:
        while True:
            await self._send(HEARTBEAT)
            await asyncio.sleep(HEARTBEAT_S)

    async def _left(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _send(self, text: str, *, more: bool = True) -> None:
        async with self._turn, asyncio.timeout(SLOW_S):
            await self._send_message(
                {
                    "type": "http.response.body",
                    "body": text.encode(),
                    "more_body": more,
                }
            )
