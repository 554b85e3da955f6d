"""Every call of Redis, timed and, within a trace, told; never with keys or values."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from kit import tracing
from kit.clock import SystemClock
from kit.metrics import REGISTRY

SECONDS = REGISTRY.histogram(
    "dashboard_redis_command_seconds",
    "Time from a call of Redis to its answer, or to giving it up",
    ("command",),
)
PIPELINE = "PIPELINE"
_clock = SystemClock()


class TimedRedis(Redis):
    """For calls that are answered at once, not for a reader that waits for news."""

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        with _timed(str(args[0])):
            call: Any = super().execute_command
            return await call(*args, **options)

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:  # noqa: FBT001, FBT002  the library's
        return TimedPipeline(
            self.connection_pool, self.response_callbacks, transaction, shard_hint
        )


class TimedPipeline(Pipeline):
    """Several commands in one round trip count as one."""

    async def execute(self, raise_on_error: bool = True) -> list[Any]:  # noqa: FBT001, FBT002  the library's
        with _timed(PIPELINE, len(self.command_stack)):
            return await super().execute(raise_on_error)


@contextmanager
def _timed(command: str, count: int = 1) -> Iterator[None]:
    attributes: dict[str, tracing.Value] = {
        "db.system.name": "redis",
        "db.operation.name": command,
        "db.operation.batch.size": count,
    }
    started_s = _clock.steady_s()
    try:
        with tracing.span(f"redis {command}", attributes, tracing.Kind.CLIENT):
            yield
    finally:
        SECONDS.observe(_clock.steady_s() - started_s, command)
