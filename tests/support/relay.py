"""A wire between client and server that a test can cut, plug up or encrypt."""

import asyncio
import ssl
from types import TracebackType
from typing import Self

from redis.asyncio import Redis

Address = str | tuple[str, int]  # a Unix socket's path, or host and port
_CHUNK = 65_536


def address_of(redis: Redis) -> Address:
    """Where that client connects to."""
    options = redis.connection_pool.connection_kwargs
    if "path" in options:
        return str(options["path"])
    return options.get("host", "localhost"), options.get("port", 6379)


class Relay:
    """Listens on `port` of 127.0.0.1 and passes everything on to `target`.

    With `cut_after` set, whatever request holds these bytes reaches the server, but
    instead of its answer the client gets a closed connection, `cuts` times. While
    `silent`, nothing comes back at all.
    """

    def __init__(self, target: Address, *, tls: ssl.SSLContext | None = None) -> None:
        self._target = target
        self._tls = tls
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.cut_after: bytes | None = None
        self.cuts = 0
        self.silent = False
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", self.port, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for writer in list(self._writers):
            writer.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            await self._pass_on(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self._writers.discard(writer)
            self._tasks.discard(task)

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if isinstance(self._target, str):
            server = await asyncio.open_unix_connection(self._target)
        else:
            server = await asyncio.open_connection(*self._target)
        doomed = asyncio.Event()
        try:
            ends = [
                asyncio.ensure_future(self._requests(reader, server[1], doomed)),
                asyncio.ensure_future(self._answers(server[0], writer, doomed)),
            ]
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)
        finally:
            server[1].close()

    async def _requests(
        self,
        client: asyncio.StreamReader,
        server: asyncio.StreamWriter,
        doomed: asyncio.Event,
    ) -> None:
        while data := await client.read(_CHUNK):
            if self.cuts and self.cut_after is not None and self.cut_after in data:
                self.cuts -= 1
                doomed.set()
            server.write(data)
            await server.drain()

    async def _answers(
        self,
        server: asyncio.StreamReader,
        client: asyncio.StreamWriter,
        doomed: asyncio.Event,
    ) -> None:
        while data := await server.read(_CHUNK):
            if doomed.is_set():
                return
            if not self.silent:
                client.write(data)
                await client.drain()
