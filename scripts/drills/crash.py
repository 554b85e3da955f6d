"""Kills the service, and each embedded server, during writes; counts what is lost.

A write counts once it is acknowledged. After each kill (and a start, when it was the
service) everything acknowledged so far must be there: users, activity, and the sum of
a metric. At the end the calls that a kill cut off are repeated until they are
answered, which takes up to half a minute; then everything must be there exactly once,
every account that was made or changed must have its one entry in the trail (which the
sweeper may still bring for a minute), and `dashboard audit verify` must find it whole.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from scripts.drills.report import Report
from scripts.drills.service import Service
from scripts.drills.writing import Writing

ROUNDS = 2
WRITERS = 6
WRITE_S = 1.5
# What a change left untold is told by the sweeper, once a minute.
UNTOLD_S = 130


async def drill(folder: Path, report: Report) -> None:
    service = Service(folder)
    await service.start()
    try:
        async with httpx.AsyncClient(timeout=15) as http:
            writing = Writing(service, http)
            await writing.sign_in()
            await _kill_everything(writing, report)
            await writing.finish()
            await _tell(writing, report, f"after {writing.repeats} repeats")
            await _tell_trail(writing, report)
    finally:
        await service.stop()


async def _kill_everything(writing: Writing, report: Report) -> None:
    service = writing.service
    for number in range(1, ROUNDS + 1):
        for kill in (service.kill, service.kill_mongodb, service.kill_valkey):
            took_s = await _one_kill(writing, kill)
            what = f"{kill.__name__.replace('_', ' ')}, round {number}"
            await _tell(writing, report, what, report.recovered(took_s))


async def _one_kill(writing: Writing, kill: Callable[[], Any]) -> float:
    """Kills while all write; seconds from the kill to the next acknowledgement."""
    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(writing.write_on())
        await asyncio.sleep(WRITE_S)
        killed = time.monotonic()
        await kill()
        before = writing.acknowledged
        while writing.acknowledged == before:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.01)
        took_s = time.monotonic() - killed
        await asyncio.sleep(WRITE_S)
        writing.stopping = True
    writing.stopping = False
    return took_s


async def _tell(writing: Writing, report: Report, what: str, more: str = "") -> None:
    wrong = (await writing.found()).wrong(writing)
    report.lost += len(wrong)
    said = ", ".join([f"{writing} acknowledged", *wrong, *([more] if more else [])])
    report.tell(what, said, good=not wrong)


async def _tell_trail(writing: Writing, report: Report) -> None:
    deadline = time.monotonic() + UNTOLD_S
    while (untold := await writing.untold()) and time.monotonic() < deadline:  # noqa: ASYNC110  no event tells
        await asyncio.sleep(5)
    figures = f"{len(writing.users)} accounts made, {len(writing.renamed)} renamed"
    report.tell(
        "changes without their entry", f"{untold} of {figures}", good=not untold
    )
    broken = await writing.service.verify()
    report.tell("the chain of the trail", f"verified, exit {broken}", good=not broken)
