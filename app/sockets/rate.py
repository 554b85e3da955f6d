"""How much a peer may send on a connection that stays open."""

import asyncio

from app.sockets.close_codes import CloseCode, SocketClosed

PER_S_MAX = 100
OVER_S = 5.0


class MessageRate:
    """At most `PER_S_MAX` messages a second, over `OVER_S`."""

    def __init__(self) -> None:
        self._since_s = float("-inf")
        self._count = 0

    def count(self) -> None:
        """One more message.

        Raises:
            SocketClosed: it is one too many.
        """
        now_s = asyncio.get_running_loop().time()
        if now_s - self._since_s >= OVER_S:
            self._since_s, self._count = now_s, 0
        self._count += 1
        if self._count > PER_S_MAX * OVER_S:
            raise SocketClosed(CloseCode.ABUSE, "too many messages")
