"""Subscriptions, each executed once for all who may be told the same."""

from collections.abc import AsyncGenerator, AsyncIterator, Hashable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from app.graphql_http import GraphQLRequest
from app.graphql_operations import OperationFailed, Operations, never_ran, result_text
from app.graphql_sharing import Plan
from app.graphql_viewer import AccessMoved, Viewer
from kit.metrics import REGISTRY
from realtime.shared import SharedStreams
from realtime.waiting import Missed
from resolvers.context import Context
from resolvers.live_cursors import head_cursor
from schema.errors import to_wire

# Of states a listener keeps the newest of each subject, which are shared by all: they
# cost each of them a reference, so that these bounds are only against mistakes.
SUBJECTS_MAX = 20_000
SUBJECTS_MAX_BYTES = 64 * 1_048_576
SUBSCRIPTIONS = REGISTRY.gauge(
    "dashboard_subscriptions", "GraphQL subscriptions open", ("protocol", "field")
)
EXECUTIONS = REGISTRY.counter(
    "dashboard_subscription_executions_total",
    "Times a subscription was executed for an event, shared or not",
    ("field",),
)


@dataclass(frozen=True)
class Payload:
    """An execution result as JSON, the very same object for all who share it."""

    text: str
    cursor: str | None
    subject: Hashable
    lasting: bool


class FellBehind(Exception):
    """Payloads were dropped for one who was too slow."""


class Subscriptions:
    """Those of one process."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._logs: SharedStreams[Payload] = SharedStreams(_size)
        self._states: SharedStreams[Payload] = SharedStreams(
            _size,
            subject=lambda payload: payload.subject,
            lasting=lambda payload: payload.lasting,
            most_items=SUBJECTS_MAX,
            most_bytes=SUBJECTS_MAX_BYTES,
        )

    async def open(
        self, asked: GraphQLRequest, viewer: Viewer, after: str | None = None
    ) -> "Subscription":
        """A subscription that has not begun; `after` overrides that of the operation.

        Raises:
            OperationFailed: there is no such operation.
        """
        operation = self._operations.find(asked, viewer.request_id)
        plan = Plan(asked, operation)
        resumes = plan.topic is not None and (after or plan.after) is not None
        if plan.topic is not None and not resumes:
            # Looked up before it begins: what comes in between is not lost for who
            # loses the connection before the first event.
            begin = await head_cursor(viewer.context(), plan.topic)
            return Subscription(self, plan, viewer, begin, resumes=False)
        return Subscription(self, plan, viewer, after, resumes=resumes)

    @asynccontextmanager
    async def join(
        self, plan: Plan, context: Context
    ) -> AsyncIterator[AsyncIterator[Payload | Missed[Payload]]]:
        """Take part in the execution of `plan` for those `context` may stand for."""
        streams = self._states if plan.topic is None else self._logs
        key = (plan.key, plan.scope(context.principal))
        async with streams.join(
            key, lambda: self.execute(plan, context), newest_only=plan.topic is None
        ) as member:
            yield member

    async def execute(
        self, plan: Plan, context: Context
    ) -> AsyncGenerator[Payload, None]:
        """The results, event by event.

        Raises:
            OperationFailed: it does not begin, or cannot go on.
        """
        asked, request_id = plan.asked, context.origin.request_id
        results = await self._operations.schema.subscribe(
            asked.query,
            variable_values=asked.variables,
            context_value=context,
            operation_name=asked.operation_name,
        )
        async with aclosing(results):
            async for result in results:
                errors = [to_wire(error, request_id) for error in result.errors or ()]
                if never_ran(result.data, errors):
                    raise OperationFailed(errors)
                EXECUTIONS.inc(plan.field)
                stream = context.stream
                text = result_text(result.data, errors)
                yield Payload(text, stream.cursor, stream.subject, stream.lasting)


class Subscription:
    """One subscription of one connection; `cursor` is how far it has come."""

    def __init__(
        self,
        all_: Subscriptions,
        plan: Plan,
        viewer: Viewer,
        cursor: str | None,
        *,
        resumes: bool,
    ) -> None:
        self._all = all_
        self._viewer = viewer
        self._resumes = resumes
        self.plan = plan
        self.cursor = cursor

    async def payloads(self, protocol: str) -> AsyncGenerator[Payload, None]:
        """The results this viewer may be told, each asked for at the moment it is.

        Whoever falls behind, or may suddenly be told more or less, goes on from the
        last event of a log, or from what a state is now.

        Raises:
            OperationFailed: it does not begin, or cannot go on.
        """
        SUBSCRIPTIONS.inc(protocol, self.plan.field)
        try:
            while True:
                try:
                    async with aclosing(self._round()) as payloads:
                        async for payload in payloads:
                            self.cursor = payload.cursor or self.cursor
                            yield payload
                except (AccessMoved, FellBehind):
                    self._resumes = self.plan.topic is not None and bool(self.cursor)
                else:
                    return
        finally:
            SUBSCRIPTIONS.inc(protocol, self.plan.field, by=-1)

    async def _round(self) -> AsyncGenerator[Payload, None]:
        plan, viewer = self.plan, self._viewer
        scope = plan.scope(viewer.principal)
        async with self._source() as items:
            while True:
                try:
                    item = await viewer.take(
                        items, lambda principal: plan.scope(principal) == scope
                    )
                except StopAsyncIteration:
                    return
                if isinstance(item, Missed):
                    raise FellBehind
                yield item

    @asynccontextmanager
    async def _source(self) -> AsyncIterator[AsyncIterator[Payload | Missed[Payload]]]:
        if not self._resumes:
            async with self._all.join(self.plan, self._viewer.context()) as member:
                yield member
            return
        # Nobody else is where this one is; and a log is read only as fast as it sends.
        context = self._viewer.context(after=self.cursor)
        async with aclosing(self._all.execute(self.plan, context)) as payloads:
            yield payloads


def _size(payload: Payload) -> int:
    return len(payload.text)
