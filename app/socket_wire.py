"""The two ends of a WebSocket: messages in, one at a time; frames out, bounded."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from app.close_codes import CloseCode, SocketClosed, reason_of
from kit.metrics import REGISTRY

CLOSED = REGISTRY.counter(
    "dashboard_sockets_closed_total",
    "WebSockets closed, by our code; `left` is the other side's doing",
    ("protocol", "code"),
)
LEFT = "left"
WAITING_FRAMES_MAX = 100
WAITING_BYTES_MAX = 1_048_576
# What does not fit waits, and its sender with it: only who reads nothing at all for
# this long while there is something to read is too slow.
SLOW_S = 10.0
CLOSE_S = 5.0
# The most messages taken from a peer: so many per second, over that stretch.
RECEIVED_PER_S_MAX = 100
RECEIVED_OVER_S = 5.0
REASON_MAX = 120  # bytes; a close frame has room for 123


class Wire:
    """One accepted WebSocket; made by `wire`."""

    def __init__(
        self, websocket: WebSocket, protocol: str, block: asyncio.Timeout
    ) -> None:
        self._websocket = websocket
        self._protocol = protocol
        self._block: asyncio.Timeout | None = block
        self._waiting: deque[str] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._counting_since_s = 0.0
        self._received = 0
        self.closing: SocketClosed | None = None

    async def send(self, frame: str) -> None:
        """Hand over a text frame; waits while too much is waiting already.

        Raises:
            SocketClosed: nothing was taken for `SLOW_S`.
        """
        while self._is_full(len(frame)):
            self._room.clear()
            try:
                async with asyncio.timeout(SLOW_S):
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
        self._count()
        text: str | None = message.get("text")
        if text is None:
            raise SocketClosed(CloseCode.NO_TEXT, "send text")
        return text

    def close(self, code: int, reason: str = "") -> None:
        """End the block of `wire`, from anywhere, without waiting; nothing more is
        sent. Only the first call counts.
        """
        if self.closing is None:
            self.closing = SocketClosed(CloseCode(code), reason)
            self._waiting.clear()
            if self._block:
                self._block.reschedule(asyncio.get_running_loop().time())

    async def write(self) -> None:
        """Send what is handed over, in order, until cancelled."""
        with suppress(WebSocketDisconnect):  # whoever receives hears of it too
            while True:
                while self._waiting:
                    frame = self._waiting.popleft()
                    self._waiting_bytes -= len(frame)
                    self._room.set()
                    await self._websocket.send_text(frame)
                self._news.clear()
                await self._news.wait()

    @asynccontextmanager
    async def beside(self, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """Run `work` while the block does; should it fail, that ends the socket."""
        task = asyncio.create_task(self._or_close(work))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    def let_go(self) -> None:
        """The block is over: there is nothing left to cancel."""
        self._block = None

    async def say_why(self) -> None:
        """Tell the other side why it is over, unless that has left already."""
        if self.closing is None:
            return
        reason = self.closing.reason.encode()[:REASON_MAX].decode(errors="ignore")
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            async with asyncio.timeout(CLOSE_S):
                await self._websocket.close(int(self.closing.code), reason)

    async def _or_close(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001  it is logged where it is a bug
            why = reason_of(error, self._protocol)
            self.close(why.code, why.reason)

    def _is_full(self, more: int) -> bool:
        return bool(self._waiting) and (
            len(self._waiting) >= WAITING_FRAMES_MAX
            or self._waiting_bytes + more > WAITING_BYTES_MAX
        )

    def _count(self) -> None:
        now_s = asyncio.get_running_loop().time()
        if now_s - self._counting_since_s >= RECEIVED_OVER_S:
            self._counting_since_s, self._received = now_s, 0
        self._received += 1
        if self._received > RECEIVED_PER_S_MAX * RECEIVED_OVER_S:
            raise SocketClosed(CloseCode.ABUSE, "too many messages")


@asynccontextmanager
async def wire(
    websocket: WebSocket, protocol: str, subprotocol: str | None = None
) -> AsyncIterator[Wire]:
    """Accept the handshake, and serve until the block ends or somebody ends it.

    What is raised in the block closes it as `reason_of` says; `Wire.close` cancels the
    block. `protocol` is its name in the figures.
    """
    await websocket.accept(subprotocol)
    block = asyncio.timeout(None)
    line = Wire(websocket, protocol, block)
    writer = asyncio.create_task(line.write(), name=f"{protocol} writer")
    try:
        async with block:
            try:
                yield line
            finally:
                line.let_go()
    except Exception as error:  # noqa: BLE001  nobody above would say why
        if not (isinstance(error, TimeoutError) and block.expired()):
            why = reason_of(error, protocol)
            line.close(why.code, why.reason)
    finally:
        writer.cancel()
        await asyncio.wait([writer])
        await line.say_why()
        code = LEFT if line.closing is None else str(int(line.closing.code))
        CLOSED.inc(protocol, code)
