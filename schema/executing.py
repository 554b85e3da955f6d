"""How operations are executed: as the library does it, but not for ever."""

from collections.abc import Awaitable
from typing import Any

from graphql import (
    ExecutionResult,
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationType,
)
from graphql.execution import Executor
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from domain.errors import TimedOut
from kit import tracing
from kit.deadline import Deadline


def timed_executor(seconds: float) -> type[Executor[Any]]:
    """Gives each event of a subscription so long. Who asks for a query or a mutation
    sees to its time: that includes more than its execution.
    """

    class TimedExecutor(StrawberryGraphQLCoreExecutionContext):
        def execute_operation(self, serially: bool | None = None) -> Any:  # noqa: FBT001  the library's
            if self.operation.operation is not OperationType.SUBSCRIPTION:
                return super().execute_operation(serially)
            if tracing.is_recording():
                return self._traced()
            return self._event()

        def _event(self) -> Any:
            result: Any = super().execute_operation()
            return self._in_time(result) if self.is_awaitable(result) else result

        async def _traced(self) -> Any:
            cause = self.context_value.stream.cause
            name = f"event {_root(self).name.value}"
            with tracing.trace(name, kind=tracing.Kind.CONSUMER, cause=cause):
                result = self._event()
                return await result if self.is_awaitable(result) else result

        async def _in_time(self, result: Awaitable[Any]) -> Any:
            try:
                async with Deadline(seconds):
                    return await result
            except TimeoutError:
                return ExecutionResult(None, [_too_late(_root(self))])

    return TimedExecutor


def _too_late(root: FieldNode) -> GraphQLError:
    """At the path of the field: it is one event that failed, others follow."""
    name = (root.alias or root.name).value
    late = TimedOut()
    return GraphQLError(late.message, root, path=[name], original_error=late)


def _root(executor: Executor[Any]) -> FieldNode:
    """The field that is subscribed to."""
    (root, *_) = executor.operation.selection_set.selections
    while not isinstance(root, FieldNode):
        if isinstance(root, FragmentSpreadNode):
            definition = executor.fragment_definitions[root.name.value]
            (root, *_) = definition.selection_set.selections
        else:
            (root, *_) = root.selection_set.selections  # type: ignore[attr-defined]
    return root
