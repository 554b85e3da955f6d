"""Tasks that run beside the requests, each with an owner that awaits its end."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from kit.metrics import REGISTRY

LAG_LOOK_S = 0.5
CANCEL_AGAIN_S = 1.0
FAILURES = REGISTRY.counter(
    "dashboard_background_failures_total",
    "Rounds of a background task that failed",
    ("task",),
)
LOOP_LAG = REGISTRY.reading(
    "dashboard_loop_lag_seconds",
    "How late the event loop woke last, the measure of being overloaded",
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


async def watch_loop() -> None:
    """Keeps `LOOP_LAG` true."""
    while True:
        before_s = time.monotonic()
        await asyncio.sleep(LAG_LOOK_S)
        LOOP_LAG.set(max(time.monotonic() - before_s - LAG_LOOK_S, 0.0))


async def _reported(name: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # noqa: BLE001  nobody else would hear of it
        FAILURES.inc(name)
        _log.exception("a background task ended", extra={"fields": {"task": name}})
