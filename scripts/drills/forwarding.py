"""Forwarding, while everybody who takes part is killed by SIGKILL."""

import asyncio
import itertools
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts.drills.event_receiver import SECRET
from scripts.drills.report import Report
from scripts.drills.stage import Caller, caller, seconds_until, stage
from scripts.replicas import ROOT

SUBJECTS = ("a", "b", "c", "d")
EVERY_S = 0.02
APART_S = 2.0
PAUSE_S = 0.1
DONE = range(200, 300)


@dataclass
class Place:
    """Where events are sent; what it took outlives it."""

    file: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/events"

    def start(self) -> None:
        command = (sys.executable, "-m", "scripts.drills.event_receiver")
        self.process = subprocess.Popen(
            [*command, str(self.port), str(self.file)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.process.stdout.readline()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()

    def taken(self) -> list[tuple[str, str]]:
        """Subject and summary of each event, in the order they came."""
        events = map(json.loads, self.file.read_text().splitlines())
        return [(one["subject"], one["data"]["summary"]) for one in events]


@dataclass
class Writer:
    """Somebody who records one event after the other about one thing."""

    name: str
    acknowledged: list[str] = field(default_factory=list)

    async def write(self, ana: Caller) -> None:
        """Until cancelled; each is sent again until it is acknowledged."""
        path = "/api/v1/dashboard/activity"
        for number in itertools.count():
            event = {
                "action": "drill.done",
                "summary": f"{self.name} {number}",
                "target_type": "thing",
                "target_id": self.name,
                "event_id": f"{self.name}-{number}",
            }
            body = {"events": [event]}
            while await ana.status("POST", path, body) not in DONE:  # noqa: ASYNC110
                await asyncio.sleep(PAUSE_S)
            self.acknowledged.append(f"{self.name} {number}")
            await asyncio.sleep(EVERY_S)


async def drill(folder: Path, report: Report) -> None:
    place = Place(folder / "taken", _free_port())
    settings = {
        "FORWARD_WEBHOOK_URL": place.url,
        "FORWARD_WEBHOOK_SECRET": SECRET,
        "FORWARD_ACTIONS": "drill.*",
        "FORWARD_PAUSE_MAX_S": "1",
    }
    async with stage(folder) as on:
        await on.start()
        place.start()
        try:
            async with (
                on.replica("forwards", **settings) as first,
                on.replica("waits", **settings) as second,
                caller(second.url) as ana,
            ):

                async def receiver() -> None:
                    place.kill()
                    await asyncio.sleep(APART_S)
                    place.start()

                async def database() -> None:
                    on.mongodb.kill()
                    await asyncio.sleep(APART_S)
                    await on.mongodb.start()

                async def service() -> None:
                    await first.kill()

                for what, kill in (
                    ("receiver killed", receiver),
                    ("MongoDB killed", database),
                    ("process that forwards killed", service),
                ):
                    await _one(what, kill, ana, place, report)
        finally:
            place.kill()


async def _one(
    what: str,
    kill: Callable[[], Awaitable[None]],
    ana: Caller,
    place: Place,
    report: Report,
) -> None:
    async with _writing(ana, what.partition(" ")[0]) as writers:
        await asyncio.sleep(APART_S)
        await kill()
        await asyncio.sleep(APART_S)

    async def all_taken() -> bool:
        heard = set(place.taken())
        return all(
            (f"thing/{writer.name}", one) in heard
            for writer in writers
            for one in writer.acknowledged
        )

    took_s = await seconds_until(all_taken)
    taken, count, disordered = place.taken(), 0, 0
    for writer in writers:
        said = [one for subject, one in taken if subject == f"thing/{writer.name}"]
        count += len(said)
        first_times = list(dict.fromkeys(said))
        numbers = [int(one.rpartition(" ")[2]) for one in first_times]
        disordered += numbers != sorted(numbers)
    sent = sum(len(writer.acknowledged) for writer in writers)
    figures = f"{sent} events, 0 lost, told {count} times, all {took_s:.1f} s later"
    report.tell(what, figures, good=not disordered)


@asynccontextmanager
async def _writing(ana: Caller, name: str) -> AsyncIterator[list[Writer]]:
    writers = [Writer(f"{name}-{subject}") for subject in SUBJECTS]
    tasks = [asyncio.create_task(writer.write(ana)) for writer in writers]
    try:
        yield writers
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
