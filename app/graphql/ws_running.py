"""The operations that run on one WebSocket."""

import asyncio
from contextlib import aclosing
from types import TracebackType
from typing import Self

from graphql import GraphQLError, OperationType

from app.graphql.http import GraphQLRequest
from app.graphql.live import Subscriptions
from app.graphql.operations import OperationFailed, Operations, Outcome
from app.graphql.subscription import Subscription
from app.graphql.viewer import Viewer
from app.graphql.ws_messages import complete, failed, next_start
from app.sockets.close_codes import CloseCode, SocketClosed
from app.sockets.wire import Wire
from domain.errors import DashboardError, RateLimited
from kit import tracing
from kit.metrics import REGISTRY
from resolvers.limiting import count_request
from schema.errors import extensions_of, to_wire

OPERATIONS_MAX = 50
TASKS_MAX = 2 * OPERATIONS_MAX  # with changes that were stopped, and still end
OPERATIONS = REGISTRY.counter(
    "dashboard_socket_operations_total",
    "GraphQL operations asked over streams and sockets",
    ("protocol", "kind"),
)


class Running:
    """Starts and stops operations, and ends those left when its block does."""

    def __init__(
        self,
        line: Wire,
        operations: Operations,
        subscriptions: Subscriptions,
        viewer: Viewer,
        protocol: str,
    ) -> None:
        self._line = line
        self._operations = operations
        self._subscriptions = subscriptions
        self._viewer = viewer
        self._protocol = protocol
        self._by_id: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._by_id.clear()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def start(self, operation_id: str, asked: GraphQLRequest) -> None:
        """Run an operation under that id.

        Raises:
            SocketClosed: an operation of that id is running.
        """
        if operation_id in self._by_id:
            raise SocketClosed(CloseCode.DUPLICATE_ID, "this id is in use")
        if len(self._by_id) >= OPERATIONS_MAX or len(self._tasks) >= TASKS_MAX:
            error = RateLimited(f"A socket may run {OPERATIONS_MAX} operations at once")
            await self._line.send(failed(operation_id, [_told(error)]))
            return
        task = asyncio.create_task(self._run(operation_id, asked))
        self._by_id[operation_id] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self, operation_id: str) -> None:
        """Nothing of that operation is sent any more; its id is free."""
        task = self._by_id.pop(operation_id, None)
        if task is not None:
            task.cancel()

    async def _run(self, operation_id: str, asked: GraphQLRequest) -> None:
        try:
            last = await self._last_message(operation_id, asked)
            if self._by_id.get(operation_id) is asyncio.current_task():
                # Free before the message says so: it may be used again at once.
                del self._by_id[operation_id]
                await self._line.send(last)
        except SocketClosed as why:
            self._line.close(why.code, why.reason)

    async def _last_message(self, operation_id: str, asked: GraphQLRequest) -> str:
        try:
            await count_request(self._viewer.context())
            found = await self._operations.find(asked, self._viewer.request_id)
            OPERATIONS.inc(self._protocol, found.operation.value)
            if found.operation is OperationType.SUBSCRIPTION:
                await self._follow(operation_id, asked)
            else:
                await self._execute(operation_id, asked)
        except OperationFailed as why:
            return failed(operation_id, why.formatted)
        except SocketClosed:
            raise
        except Exception as error:  # noqa: BLE001  the other operations go on
            bug = GraphQLError(str(error), original_error=error)
            told = to_wire(bug, self._viewer.request_id)
            return failed(operation_id, [told.formatted])
        return complete(operation_id)

    async def _follow(self, operation_id: str, asked: GraphQLRequest) -> None:
        start = next_start(operation_id)
        subscription = await Subscription.open(self._subscriptions, asked, self._viewer)
        async with aclosing(subscription.payloads(self._protocol)) as payloads:
            async for payload in payloads:
                await self._line.send(f"{start}{payload.text}}}")

    async def _traced(self, asked: GraphQLRequest) -> Outcome:
        with tracing.trace(
            f"{self._protocol} operation",
            {"dashboard.request_id": self._viewer.request_id},
        ):
            return await self._operations.execute(asked, self._viewer.context())

    async def _execute(self, operation_id: str, asked: GraphQLRequest) -> None:
        execution = asyncio.create_task(self._traced(asked))
        try:
            outcome = await asyncio.shield(execution)
        except asyncio.CancelledError:
            # Half a change is worse than one whose answer nobody reads.
            await asyncio.wait([execution])
            raise
        if outcome.never_ran:
            raise OperationFailed(outcome.errors)
        await self._line.send(f"{next_start(operation_id)}{outcome.text}}}")


def _told(error: DashboardError) -> dict[str, object]:
    return {"message": error.message, "extensions": extensions_of(error)}
