"""The process of one embedded server, through all its restarts."""

import fcntl
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.embedded import guard
from app.embedded.errors import EmbeddedFailed
from app.embedded.servers import Server
from kit.metrics import REGISTRY

STOP_S = 10
LOOK_S = 0.05
PAUSE_S = (0.05, 5.0)  # the first and the longest before a restart
STEADY_S = 30  # who ran that long starts again after the first pause
LOG_BYTES_MAX = 1_000_000
RESTARTS = REGISTRY.counter(
    "dashboard_embedded_restarts_total",
    "Embedded servers started again after they died",
    ("server",),
)
_log = logging.getLogger(__name__)


class Child:
    """Not thread-safe: belongs to the thread that starts it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.process: subprocess.Popen[bytes] | None = None
        self._started_s = 0.0
        self._pause_s = PAUSE_S[0]
        self._revive_at_s: float | None = None

    @property
    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def start(self) -> None:
        """Starts the process, once any earlier one on the same files has ended."""
        folder = self.server.folder
        guarded = [sys.executable, "-I", "-S", guard.__file__, str(os.getpid())]
        with _files_of(folder) as lock, _log_file(folder) as log:
            self.process = subprocess.Popen(  # noqa: S603  the command is ours
                [*guarded, *self.server.command],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the service, which needs them until it has finished.
                start_new_session=True,
                # The server itself holds the lock on its files while it lives.
                pass_fds=[lock.fileno()],
            )
        self._started_s = time.monotonic()

    def wait_until_it_works(self, deadline_s: float) -> None:
        """Returns when the server has kept a value.

        Raises:
            EmbeddedFailed: it died, or does not work at `deadline_s` (monotonic).
        """
        while True:
            try:
                return self.server.probe()
            except Exception as err:
                if self.died or time.monotonic() > deadline_s:
                    reason = _last_line(self.server.folder) or err
                    raise EmbeddedFailed(
                        f"the embedded {self.server.name} server does not start: "
                        f"{reason}"
                    ) from err
            time.sleep(LOOK_S)

    def revive(self) -> None:
        """If the process died: starts it again, after a pause that grows."""
        if not self.died:
            return
        now_s = time.monotonic()
        if self._revive_at_s is None:
            self._revive_at_s = now_s + self._next_pause(now_s - self._started_s)
        if now_s >= self._revive_at_s:
            self._revive_at_s = None
            RESTARTS.inc(self.server.name)
            self._close()
            self.start()

    def stop(self) -> None:
        """Ends the process and waits for its end."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._close()

    def _next_pause(self, lived_s: float) -> float:
        pause_s = PAUSE_S[0] if lived_s > STEADY_S else self._pause_s
        self._pause_s = min(pause_s * 2, PAUSE_S[1])
        fields = {"server": self.server.name, "restart_in_s": pause_s}
        _log.error("an embedded server died", extra={"fields": fields})
        return pause_s

    def _close(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()


@contextmanager
def _files_of(folder: Path) -> Iterator[IO[bytes]]:
    """The lock on a server's files; waits for a server that is still stopping."""
    deadline_s = time.monotonic() + STOP_S
    with (folder / "server.lock").open("ab") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as err:
                if time.monotonic() > deadline_s:
                    raise EmbeddedFailed(
                        f"another server still runs on {folder}"
                    ) from err
            time.sleep(LOOK_S)
        yield lock


def _log_path(folder: Path) -> Path:
    return folder / "server.log"


def _log_file(folder: Path) -> IO[bytes]:
    path = _log_path(folder)
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".log.old"))
    return path.open("ab")


def _last_line(folder: Path) -> str:
    lines = _log_path(folder).read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
