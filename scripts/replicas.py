"""Replicas of the service on one pair of databases, for drills and measurements."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import redis
from pydantic import SecretStr

from app.embedded.databases import embedded
from app.settings.settings import Settings
from domain.rates import RateLimits

ROOT = Path(__file__).resolve().parents[1]
EMAIL, PASSWORD = "drill@example.com", "a long enough drill password"
SECRET = "for drills only and long enough to be let in"  # noqa: S105  no real one
BACK_WITHIN_S = 30
# One machine asks as many do.
UNLIMITED = dict.fromkeys(map(str.upper, RateLimits.__annotations__), "1000000")


@dataclass
class Databases:
    """Servers that outlive every replica."""

    settings: Settings

    @property
    def redis_url(self) -> str:
        return self.settings.redis_url or ""

    async def kill_redis(self) -> None:
        """SIGKILL; it is started again by itself."""
        with redis.Redis.from_url(self.redis_url) as client:
            os.kill(int(client.info("server")["process_id"]), signal.SIGKILL)

    async def redis_answers(self) -> None:
        async with asyncio.timeout(BACK_WITHIN_S):
            while True:
                with (
                    suppress(redis.RedisError, OSError),
                    redis.Redis.from_url(self.redis_url, socket_timeout=1) as client,
                ):
                    client.ping()
                    return
                await asyncio.sleep(0.02)


@asynccontextmanager
async def databases(folder: Path) -> AsyncIterator[Databases]:
    """Embedded ones, which stop with the block."""
    settings = Settings(env="test", data_dir=folder, jwt_secret=SecretStr(SECRET))
    with embedded(settings) as ready:
        yield Databases(ready)


@dataclass
class Replica:
    """`dashboard serve`, started and killed as often as wanted, at one address."""

    databases: Databases
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: str = "0"
    url: str = ""
    process: asyncio.subprocess.Process | None = None

    @property
    def ws_url(self) -> str:
        return self.url.replace("http", "ws", 1)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def start(self) -> None:
        """Returns when it answers."""
        given = {
            "ENV": "test",
            "PORT": self.port,
            "BCRYPT_COST": "4",
            **UNLIMITED,
            "MONGODB_URI": self.databases.settings.mongodb_uri or "",
            "REDIS_URL": self.databases.redis_url,
            "JWT_SECRET": SECRET,
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": PASSWORD,
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app", "serve"),
                cwd=ROOT,
                env={**os.environ, **{f"DASHBOARD_{k}": v for k, v in given.items()}},
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self.url = await announced(self.process, self.log)
        self.port = self.url.rpartition(":")[2]

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
        await self.process.wait()


async def announced(process: asyncio.subprocess.Process, log: Path) -> str:
    """Where a service that is starting says it can be found.

    Raises:
        SystemExit: it ended before it said so; `log` tells why.
    """
    assert process.stdout is not None
    async for line in process.stdout:
        words = line.decode().split()
        if words[:1] == ["Dashboard"]:
            return words[1]
    said = log.read_text()  # noqa: ASYNC240  nothing goes on
    raise SystemExit(f"the service did not start:\n{said}")


@asynccontextmanager
async def running(
    at: Databases, folder: Path, name: str = "service", **settings: str
) -> AsyncIterator[Replica]:
    """A replica until the block ends; `settings` by their names without the prefix."""
    replica = Replica(at, folder / f"{name}.log", settings)
    await replica.start()
    try:
        yield replica
    finally:
        await replica.stop()


async def sign_in(
    url: str, email: str = EMAIL, password: str = PASSWORD
) -> dict[str, Any]:
    """What a sign-in over REST answers: `access_token` and `user` among others."""
    async with httpx.AsyncClient(base_url=url, timeout=15) as http:
        body = {"email": email, "password": password}
        answer = await http.post("/api/v1/auth/login", json=body)
        answer.raise_for_status()
        data: dict[str, Any] = answer.json()["data"]
        return data


async def graphql(url: str, token: str, text: str, **variables: Any) -> Any:
    """The data of an operation.

    Raises:
        httpx.HTTPError: there was no answer, or an error.
    """
    async with httpx.AsyncClient(base_url=url, timeout=15) as http:
        answer = await http.post(
            "/graphql",
            json={"query": text, "variables": variables},
            headers={"Authorization": f"Bearer {token}"},
        )
    answer.raise_for_status()
    body = answer.json()
    if body.get("errors"):
        raise httpx.HTTPError(str(body["errors"]))
    return body["data"]
