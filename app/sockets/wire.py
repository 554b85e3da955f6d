"""The two ends of a WebSocket: messages in, one at a time; frames out, bounded."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.ending import Ending
from app.sockets.rate import MessageRate
from kit.metrics import REGISTRY

CLOSED = REGISTRY.counter(
    "dashboard_sockets_closed_total",
    "Sockets closed, by our code; `left` is the other side's doing",
    ("protocol", "code"),
)
LEFT = "left"
WAITING_FRAMES_MAX = 100
WAITING_BYTES_MAX = 1_048_576
# What does not fit waits, and its sender with it: only who reads nothing at all for
# this long while there is something to read is too slow.
SLOW_S = 10.0
CLOSE_S = 5.0
REASON_MAX = 120  # bytes; a close frame has room for 123


class Wire:
    """One accepted WebSocket; made by `wire`."""

    def __init__(
        self, websocket: WebSocket, ending: Ending, slow_s: float | None = None
    ) -> None:
        self._websocket = websocket
        self._ending = ending
        self._slow_s = SLOW_S if slow_s is None else slow_s
        self._waiting: deque[str] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._rate = MessageRate()

    @property
    def closing(self) -> SocketClosed | None:
        """Why it is over; None while it is not, and when the other side left."""
        return self._ending.why

    async def send(self, frame: str) -> None:
        """Hand over a text frame; waits while too much is waiting already.

        Raises:
            SocketClosed: the other side took nothing for too long.
        """
        while self._is_full(len(frame)):
            self._room.clear()
            try:
                async with asyncio.timeout(self._slow_s):
                    await self._room.wait()
            except TimeoutError:
                raise SocketClosed(CloseCode.OVERLOADED, "reads too slowly") from None
        self._waiting.append(frame)
        self._waiting_bytes += len(frame)
        self._news.set()

    async def receive(self) -> str | None:
        """The next text message; None when the other side has left.

        Raises:
            SocketClosed: it is binary, too big, or one too many.
        """
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            with suppress(ValueError):  # the server itself closes with some of them
                raise SocketClosed(CloseCode(message["code"]))
            return None
        self._rate.count()
        text: str | None = message.get("text")
        if text is None:
            raise SocketClosed(CloseCode.NO_TEXT, "send text")
        return text

    def close(self, code: int, reason: str = "") -> None:
        """End the block of `wire`, from anywhere, without waiting; nothing more is
        sent. Only the first call counts.
        """
        self._ending.close(code, reason)

    @asynccontextmanager
    async def beside(self, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Run `work` while the block does; should it fail, that ends the socket."""
        task = asyncio.create_task(self._or_end(work))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def write(self) -> None:
        """Send what is handed over, in order, until cancelled."""
        with suppress(WebSocketDisconnect):  # whoever receives hears of it too
            while True:
                while self._waiting and not self.closing:
                    frame = self._waiting.popleft()
                    self._waiting_bytes -= len(frame)
                    self._room.set()
                    await self._websocket.send_text(frame)
                self._news.clear()
                await self._news.wait()

    async def say_why(self) -> None:
        """Tell the other side why it is over, unless that has left already."""
        self._waiting.clear()
        if self.closing is None:
            return
        reason = self.closing.reason.encode()[:REASON_MAX].decode(errors="ignore")
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._websocket.close(int(self.closing.code), reason)

    async def _or_end(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001  it is logged where it is a bug
            self._ending.fail(error)

    def _is_full(self, more: int) -> bool:
        return bool(self._waiting) and (
            len(self._waiting) >= WAITING_FRAMES_MAX
            or self._waiting_bytes + more > WAITING_BYTES_MAX
        )


@asynccontextmanager
async def wire(
    websocket: WebSocket,
    protocol: str,
    subprotocol: str | None = None,
    *,
    slow_s: float | None = None,
) -> AsyncIterator[Wire]:
    """Accept the handshake, and serve until the block ends or somebody ends it.

    What is raised in the block closes it as `close_codes.reason_of` says. `protocol` is
    its name in the figures; `slow_s`, by default `SLOW_S`, how long the other side may
    read nothing.
    """
    await websocket.accept(subprotocol)
    ending = Ending(protocol)
    line = Wire(websocket, ending, slow_s)
    writer = asyncio.create_task(line.write(), name=f"{protocol} writer")
    try:
        async with ending.block():
            yield line
    finally:
        writer.cancel()
        await asyncio.wait([writer])
        await line.say_why()
        CLOSED.inc(protocol, str(int(ending.why.code)) if ending.why else LEFT)
