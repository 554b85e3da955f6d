"""`dashboard serve` on embedded servers of its own, killed part by part."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import redis

from scripts.replicas import EMAIL, PASSWORD, ROOT, UNLIMITED, announced


class Service:
    """`dashboard serve` on a data directory of its own."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._log = folder / "service.log"
        self._port = "0"
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    @property
    def _environment(self) -> dict[str, str]:
        given = {
            "ENV": "test",
            "PORT": self._port,
            "DATA_DIR": str(self._data),
            "BCRYPT_COST": "4",
            **UNLIMITED,
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": PASSWORD,
        }
        return {**os.environ, **{f"DASHBOARD_{k}": v for k, v in given.items()}}

    async def verify(self) -> int:
        """`dashboard audit verify`, beside the running service."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app", "audit", "verify"),
            cwd=ROOT,
            env=self._environment,
        )
        return await process.wait()

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app", "serve"),
                cwd=ROOT,
                env=self._environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self.url = await announced(self._process, self._log)
        self._port = self.url.rpartition(":")[2]

    async def stop(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        await self._process.wait()

    async def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        await self.start()

    async def kill_mongodb(self) -> None:
        pid = int((self._data / "mongodb" / "nx.pid").read_text())
        os.kill(pid, signal.SIGKILL)

    async def kill_valkey(self) -> None:
        path = self._data / "valkey" / "valkey.sock"
        with redis.Redis(unix_socket_path=str(path)) as client:
            os.kill(int(client.info("server")["process_id"]), signal.SIGKILL)
