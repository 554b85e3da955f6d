"""What ten thousand connections and ten thousand documents leave behind."""

import asyncio
from pathlib import Path

import httpx
from websockets.asyncio.client import connect

from scripts.drills.report import Report
from scripts.drills.stage import Caller, caller, seconds_until, stage
from scripts.drills.watching import PROTOCOL, subscribe
from scripts.replicas import Replica

CYCLES = 10_000
AT_ONCE = 40
WARM_UP = 500
CYCLES_MB = 20
POOLS = 100  # connections to both databases, opened as they are needed
DOCUMENTS = 10_000
DOCUMENTS_MB = 30
SETTINGS = {"SOCKETS_PER_USER_MAX": "2000", "SOCKETS_PER_ADDRESS_MAX": "2000"}


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        async with (
            on.replica("service", **SETTINGS) as service,
            caller(service.url) as ana,
        ):
            await _cycles(service, ana, report)
            await _documents(service, ana, report)


async def _cycles(service: Replica, ana: Caller, report: Report) -> None:
    token = ana.token
    await _come_and_go(service, token, WARM_UP)
    before_mb, files = megabytes(service.pid), _files(service.pid)
    await _come_and_go(service, token, CYCLES)

    async def settled() -> bool:
        figures = (await ana.http.get("/metrics")).text
        return 'dashboard_sockets_open{protocol="graphql-ws"} 0' in figures

    took_s = await seconds_until(settled)
    grown = megabytes(service.pid) - before_mb
    left = _files(service.pid) - files
    figures = f"{CYCLES} sockets: {grown:+.1f} MB, {left:+d} files after {took_s:.0f} s"
    good = grown < CYCLES_MB and left <= POOLS
    report.tell("connect, subscribe, drop", figures, good=good)


async def _come_and_go(service: Replica, token: str, cycles: int) -> None:
    remaining = iter(range(cycles))

    async def go() -> None:
        for _ in remaining:
            async with connect(
                f"{service.ws_url}/graphql", subprotocols=[PROTOCOL], compression=None
            ) as socket:
                await subscribe(socket, token)
                socket.transport.abort()

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(go())


async def _documents(service: Replica, ana: Caller, report: Report) -> None:
    await _ask(ana, 0, 1_500)  # the cache is full from here on
    before_mb = megabytes(service.pid)
    await _ask(ana, 1_500, 1_500 + DOCUMENTS)
    grown = megabytes(service.pid) - before_mb
    figures = f"{DOCUMENTS} different ones: {grown:+.1f} MB"
    report.tell("GraphQL documents", figures, good=grown < DOCUMENTS_MB)


async def _ask(ana: Caller, start: int, end: int) -> None:
    remaining = iter(range(start, end))

    async def ask() -> None:
        for number in remaining:
            query = f"query Q{number} {{ me {{ a{number}: id name }} }}"
            answer = await ana.http.post("/graphql", json={"query": query})
            assert answer.status_code == httpx.codes.OK, answer.text

    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(ask())


def megabytes(pid: int) -> float:
    """What the process holds in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_024
    raise AssertionError("no such process")


def _files(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
