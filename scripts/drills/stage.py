"""Two databases that are killed and started at will, and replicas on them."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from app.embedded.servers import Server, mongodb_server, valkey_server
from app.settings.settings import Settings
from scripts.replicas import EMAIL, PASSWORD, SECRET, Databases, Replica, running

PATIENCE_S = 60


@dataclass
class Killable:
    """A server whose data outlive it."""

    server: Server
    process: "subprocess.Popen[bytes] | None" = None

    async def start(self) -> None:
        """Returns when it answers."""
        self.process = subprocess.Popen(  # noqa: ASYNC220  returns at once
            self.server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                await asyncio.to_thread(self.server.probe)
            except Exception:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.02)
            else:
                return

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@dataclass
class Stage:
    """`replica(...)` starts the service on the databases, whichever of them is up."""

    folder: Path
    mongodb: Killable
    redis: Killable

    async def start(self) -> None:
        """Both databases."""
        await self.mongodb.start()
        await self.redis.start()

    @asynccontextmanager
    async def replica(self, name: str, **settings: str) -> AsyncIterator[Replica]:
        addresses = Settings(
            env="test",
            mongodb_uri=self.mongodb.server.address,
            redis_url=self.redis.server.address,
            jwt_secret=SecretStr(SECRET),
        )
        at = Databases(addresses)
        async with running(at, self.folder, name, **settings) as replica:
            yield replica


@asynccontextmanager
async def stage(
    folder: Path, mongodb_folder: Path | None = None
) -> AsyncIterator[Stage]:
    """Its databases are not started yet; they end with the block."""
    made = Stage(
        folder,
        Killable(mongodb_server(mongodb_folder or folder)),
        Killable(valkey_server(folder)),
    )
    try:
        yield made
    finally:
        made.mongodb.kill()
        made.redis.kill()


class Caller:
    """Somebody signed in, who asks a replica over REST."""

    def __init__(self, url: str) -> None:
        self.http = httpx.AsyncClient(base_url=url, timeout=15)
        self.token = ""
        self.slowest_s = 0.0

    async def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> Any:
        """What signing in answers; it is this caller from then on."""
        body = {"email": email, "password": password}
        answer = await self.http.post("/api/v1/auth/login", json=body)
        answer.raise_for_status()
        data = answer.json()["data"]
        self.token = data["access_token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        return data

    async def status(self, method: str, path: str, body: Any = None) -> int:
        """The status of an answer; 0 where there was none. Notes the slowest."""
        began = time.monotonic()
        try:
            answer = await self.http.request(method, path, json=body)
        except httpx.TransportError:
            return 0
        else:
            return answer.status_code
        finally:
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)


@asynccontextmanager
async def caller(url: str) -> AsyncIterator[Caller]:
    """Signed in as the first administrator."""
    made = Caller(url)
    async with made.http:
        await made.sign_in()
        yield made


async def seconds_until(condition: Callable[[], Awaitable[bool]]) -> float:
    """How long it takes until it holds.

    Raises:
        TimeoutError: more than a minute.
    """
    began = time.monotonic()
    async with asyncio.timeout(PATIENCE_S):
        while not await condition():  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.05)
    return time.monotonic() - began
