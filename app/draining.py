"""The moments between "stop" and the end, in which load balancers look elsewhere."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

from app.lifespan import Platform
from app.sockets.sockets import Sockets


@asynccontextmanager
async def drained_at_sigterm(
    platform: Platform, sockets: Sockets
) -> AsyncIterator[None]:
    """While the block runs, SIGTERM first makes the process not ready.

    `drain_s` later open sockets are closed, and then whoever handled the signal before
    gets it; a second one at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's alone
        return
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)
    leaving: list[asyncio.Task[None]] = []

    async def leave(number: int) -> None:
        settings = platform.settings
        await asyncio.sleep(settings.drain_s)
        await sockets.drain(min(settings.socket_drain_s, settings.shutdown_grace_s))
        if callable(before):
            before(number, None)

    def drain(number: int, frame: FrameType | None) -> None:
        first, platform.draining = not platform.draining, True
        if first:
            loop.call_soon_threadsafe(
                lambda: leaving.append(loop.create_task(leave(number)))
            )
        elif callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, drain)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        for task in leaving:
            task.cancel()
            await asyncio.wait([task])
