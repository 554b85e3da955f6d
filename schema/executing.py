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
from kit.deadline import Deadline


def timed_executor(seconds: float) -> type[Executor[Any]]:
    """Gives each event of a subscription so long. Who asks for a query or a mutation
    sees to its time: that includes more than its execution.
    """

    class TimedExecutor(StrawberryGraphQLCoreExecutionContext):
        def execute_operation(self, serially: bool | None = None) -> Any:  # noqa: FBT001  the library's
            result: Any = super().execute_operation(serially)
            is_event = self.operation.operation is OperationType.SUBSCRIPTION
            if is_event and self.is_awaitable(result):
                return self._in_time(result)
            return result

        async def _in_time(self, result: Awaitable[Any]) -> Any:
            try:
                async with Deadline(seconds):
                    return await result
            except TimeoutError:
                return ExecutionResult(None, [self._too_late()])

        def _too_late(self) -> GraphQLError:
            """At the path of the field: it is one event that failed, others follow."""
            (root, *_) = self.operation.selection_set.selections
            while not isinstance(root, FieldNode):
                if isinstance(root, FragmentSpreadNode):
                    definition = self.fragment_definitions[root.name.value]
                    (root, *_) = definition.selection_set.selections
                else:
                    (root, *_) = root.selection_set.selections  # type: ignore[attr-defined]
            name = (root.alias or root.name).value
            late = TimedOut()
            return GraphQLError(late.message, root, path=[name], original_error=late)

    return TimedExecutor
