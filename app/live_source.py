"""What the documented sockets are told, whatever carries it."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace

from app.live_cursor import Positions, sign_positions
from app.live_feed import Feed
from app.live_messages import (
    Message,
    Messages,
    dashboard_message,
    gap_message,
    may_be_told,
)
from app.open_socket import OpenSocket
from domain.events import Event
from domain.positions import Gap
from domain.stats import TimeRange
from kit.tasks import together
from realtime.shared import SharedStreams
from resolvers.context import Context
from resolvers.live import watch_dashboard

Emit = Callable[[Message, str | None], Awaitable[None]]
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
        self._is_telling = False

    @property
    def cursor(self) -> str | None:
        """Covers all that was handed to `emit`, and nothing that was not; None while
        Redis is away.
        """
        if not self._is_telling:
            self._told = self._feed.positions
        return sign_positions(self._services, self._told)

    async def run(self, emit: Emit) -> None:
        """Hands each message with its cursor to `emit`, the dashboard's figures
        first; never ends.

        Raises:
            Unavailable: MongoDB did not answer; go on from `cursor`.
        """
        await together([self._tell_events(emit), self._tell_figures(emit)])

    async def _tell_events(self, emit: Emit) -> None:
        async with aclosing(self._feed.items()) as items:
            async for item in items:
                self._is_telling = True
                positions = self._feed.positions
                if isinstance(item, Gap):
                    message = gap_message(item, self._services.clock.now_ms())
                else:
                    context = self._socket.context
                    message = await self._source.messages.of(context, item.event)
                await emit(message, sign_positions(self._services, positions))
                self._told = positions
                self._is_telling = False

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
