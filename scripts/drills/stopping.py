"""SIGTERM with requests under way; a process that stands still for a while."""

import asyncio
import os
import signal
import time
from pathlib import Path

from scripts.drills.report import Report
from scripts.drills.stage import Caller, Stage, caller, seconds_until, stage
from scripts.drills.watching import watching
from scripts.replicas import EMAIL, PASSWORD

CLOSED_S = 1.5
EXIT_S = 15
STALL_S = 7
CALLS = 8


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        await _stands_still(on, report)
        await _is_told_to_stop(on, report)


async def _stands_still(on: Stage, report: Report) -> None:
    async with on.replica("still") as service, caller(service.url) as ana:
        token = ana.token
        async with watching(service.ws_url, token) as watcher:
            os.kill(service.pid, signal.SIGSTOP)
            await asyncio.sleep(STALL_S)
            os.kill(service.pid, signal.SIGCONT)
            event = {"action": "drill.done", "summary": "after the stall"}

            async def told() -> bool:
                body = {"events": [event]}
                await ana.status("POST", "/api/v1/dashboard/activity", body)
                return "after the stall" in watcher.told

            took_s = await seconds_until(told)
            figures = f"subscription goes on, {report.recovered(took_s)}"
            good = watcher.code is None
            report.tell(f"standing still for {STALL_S} s", figures, good=good)


async def _is_told_to_stop(on: Stage, report: Report) -> None:
    async with (
        on.replica("stopped", BCRYPT_COST="12") as service,
        caller(service.url) as ana,
    ):
        token = ana.token
        async with watching(service.ws_url, token) as watcher:
            # Hashing a password takes a while: these are under way at the signal.
            calls = [asyncio.create_task(_sign_in(ana)) for _ in range(CALLS)]
            await asyncio.sleep(0.3)
            began = time.monotonic()
            os.kill(service.pid, signal.SIGTERM)

            async def closed() -> bool:
                return watcher.code is not None

            closed_s = await seconds_until(closed)
            statuses = await asyncio.gather(*calls)
            assert service.process is not None
            code = await service.process.wait()
            exit_s = time.monotonic() - began
    done = statuses.count(200)
    figures = (
        f"{done} of {CALLS} calls done, sockets {watcher.code} in {closed_s:.1f} s"
    )
    good = done == CALLS and watcher.code == 1012 and closed_s < CLOSED_S  # noqa: PLR2004
    good = good and exit_s < EXIT_S and code == 0
    report.tell("SIGTERM", f"{figures}, exit {code} in {exit_s:.1f} s", good=good)


async def _sign_in(ana: Caller) -> int:
    body = {"email": EMAIL, "password": PASSWORD}
    return await ana.status("POST", "/api/v1/auth/login", body)
