"""The figures of all workers of one server, whichever of them is asked.

A scrape reaches any worker. Each writes what it counts to a file every few seconds,
and whoever is asked answers for all, itself as of now, with the label `worker`.
"""

import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from app.background import every, owned
from kit import jsonio
from kit.metrics import REGISTRY, Snapshot

FOLDER = "USER_DASHBOARD_FIGURES"  # in the environment of workers
WRITE_S = 5.0
FORGET_S = 60.0  # a worker that has written nothing for so long is no more
ENDING = ".json"


@contextmanager
def sharing() -> Iterator[None]:
    """The workers started while the block runs answer for one another."""
    with tempfile.TemporaryDirectory(prefix="dashboard-figures-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


@asynccontextmanager
async def shared() -> AsyncIterator[None]:
    """Writes this worker's figures while the block runs; nothing for who is alone."""
    folder = os.environ.get(FOLDER)
    if not folder:
        yield
        return
    mine = Path(folder, f"{os.getpid()}{ENDING}")

    async def write() -> None:
        # Put there at once: nobody reads half of it.
        fresh = mine.with_suffix(".new")
        fresh.write_bytes(jsonio.dumps(REGISTRY.snapshot()))
        fresh.replace(mine)

    await write()
    try:
        async with owned("worker figures", every(WRITE_S, "worker figures", write)):
            yield
    finally:
        _remove(mine)


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)


def text() -> str:
    """For Prometheus."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return REGISTRY.render()
    mine = str(os.getpid())
    workers = dict(_written(Path(folder)), **{mine: REGISTRY.snapshot()})
    return REGISTRY.render(workers)


def _written(folder: Path) -> Iterator[tuple[str, Snapshot]]:
    for file in sorted(folder.glob(f"*{ENDING}")):
        try:
            if time.time() - file.stat().st_mtime < FORGET_S:
                yield file.stem, jsonio.loads(file.read_bytes())
        except FileNotFoundError:
            continue  # that worker has just left
