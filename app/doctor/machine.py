"""This machine: disk, memory, open files, and the built client."""

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.doctor.findings import Finding, bad, ok, warn
from app.settings.settings import Settings
from app.web_client.files import INDEX

DISK_BYTES_MIN = 1 << 30
WORKER_BYTES = 256 << 20  # a worker with 2,000 sockets has 150 to 200 MiB
_FILES_BESIDE = 100
_CGROUP = Path("/sys/fs/cgroup/memory.max")


def examined(settings: Settings, client: Path) -> Iterator[Finding]:
    """`client` is the folder of the built client."""
    if settings.needs_embedded or not settings.secrets:
        yield _disk(settings.data_dir)
    yield _files(settings)
    yield _memory(settings.workers)
    if (client / INDEX).is_file():
        yield ok("client", "the web client is built")
    else:
        yield warn("client", "the web client is not built: the API runs alone", "make")


def _disk(folder: Path) -> Finding:
    here = folder.resolve()
    while not here.exists() and here != here.parent:
        here = here.parent
    try:
        with tempfile.TemporaryFile(dir=here):
            free = shutil.disk_usage(here).free
    except OSError as err:
        what = f"cannot write to {here}: {err.strerror}"
        return bad("disk", what, "set DASHBOARD_DATA_DIR to a directory of your own")
    said = f"{free >> 20:,} MiB free for {folder}"
    if free < DISK_BYTES_MIN:
        return bad("disk", said, "make room: a full disk stops every write")
    return ok("disk", said)


def _files(settings: Settings) -> Finding:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = (
        settings.sockets_per_worker_max
        + settings.mongodb_pool_size
        + 2 * settings.redis_pool_size
        + _FILES_BESIDE
    )
    said = f"{limit:,} may be open, {needed:,} are needed for every socket it lets in"
    if limit >= needed:
        return ok("files", said)
    todo = f"`ulimit -n {needed}`, or lower DASHBOARD_SOCKETS_PER_WORKER_MAX"
    say = bad if settings.env == "production" else warn
    return say("files", said, todo)


def _memory(workers: int) -> Finding:
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    if _CGROUP.is_file() and (most := _CGROUP.read_text().strip()).isdigit():
        there = min(there, int(most))
    needed = workers * WORKER_BYTES
    said = f"{there >> 20:,} MiB for {workers} workers"
    if there < needed:
        todo = f"give it {needed >> 20:,} MiB, or fewer DASHBOARD_WORKERS"
        return warn("memory", said, todo)
    return ok("memory", said)
