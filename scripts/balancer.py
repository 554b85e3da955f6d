"""A small load balancer for drills: connections in turn to whoever is ready.

It passes bytes on and looks at none of them, so HTTP, sockets and event streams all go
through it. Each backend is asked `GET /health/ready` again and again; one that answers
anything but 200 gets no new connections, and keeps those it has. When nobody is ready
all are tried, as load balancers do.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CHECK_EVERY_S = 0.2
CHECK_WITHIN_S = 1.0
PATIENCE_S = 10.0  # with a client, while nobody is ready
READY_WITHIN_S = 60
_CHUNK = 65_536
_ASK = b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@dataclass
class Backend:
    """Who answers on that port of this machine; `connections` are those ever made."""

    port: int
    ready: bool = False
    connections: int = 0

    async def check(self) -> None:
        try:
            async with asyncio.timeout(CHECK_WITHIN_S):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    writer.write(_ASK)
                    status = await reader.readline()
                finally:
                    writer.close()
        except TimeoutError:
            return  # busy, perhaps: it has not said no
        except OSError:
            self.ready = False
        else:
            self.ready = status.split()[1:2] == [b"200"]

    async def becomes(self, *, ready: bool) -> None:
        """Returns when it is; raises TimeoutError when it never is."""
        async with asyncio.timeout(READY_WITHIN_S):
            while self.ready is not ready:  # noqa: ASYNC110  seen within 10 ms
                await asyncio.sleep(0.01)


@dataclass
class Balancer:
    """`url` is where its clients go."""

    backends: Sequence[Backend]
    url: str = ""
    _turn: "itertools.cycle[Backend]" = field(init=False)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    def __post_init__(self) -> None:
        self._turn = itertools.cycle(self.backends)

    async def watch(self, backend: Backend) -> None:
        while True:
            await backend.check()
            await asyncio.sleep(CHECK_EVERY_S)

    def accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                far_reader, far_writer = await self._connect()
        except TimeoutError:
            writer.close()
            return
        ways = [
            asyncio.create_task(_pass_on(reader, far_writer)),
            asyncio.create_task(_pass_on(far_reader, writer)),
        ]
        try:
            # Either end may go: then both do.
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            writer.close()
            far_writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while True:
            nobody = not any(one.ready for one in self.backends)
            for _ in self.backends:
                backend = next(self._turn)
                if not (backend.ready or nobody):
                    continue
                with suppress(OSError):
                    far = await asyncio.open_connection("127.0.0.1", backend.port)
                    backend.connections += 1
                    return far
                backend.ready = False
            await asyncio.sleep(CHECK_EVERY_S / 4)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def balancing(*ports: int) -> AsyncIterator[Balancer]:
    """In front of these ports of this machine until the block ends."""
    balancer = Balancer([Backend(port) for port in ports])
    server = await asyncio.start_server(balancer.accept, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    balancer.url = f"http://{host}:{port}"
    async with asyncio.TaskGroup() as group:
        watchers = [group.create_task(balancer.watch(one)) for one in balancer.backends]
        try:
            yield balancer
        finally:
            for watcher in watchers:
                watcher.cancel()
            server.close()
            await balancer.close()
