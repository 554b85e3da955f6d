"""Uvicorn, set up as the service needs it."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.server import HANDLED_SIGNALS

from app.http.protocol import HttpProtocol
from app.settings.settings import Settings
from app.sockets.protocol import WebSocketProtocol

BACKLOG = 2_048


class Server(uvicorn.Server):
    """Uvicorn's, except that it lets us close our own things after a signal.

    The original sends itself the signal again, which ends the process before the
    last figures are stored and the embedded servers are stopped.
    """

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {n: signal.signal(n, self.handle_exit) for n in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def server_config(settings: Settings, app: Starlette | str) -> uvicorn.Config:
    """For one process, or for workers that import the application by its name."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=settings.workers,
        loop="uvloop",
        http=_http_protocol(settings),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws=WebSocketProtocol,
        ws_max_size=settings.socket_message_max_bytes,
        ws_ping_interval=settings.socket_ping_s,
        ws_ping_timeout=settings.socket_ping_s,
        ws_per_message_deflate=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=settings.shutdown_grace_s,
    )


def _http_protocol(settings: Settings) -> Any:
    """What uvicorn makes for each connection; can be sent to workers."""
    return partial(
        HttpProtocol,
        head_s=settings.header_timeout_s,
        head_max_bytes=settings.header_max_bytes,
        body_s=settings.body_timeout_s,
        read_s=settings.read_timeout_s,
    )
