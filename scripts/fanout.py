"""Our fan-out next to a plain Strawberry subscription, in one run.

    python -m scripts.fanout [SUBSCRIBERS] [EVENTS]

Both servers have as many identical subscribers of `dashboardUpdated`, held by a Node
process, and are told of one change after the other. Prints what a delivery costs the
server, how long a change takes to reach subscribers, and the memory of a connection.
Counting the figures anew for each change is part of what ours costs.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from scripts import replicas
from scripts.fanout_servers import Server, ours, plain
from scripts.replicas import ROOT

QUERY = """subscription { dashboardUpdated%s {
  totalUsers { ...all } activeUsers { ...all } newUsers { ...all }
  onlineUsers { ...all } requests { ...all } errorRate { ...all }
  responseTimeMs { ...all } version } }
fragment all on Stat { value previous changePct }"""
EXECUTIONS = 'dashboard_subscription_executions_total{field="dashboardUpdated"}'
WARM_UP = 3
PATIENCE_S = 60


@dataclass(frozen=True)
class Result:
    deliveries: int
    per_s: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    last_ms: float
    kib: float

    def __str__(self) -> str:
        return (
            f"{self.deliveries} deliveries, {self.per_s:,.0f}/s while it tells; "
            f"{self.cpu_us:.1f} µs of CPU each; reached half in {self.p50_ms:.0f} ms, "
            f"99% in {self.p99_ms:.0f} ms, all in {self.last_ms:.0f} ms; "
            f"{self.kib:.1f} KiB a connection"
        )


class Load:
    """The process that holds the subscribers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def told(self, what: str) -> dict[str, Any]:
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            while line := await self._process.stdout.readline():
                told: dict[str, Any] = json.loads(line)
                if told["told"] == what:
                    return told
                if told["told"] != "started":
                    raise SystemExit(f"the subscribers: {told}")
        raise SystemExit("the subscribers ended")


@asynccontextmanager
async def subscribers(server: Server, count: int) -> AsyncIterator[Load]:
    settings = {
        "url": f"{server.url.replace('http', 'ws', 1)}/graphql",
        "token": server.token,
        "query": QUERY % server.arguments,
        "count": count,
    }
    process = await asyncio.create_subprocess_exec(
        *("node", "fanout.mjs", json.dumps(settings)),
        cwd=ROOT / "tests/clients",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    _keep_apart(server.pid, process.pid)
    try:
        yield Load(process)
    finally:
        process.kill()
        await process.wait()


async def measured(server: Server, count: int, events: int) -> Result:
    before_kib = _rss_kib(server.pid)
    async with subscribers(server, count) as load:
        await load.told("ready")
        kib = (_rss_kib(server.pid) - before_kib) / count
        rounds = []
        cpu_s = 0.0
        for number in range(events + WARM_UP):
            if number == WARM_UP:
                cpu_s = _cpu_s(server.pid)
            start_ns = time.monotonic_ns()
            await server.change(number + 2)
            told = await load.told("round")
            while told["first"] < start_ns:  # a change of its own, such as of traffic
                told = await load.told("round")
            rounds.append([(told[k] - start_ns) / 1e6 for k in ("p50", "p99", "last")])
            await asyncio.sleep(0.15)  # the least time between two figures, and more
        cpu_s = _cpu_s(server.pid) - cpu_s
    p50, p99, last = (statistics.median(c) for c in zip(*rounds[WARM_UP:], strict=True))
    deliveries = count * events
    return Result(
        deliveries, 1_000 * count / last, 1e6 * cpu_s / deliveries, p50, p99, last, kib
    )


async def executions(url: str) -> int:
    async with httpx.AsyncClient() as http:
        lines = (await http.get(f"{url}/metrics")).text.splitlines()
    return sum(int(float(x.split()[-1])) for x in lines if x.startswith(EXECUTIONS))


def _keep_apart(server: int, load: int) -> None:
    """On cores of their own, where there are two."""
    if sys.platform == "linux" and len(cores := sorted(os.sched_getaffinity(0))) > 1:
        os.sched_setaffinity(server, {cores[0]})
        os.sched_setaffinity(load, set(cores[1:]))


def _cpu_s(pid: int) -> float:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(float((t / "schedstat").read_text().split()[0]) for t in tasks) / 1e9


def _rss_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


async def run(folder: Path, count: int, events: int) -> None:
    async with replicas.databases(folder / "data") as at:
        async with plain(at) as server:
            theirs = await measured(server, count, events)
        async with ours(at, folder, count) as server:
            result = await measured(server, count, events)
            done = await executions(server.url)
    print(f"{count} subscribers, {events} changes")
    print(f"plain: {theirs}")
    print(f"ours:  {result}")
    print(
        f"ratio: CPU {theirs.cpu_us / result.cpu_us:.1f}x, to all "
        f"{theirs.last_ms / result.last_ms:.1f}x, memory {theirs.kib / result.kib:.1f}x"
    )
    print(f"ours executed {done} times for {events + WARM_UP} changes and a snapshot")


def main(count: int = 1_000, events: int = 40) -> int:
    with tempfile.TemporaryDirectory(prefix="fanout-") as folder:
        asyncio.run(run(Path(folder), count, events))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
