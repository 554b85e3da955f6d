"""MongoDB dies and comes back; its disk fills up."""

import asyncio
import itertools
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from scripts.drills.report import Report
from scripts.drills.stage import Caller, caller, seconds_until, stage

ANSWER_S = 3.0  # 2 s to look for a server, and what a busy machine takes beyond
BACK_S = 10
READS = ("/api/v1/auth/me", "/api/v1/dashboard/stats")
DISK_MB = 24
SUCCESS, UNAVAILABLE = range(200, 300), 503
_numbers = itertools.count(1)


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        async with on.replica("service") as service, caller(service.url) as ana:
            assert await _write(ana) in SUCCESS
            on.mongodb.kill()
            await _is_away(ana, report)
            began = time.monotonic()
            await on.mongodb.start()
            started_s = time.monotonic() - began

            async def written() -> bool:
                return await _write(ana) in SUCCESS

            took_s = await seconds_until(written)
            figures = f"starts in {started_s:.1f} s, writes {report.recovered(took_s)}"
            report.tell("MongoDB is back", figures, good=took_s < BACK_S)
    await _disk_full(folder / "full", report)


async def _is_away(ana: Caller, report: Report) -> None:
    ana.slowest_s = 0
    calls = [_write(ana) for _ in range(10)]
    calls += [ana.status("GET", "/api/v1/users") for _ in range(10)]
    statuses = await asyncio.gather(*calls)
    live = await ana.status("GET", "/health")
    ready = await ana.status("GET", "/health/ready")
    figures = f"20 calls: {set(statuses)} within {ana.slowest_s:.1f} s; live {live}"
    good = set(statuses) == {UNAVAILABLE} and ana.slowest_s < ANSWER_S
    good = good and (live, ready) == (200, UNAVAILABLE)
    report.tell("MongoDB away", f"{figures}, ready {ready}", good=good)


async def _write(ana: Caller) -> int:
    number = next(_numbers)
    body = {
        "email": f"u{number}@example.com",
        "name": f"User {number}",
        "password": "a long enough drill password",
    }
    return await ana.status("POST", "/api/v1/users", body)


async def _disk_full(folder: Path, report: Report) -> None:
    async with _small_disk(folder) as disk:
        if disk is None:
            print("  disk full: not here, a file system needs root", flush=True)
            return
        async with stage(folder, disk) as on:
            on.folder = disk  # the log of the service lies there too
            await on.start()
            async with on.replica("service") as service, caller(service.url) as ana:
                await _writes_without_room(ana, disk, report)


async def _writes_without_room(ana: Caller, disk: Path, report: Report) -> None:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            pass
    # What is left of pages in use takes a few; then there is no room at all.
    statuses = [await _write(ana) for _ in range(40)]
    # Not lists: that an administrator reads those has to be written down.
    reads = [await ana.status("GET", path) for path in READS]
    alive = await ana.status("GET", "/health")
    refused = statuses.count(UNAVAILABLE)
    others = set(statuses) - {UNAVAILABLE, 201}
    figures = f"40 writes: {refused} refused with 503, {len(others)} otherwise"
    good = refused > 0 and not others and set(reads) == {200} and alive == 200  # noqa: PLR2004
    report.tell("no room on the disk", f"{figures}; reads {set(reads)}", good=good)
    filler.unlink()

    async def written() -> bool:
        return await _write(ana) in SUCCESS

    took_s = await seconds_until(written)
    report.tell(
        "room again", f"writes {report.recovered(took_s)}", good=took_s < BACK_S
    )


@asynccontextmanager
async def _small_disk(folder: Path) -> AsyncIterator[Path | None]:
    """A file system of its own, where this user may have one."""
    disk = folder / "disk"
    disk.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(disk)]
    mounted = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, check=False
    )
    if mounted.returncode:
        yield None
        return
    try:
        yield disk
    finally:
        await asyncio.to_thread(subprocess.run, ["umount", "-l", str(disk)], check=True)
