"""A Valkey server of a test's own: killed, restarted, emptied as the test likes."""

import subprocess
import time
from pathlib import Path

import redis

from app.embedded.servers import valkey_server

START_S = 30


class Valkey:
    """Keeps its data through kills, as the embedded server does."""

    def __init__(self, folder: Path) -> None:
        self._server = valkey_server(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self.address = self._server.address

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline_s = time.monotonic() + START_S
        while True:
            try:
                return self._server.probe()
            except (redis.RedisError, OSError):
                assert time.monotonic() < deadline_s, "Valkey does not start"
                time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL: no goodbye to anybody."""
        if self._process:
            self._process.kill()
            self._process.wait()

    @property
    def client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.address)
