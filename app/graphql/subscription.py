"""One subscription of one connection, from its beginning to wherever it resumes."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Self

from app.graphql.http import GraphQLRequest
from app.graphql.live import Payload, Payloads, Subscriptions
from app.graphql.sharing import Plan
from app.graphql.viewer import AccessMoved, Fits, Viewer
from domain.errors import InvalidInput
from domain.positions import Position
from domain.principal import Principal
from kit.metrics import REGISTRY
from realtime.waiting import Missed
from resolvers.context import Part
from resolvers.live_cursors import head_cursor, read_position

SUBSCRIPTIONS = REGISTRY.gauge(
    "dashboard_subscriptions", "GraphQL subscriptions open", ("protocol", "field")
)


class FellBehind(Exception):
    """Payloads were dropped for one who was too slow."""


class Subscription:
    """One subscription of one connection; `cursor` is how far it has come."""

    def __init__(self, all_: Subscriptions, plan: Plan, viewer: Viewer) -> None:
        """One that has not begun; see `open`."""
        self._all = all_
        self._viewer = viewer
        self._position: Position | None = None
        self.plan = plan
        self.cursor = None if plan.topic is None else plan.after
        self._resumes = self.cursor is not None

    @classmethod
    async def open(
        cls, all_: Subscriptions, asked: GraphQLRequest, viewer: Viewer
    ) -> Self:
        """One that is about to begin.

        Raises:
            OperationFailed: there is no such operation.
        """
        operation = await all_.operations.find(asked, viewer.request_id)
        made = cls(all_, Plan(asked, operation), viewer)
        if made.plan.topic is not None and made.cursor is None:
            # Where it goes on from, should it have to before there has been an event.
            made.cursor = await head_cursor(viewer.context(), made.plan.topic)
        return made

    def resume(self, after: str | None = None) -> None:
        """Let every event come that is past `after`, or past the present cursor."""
        self.cursor = after or self.cursor
        self._resumes = self.plan.topic is not None and self.cursor is not None

    async def payloads(self, protocol: str) -> AsyncGenerator[Payload, None]:
        """The results this viewer may be told, each asked for at the moment it is.

        Whoever falls behind, or may suddenly be told more or less, goes on from the
        last event of a log, or from what a state is now.

        Raises:
            OperationFailed: it does not begin, or cannot go on.
        """
        SUBSCRIPTIONS.inc(protocol, self.plan.field)
        self._viewer.context().services.usage.note(
            protocol, self.plan.field, self._viewer.principal
        )
        try:
            while True:
                try:
                    async with aclosing(self._round()) as payloads:
                        async for payload in payloads:
                            self.cursor = payload.cursor or self.cursor
                            self._position = payload.position
                            yield payload
                except (AccessMoved, FellBehind):
                    self.resume()
                else:
                    return
        finally:
            SUBSCRIPTIONS.inc(protocol, self.plan.field, by=-1)

    async def _round(self) -> AsyncGenerator[Payload, None]:
        plan, viewer = self.plan, self._viewer
        scope = plan.scope(viewer.principal)

        def fits(principal: Principal) -> bool:
            return plan.scope(principal) == scope

        # Listening first: what the log does not hold when it is read, comes live.
        async with self._all.join(plan, viewer) as live:
            if self._resumes:
                self._position = self._position_of_cursor()
                context = viewer.context(Part.PAST, self.cursor)
                async with aclosing(self._all.execute(plan, context)) as past:
                    async for payload in _taken(past, viewer, fits):
                        yield payload
            async for payload in _taken(live, viewer, fits):
                if not self._has_come_to(payload.position):
                    yield payload

    def _position_of_cursor(self) -> Position | None:
        assert self.plan.topic is not None
        try:
            services = self._viewer.context().services
            return read_position(services, self.plan.topic, self.cursor or "")
        except InvalidInput:
            return None  # the operation itself says so

    def _has_come_to(self, position: Position | None) -> bool:
        return bool(position and self._position and self._position.covers(position))


async def _taken(
    items: Payloads, viewer: Viewer, fits: Fits
) -> AsyncGenerator[Payload, None]:
    while True:
        try:
            item = await viewer.take(items, fits)
        except StopAsyncIteration:
            return
        if isinstance(item, Missed):
            raise FellBehind
        yield item
