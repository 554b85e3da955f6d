"""Keeps the embedded servers running, and takes them down with the service."""

import logging
import threading
import time
from collections.abc import Iterable, Mapping

from app.embedded.child import LOOK_S, Child
from app.embedded.servers import Server

START_S = 20
_log = logging.getLogger(__name__)


class Supervisor:
    """The thread that starts the servers, and again whenever one of them dies.

    One thread starts them all and lives until they are stopped: to the kernel, "the
    parent died" means that the thread which started a process ended.
    """

    def __init__(self, servers: Iterable[Server]) -> None:
        self._children = [Child(server) for server in servers]
        self._thread = threading.Thread(
            target=self._run, name="embedded-servers", daemon=True
        )
        self._settled = threading.Event()
        self._stopping = threading.Event()
        self._failure: Exception | None = None

    @property
    def pids(self) -> Mapping[str, int]:
        """The process of each server by its name."""
        return {c.server.name: c.process.pid for c in self._children if c.process}

    def start(self) -> None:
        """Returns when every server works.

        Raises:
            EmbeddedFailed: one does not; all are stopped again.
        """
        self._thread.start()
        self._settled.wait()
        if self._failure:
            self._thread.join()
            raise self._failure

    def stop(self) -> None:
        """Ends every server and waits for its end."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._start_all()
            self._settled.set()
            while not self._stopping.wait(LOOK_S):
                self._revive_all()
        except Exception as err:  # noqa: BLE001  raised again by who waits
            self._failure = err
        finally:
            for child in reversed(self._children):
                child.stop()
            self._settled.set()

    def _start_all(self) -> None:
        for child in self._children:
            child.start()
        deadline_s = time.monotonic() + START_S
        for child in self._children:
            child.wait_until_it_works(deadline_s)

    def _revive_all(self) -> None:
        for child in self._children:
            try:
                child.revive()
            except Exception:  # noqa: BLE001  the next look tries again
                _log.exception("an embedded server could not be started")
