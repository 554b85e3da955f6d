"""Redis is not there at the start, is emptied, dies and comes back."""

import asyncio
import time
from pathlib import Path
from typing import Any

import redis

from scripts.drills.report import Report
from scripts.drills.stage import Caller, Stage, caller, seconds_until, stage
from scripts.drills.watching import Watcher, watching
from scripts.replicas import Replica

READS = 100
READ_S = 1.0
READY_S = 10
REVOKED_S = 30
TOLD_S = 5
AWAY_S = (1, 10)
LONG_S = 60


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.mongodb.start()
        began = time.monotonic()
        async with on.replica("here") as here:
            await _starts_without(here, time.monotonic() - began, report)
            await on.redis.start()
            async with on.replica("there") as there, caller(here.url) as ana:
                await _is_emptied(on, there, ana, report)
                await _dies(on, here, there, ana, report)


async def _starts_without(here: Replica, took_s: float, report: Report) -> None:
    async with caller(here.url) as ana:
        health = (await ana.http.get("/health")).json()
        live = await ana.status("GET", "/health")
        ready = await ana.status("GET", "/health/ready")
    figures = f"ready in {took_s:.1f} s, live {live}, ready {ready}, {health['checks']}"
    good = took_s < READY_S and live == ready == 200  # noqa: PLR2004
    good = good and health["status"] == "degraded"
    report.tell("no Redis at the start", figures, good=good)


async def _is_emptied(on: Stage, there: Replica, ana: Caller, report: Report) -> None:
    async with caller(there.url) as gone:
        await gone.status("GET", "/api/v1/auth/me")
        await gone.status("POST", "/api/v1/auth/logout", {})
        with redis.Redis.from_url(on.redis.server.address) as client:
            client.flushall()
        revived = await gone.status("GET", "/api/v1/auth/me")
    kept = await ana.status("GET", "/api/v1/auth/me")
    figures = f"signed in: {kept}, signed out: {revived}"
    report.tell("Redis emptied", figures, good=(kept, revived) == (200, 401))


async def _dies(
    on: Stage, here: Replica, there: Replica, ana: Caller, report: Report
) -> None:
    token = ana.token
    async with watching(here.ws_url, token) as watcher:
        await _is_told(watcher, ana, "before")
        for away_s in AWAY_S:
            on.redis.kill()
            await asyncio.sleep(away_s)
            await _comes_back(on, watcher, ana, report, f"Redis away for {away_s} s")
        async with caller(there.url) as victim:
            mine = await victim.sign_in()
            async with watching(here.ws_url, mine["access_token"]) as doomed:
                on.redis.kill()
                away = time.monotonic()
                await _reads_and_sign_ins(ana, report)
                await _is_revoked(victim, doomed, report)
        await asyncio.sleep(LONG_S - (time.monotonic() - away))
        lasted_s = time.monotonic() - away
        await _comes_back(on, watcher, ana, report, f"Redis away for {lasted_s:.0f} s")


async def _reads_and_sign_ins(ana: Caller, report: Report) -> None:
    times: list[float] = []
    statuses: list[int] = []
    for number in range(READS):
        path = ("/api/v1/auth/me", "/api/v1/dashboard/stats")[number % 2]
        began = time.monotonic()
        statuses.append(await ana.status("GET", path))
        times.append(time.monotonic() - began)
    fresh = await caller(str(ana.http.base_url)).__aenter__()
    await fresh.http.aclose()
    p95 = sorted(times)[int(READS * 0.95)]
    failed = sum(status >= 500 or not status for status in statuses)  # noqa: PLR2004
    figures = f"{READS} reads, {failed} failed, p95 {p95 * 1000:.0f} ms; sign-in works"
    report.tell("reads while Redis is away", figures, good=not failed and p95 < READ_S)


async def _is_revoked(victim: Caller, doomed: Watcher, report: Report) -> None:
    await victim.status("POST", "/api/v1/auth/logout", {})

    async def closed() -> bool:
        return doomed.code is not None

    took_s = await seconds_until(closed)
    figures = f"its socket on the other replica closed {doomed.code} in {took_s:.1f} s"
    good = doomed.code == 4401 and took_s < REVOKED_S  # noqa: PLR2004
    report.tell("a sign-out while Redis is away", figures, good=good)


async def _comes_back(
    on: Stage, watcher: Watcher, ana: Caller, report: Report, fault: str
) -> None:
    name = f"while away {time.monotonic()}"
    acknowledged = await _record(ana, name)
    began = time.monotonic()
    await on.redis.start()

    async def told() -> bool:
        return name in watcher.told or bool(watcher.gaps)

    await seconds_until(told)
    took_s = time.monotonic() - began
    figures = (
        f"an event of meanwhile told on the open socket, {report.recovered(took_s)}"
    )
    good = acknowledged < 300 and took_s < TOLD_S and watcher.code is None  # noqa: PLR2004
    report.tell(fault, figures, good=good)


async def _is_told(watcher: Watcher, ana: Caller, name: str) -> None:
    async def told() -> bool:
        await _record(ana, name)
        return name in watcher.told

    await seconds_until(told)


async def _record(ana: Caller, summary: str) -> int:
    event: dict[str, Any] = {"action": "drill.done", "summary": summary}
    return await ana.status("POST", "/api/v1/dashboard/activity", {"events": [event]})
