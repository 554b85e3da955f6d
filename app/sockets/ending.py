"""A block of code that can be ended from elsewhere, once, and for a reason."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.sockets.close_codes import CloseCode, SocketClosed, reason_of


class Ending:
    """`why` is None until something ends the block but the block itself."""

    def __init__(self, protocol: str) -> None:
        """`protocol` is its name in the log."""
        self._protocol = protocol
        self._block: asyncio.Timeout | None = None
        self.why: SocketClosed | None = None

    def close(self, code: int, reason: str = "") -> None:
        """Cancel the block, without waiting; only the first call counts."""
        self._end(SocketClosed(CloseCode(code), reason))

    def fail(self, error: Exception) -> None:
        """As `close`, as `reason_of` says."""
        self._end(reason_of(error, self._protocol))

    @asynccontextmanager
    async def block(self) -> AsyncIterator[None]:
        """What `close` cancels; what is raised in it is caught and ends it as well."""
        timeout = asyncio.timeout(None)
        try:
            async with timeout:
                self._block = timeout
                if self.why:
                    self._cancel()
                try:
                    yield
                finally:
                    self._block = None  # there is nothing left to cancel
        except Exception as error:  # noqa: BLE001  nobody above would say why
            if not (isinstance(error, TimeoutError) and timeout.expired()):
                self.fail(error)

    def _end(self, why: SocketClosed) -> None:
        if self.why is None:
            self.why = why
            self._cancel()

    def _cancel(self) -> None:
        if self._block:
            self._block.reschedule(asyncio.get_running_loop().time())
