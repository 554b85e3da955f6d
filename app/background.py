"""Tasks that run beside the requests, each with an owner that awaits its end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from kit.metrics import REGISTRY

CANCEL_AGAIN_S = 1.0
FAILURES = REGISTRY.counter(
    "dashboard_background_failures_total",
    "Rounds of a background task that failed",
    ("task",),
)
_log = logging.getLogger(__name__)


@asynccontextmanager
async def owned(name: str, work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Runs `work` while the block does; cancels it and awaits its end after it."""
    task = asyncio.create_task(_reported(name, work), name=name)
    try:
        yield
    finally:
        # More than once: on Python 3.11 a wait that ends just then swallows it.
        while not task.done():
            task.cancel()
            await asyncio.wait([task], timeout=CANCEL_AGAIN_S)


async def every(
    seconds: float, name: str, round_: Callable[[], Awaitable[object]]
) -> None:
    """Calls `round_` for ever, `seconds` apart; a round that fails is logged."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await round_()
        except Exception:  # noqa: BLE001  the next round may do better
            FAILURES.inc(name)
            _log.exception("a background task failed", extra={"fields": {"task": name}})


async def _reported(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001  nobody else would hear of it
        FAILURES.inc(name)
        _log.exception("a background task ended", extra={"fields": {"task": name}})
