"""Subscriptions, each executed once for all who may be told the same."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Hashable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

from strawberry.types import ExecutionResult

from app.graphql.operations import OperationFailed, Operations, never_ran, result_text
from app.graphql.sharing import Plan
from app.graphql.viewer import Viewer
from domain.positions import Position
from kit.metrics import REGISTRY
from realtime.shared import SharedStreams
from realtime.waiting import Missed
from resolvers.context import Context, Part
from schema.errors import to_wire

# Of states a listener keeps the newest of each subject, which are shared by all: they
# cost each of them a reference, so that these bounds are only against mistakes.
SUBJECTS_MAX = 20_000
SUBJECTS_MAX_BYTES = 64 * 1_048_576
EXECUTIONS = REGISTRY.counter(
    "dashboard_subscription_executions_total",
    "Times a subscription was executed for an event, shared or not",
    ("field",),
)


@dataclass(frozen=True)
class Payload:
    """An execution result as JSON, the very same object for all who share it."""

    text: str
    position: Position | None
    cursor: str | None
    subject: Hashable
    lasting: bool


Payloads = AsyncIterator[Payload | Missed[Payload]]


class Subscriptions:
    """Those of one process."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self._logs: SharedStreams[Payload] = SharedStreams(_size)
        self._listening: dict[Hashable, asyncio.Event] = {}
        self._states: SharedStreams[Payload] = SharedStreams(
            _size,
            subject=lambda payload: payload.subject,
            lasting=lambda payload: payload.lasting,
            most_items=SUBJECTS_MAX,
            most_bytes=SUBJECTS_MAX_BYTES,
        )

    @asynccontextmanager
    async def join(self, plan: Plan, viewer: Viewer) -> AsyncIterator[Payloads]:
        """Take part in the execution of `plan` for those like `viewer`. Of a log, it
        hears every event from now on.
        """
        context = viewer.context(Part.LIVE)
        key = (plan.key, plan.scope(context.principal))
        if plan.topic is None:
            async with self._states.join(
                key, lambda: self.execute(plan, context), newest_only=True
            ) as member:
                yield member
            return
        if key not in self._logs:
            self._listening[key] = context.stream.listening
        listening = self._listening[key]
        try:
            async with self._logs.join(
                key, lambda: self.execute(plan, context), newest_only=False
            ) as member:
                await listening.wait()
                yield member
        finally:
            if key not in self._logs:
                self._listening.pop(key, None)

    async def execute(
        self, plan: Plan, context: Context
    ) -> AsyncGenerator[Payload, None]:
        """The results, event by event.

        Raises:
            OperationFailed: it does not begin, or cannot go on.
        """
        asked = plan.asked
        results = await self.operations.schema.subscribe(
            asked.query,
            variable_values=asked.variables,
            context_value=context,
            operation_name=asked.operation_name,
            operation_extensions=asked.extensions,
        )
        try:
            async with aclosing(results):
                async for result in results:
                    yield self._payload(plan, context, result)
        finally:
            context.stream.listening.set()  # for who waits, though it never began

    def _payload(
        self, plan: Plan, context: Context, result: ExecutionResult
    ) -> Payload:
        request_id, stream = context.origin.request_id, context.stream
        errors = [to_wire(error, request_id) for error in result.errors or ()]
        if never_ran(result.data, errors):
            raise OperationFailed(errors)
        EXECUTIONS.inc(plan.field)
        text = result_text(result.data, errors, result.extensions)
        return Payload(
            text, stream.position, stream.cursor, stream.subject, stream.lasting
        )


def _size(payload: Payload) -> int:
    return len(payload.text)
