"""One service per data directory: a lock, and the addresses its holder publishes.

The lock is the kernel's (`flock`), so that it ends with its holder however that dies.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.embedded.errors import DataDirInUse, EmbeddedFailed

LOCK_FILE = "service.lock"
JOIN_S = 15  # as long as a start may take


@dataclass(frozen=True)
class Addresses:
    """Where the embedded servers are reached; None for one that is not embedded."""

    mongodb_uri: str | None = None
    redis_url: str | None = None


@dataclass(frozen=True)
class HeldLock:
    """The right to run on a data directory; `publish` tells others the addresses."""

    descriptor: int

    def publish(self, addresses: Addresses) -> None:
        _write(self.descriptor, {"pid": os.getpid(), **asdict(addresses)})


@contextmanager
def hold(folder: Path) -> Iterator[HeldLock]:
    """The lock of `folder`, released at the end.

    Raises:
        DataDirInUse: names the process that holds it.
    """
    path = folder / LOCK_FILE
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise DataDirInUse(
                f"{folder} is in use by process {_read(path).get('pid', '?')}: "
                "stop it, or set DASHBOARD_DATA_DIR to another directory"
            ) from err
        _write(descriptor, {"pid": os.getpid()})
        yield HeldLock(descriptor)
    finally:
        os.close(descriptor)


def joined(folder: Path) -> Addresses:
    """The addresses published by the service that runs on `folder`.

    Raises:
        EmbeddedFailed: it did not say within 15 s.
    """
    deadline = time.monotonic() + JOIN_S
    while time.monotonic() < deadline:
        said = _read(folder / LOCK_FILE)
        said.pop("pid", None)
        if said:
            return Addresses(**said)
        time.sleep(0.1)
    raise EmbeddedFailed(f"the service on {folder} does not get ready")


def _write(descriptor: int, content: dict[str, object]) -> None:
    text = json.dumps(content).encode()
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text, 0)


def _read(path: Path) -> dict[str, str]:
    # Empty or half written means: not said yet.
    with suppress(OSError, ValueError):
        return dict(json.loads(path.read_text()))
    return {}
