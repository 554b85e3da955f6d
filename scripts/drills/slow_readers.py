"""Sockets that read nothing while much is told: what the process grows by."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from websockets.asyncio.client import connect

from scripts.drills.growth import megabytes
from scripts.drills.report import Report
from scripts.drills.stage import Caller, caller, seconds_until, stage
from scripts.drills.watching import PROTOCOL, subscribe, watching
from scripts.replicas import Replica

SLOW, CALLS, A_CALL = 20, 40, 200
GROWTH_MB = 50
# 450 characters each: 4 MB for every one of them.
SUMMARY = "x" * 450
SETTINGS = {"SOCKETS_PER_USER_MAX": "100"}


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        async with (
            on.replica("service", **SETTINGS) as service,
            caller(service.url) as ana,
        ):
            await _record(ana, "warm", 2)
            await _slow_ones(service, ana, report)


async def _slow_ones(service: Replica, ana: Caller, report: Report) -> None:
    token = ana.token
    async with watching(service.ws_url, token) as quick, AsyncExitStack() as stack:
        for _ in range(SLOW):
            socket = connect(
                f"{service.ws_url}/graphql",
                subprotocols=[PROTOCOL],
                compression=None,
                max_queue=1,
                close_timeout=0,
            )
            slow = await stack.enter_async_context(socket)
            await subscribe(slow, token)
            slow.transport.pause_reading()
            stack.callback(slow.transport.abort)
        await asyncio.sleep(1)
        before_mb = megabytes(service.pid)
        await _record(ana, "much", CALLS)

        async def told() -> bool:
            return len([one for one in quick.told if one.startswith("much")]) == (
                CALLS * A_CALL
            )

        took_s = await seconds_until(told)
        grown = megabytes(service.pid) - before_mb
    figures = f"{SLOW} read nothing of {CALLS * A_CALL} events: {grown:+.1f} MB"
    good = grown < GROWTH_MB and quick.code is None and not quick.gaps
    report.tell("slow readers", f"{figures}, others {took_s:.0f} s behind", good=good)


async def _record(ana: Caller, name: str, calls: int) -> None:
    for call in range(calls):
        events = [
            {"action": "drill.done", "summary": f"{name} {call} {n} {SUMMARY}"}
            for n in range(A_CALL)
        ]
        body = {"events": events}
        status = await ana.status("POST", "/api/v1/dashboard/activity", body)
        assert status < 300, status  # noqa: PLR2004
