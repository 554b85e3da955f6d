"""What the documented sockets are told, whatever carries it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from app.legacy.cursor import Positions, sign_positions
from app.legacy.feed import Feed
from app.legacy.messages import (
    Message,
    Messages,
    dashboard_message,
    gap_message,
    may_be_told,
)
from app.sockets.open_socket import OpenSocket
from domain.events import Event
from domain.positions import Delivered, Gap
from domain.stats import TimeRange
from kit.tasks import together
from kit.times import rfc3339
from realtime.shared import SharedStreams
from resolvers.context import Context
from resolvers.live import watch_dashboard

Emit = Callable[[Message, str | None], Awaitable[None]]
Ahead = tuple[Delivered | Gap, Positions]
AHEAD_MAX = 100
MIN_INTERVAL_MS = 1_000
RANGE = TimeRange.LAST_24_HOURS  # that of `GET /dashboard/stats` unless told another


class LiveSource:
    """One per process: what is the same for all listeners is made once."""

    def __init__(self) -> None:
        self.messages = Messages()
        self.dashboards: SharedStreams[Message] = SharedStreams(lambda m: len(m.text))


class Telling:
    """One listener: `run` tells it everything, `cursor` says how far that has come."""

    def __init__(
        self, source: LiveSource, socket: OpenSocket, after: Positions | None
    ) -> None:
        self._source = source
        self._socket = socket
        self._services = socket.context.services
        self._feed = Feed(self._services.live, self._accepts, after)
        self._told = self._feed.positions
        # Taken from the feed and not told yet, with the positions after each.
        self._ahead: asyncio.Queue[Ahead] = asyncio.Queue(AHEAD_MAX)
        self._untold = 0

    @property
    def cursor(self) -> str | None:
        """Covers all that was handed to `emit`, and nothing that was not; None while
        Redis is away.
        """
        if not self._untold:
            self._told = self._feed.positions
        return sign_positions(self._services, self._told)

    def ready(self) -> Message:
        """What it is told first: from where on, and until when its token lasts."""
        expires_ms = self._socket.context.principal.token_expires_ms
        data = {
            "cursor": self.cursor,
            "expires_at": None if expires_ms is None else rfc3339(expires_ms),
        }
        return Message.of("ready", self._services.clock.now_ms(), data)

    async def run(self, emit: Emit) -> None:
        """Hands each message with its cursor to `emit`, the dashboard's figures
        first; never ends.

        Raises:
            Unavailable: MongoDB did not answer; go on from `cursor`.
        """
        await together([self._take(), self._tell(emit), self._tell_figures(emit)])

    async def _take(self) -> None:
        async with aclosing(self._feed.items()) as items:
            async for item in items:
                self._untold += 1
                await self._ahead.put((item, self._feed.positions))

    async def _tell(self, emit: Emit) -> None:
        while True:
            taken = [await self._ahead.get()]
            # A burst is looked up together, not one by one.
            while not self._ahead.empty():
                taken.append(self._ahead.get_nowait())
            messages = await self._messages([item for item, _ in taken])
            for message, (item, positions) in zip(messages, taken, strict=True):
                # Asked again: what was allowed may not be any more after a wait.
                if isinstance(item, Gap) or self._accepts(item.event):
                    await emit(message, sign_positions(self._services, positions))
                self._told = positions
                self._untold -= 1

    async def _messages(self, items: Sequence[Delivered | Gap]) -> list[Message]:
        events = [item.event for item in items if isinstance(item, Delivered)]
        found = iter(await self._source.messages.of(self._socket.context, events))
        now_ms = self._services.clock.now_ms()
        return [
            gap_message(item, now_ms) if isinstance(item, Gap) else next(found)
            for item in items
        ]

    async def _tell_figures(self, emit: Emit) -> None:
        # In the name of whoever comes first: the figures are everybody's.
        context = replace(self._socket.context)
        dashboards = self._source.dashboards
        async with dashboards.join(
            RANGE, lambda: _dashboards(context), newest_only=True
        ) as messages:
            async for message in messages:
                if isinstance(message, Message):
                    await emit(message, self.cursor)

    def _accepts(self, event: Event) -> bool:
        return may_be_told(self._socket.context.principal, event)


async def _dashboards(context: Context) -> AsyncGenerator[Message, None]:
    async with aclosing(watch_dashboard(context, RANGE, MIN_INTERVAL_MS)) as figures:
        async for figure in figures:
            yield dashboard_message(figure)
