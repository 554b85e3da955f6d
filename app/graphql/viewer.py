"""Whose subscriptions run on a connection, as that changes while they do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TypeVar

from app.sockets.open_socket import OpenSocket
from domain.principal import Principal
from resolvers.context import Context, Part, Stream

T = TypeVar("T")
Fits = Callable[[Principal], bool]


class AccessMoved(Exception):
    """What was being watched is not what this person may be told now."""


class Viewer:
    """The person at the other end of one open connection."""

    def __init__(self, socket: OpenSocket) -> None:
        self._socket = socket
        self._waits: dict[asyncio.Timeout, Fits] = {}
        socket.on_change = self._interrupt

    @property
    def principal(self) -> Principal:
        return self._socket.context.principal

    @property
    def request_id(self) -> str:
        return self._socket.context.origin.request_id

    def context(self, part: Part = Part.ALL, after: str | None = None) -> Context:
        """For one operation of its own, of who this is now."""
        stream = Stream(part, after, renew=self._socket.renew)
        return replace(self._socket.context, stream=stream)

    async def take(self, items: AsyncIterator[T], fits: Fits) -> T:
        """The next of `items`, as long as it `fits` whom it is for.

        Raises:
            AccessMoved: it does not, or not any more.
            StopAsyncIteration: there is none.
        """
        wait = asyncio.timeout(None)
        try:
            async with wait:
                self._waits[wait] = fits
                item = await anext(items)
        except TimeoutError:
            if wait.expired():
                raise AccessMoved from None
            raise
        finally:
            self._waits.pop(wait, None)
        if not fits(self.principal):
            raise AccessMoved
        return item

    def _interrupt(self) -> None:
        now_s = asyncio.get_running_loop().time()
        for wait, fits in self._waits.items():
            if not fits(self.principal):
                wait.reschedule(now_s)
