"""Cuts sockets and kills servers while events flow; counts what listeners miss.

    python -m scripts.live_soak [SECONDS]

An event counts once it is acknowledged. Twice the service is killed and twice Redis,
every 2 s the listeners' sockets. In the end each listener must have been told every
event once and in order, without a gap, and after each kill the newest figures within
2 s. Exits with 1 otherwise.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import httpx

from scripts import replicas
from scripts.listeners import Listener
from scripts.live_clients import DashboardSocket
from scripts.replicas import Databases
from scripts.soak import CATCH_UP_S, Soak
from scripts.soak_ledger import verdicts

CUT_EVERY_S = 2.0
STATS_WITHIN_S = 2.0
# A call that a kill cut off holds its idempotency key for 30 s.
FINISH_S = 60


async def cut_now_and_then(listeners: list[Listener]) -> None:
    while True:
        await asyncio.sleep(CUT_EVERY_S)
        for listener in listeners:
            listener.cut()


async def break_things(
    soak: Soak, at: Databases, dashboard: DashboardSocket, seconds: float
) -> None:
    service, start_s = soak.service, time.monotonic()
    ways = {
        "service": (service.kill, service.start),
        "Redis": (at.kill_redis, at.redis_answers),
    }
    for number, what in enumerate(("service", "Redis", "service", "Redis")):
        due_s = start_s + seconds * (0.12 + 0.22 * number)
        await asyncio.sleep(max(due_s - time.monotonic(), 0))
        await soak.broken(what, dashboard, *ways[what])


async def catch_up(soak: Soak, listeners: list[Listener]) -> None:
    """Returns when everybody has been told, or will not be any more."""
    deadline_s = time.monotonic() + CATCH_UP_S
    while time.monotonic() < deadline_s:
        if not any(one.lost for one in verdicts(soak.ledgers, listeners)):
            await asyncio.sleep(1)  # whatever would come twice
            return
        await asyncio.sleep(0.1)


async def soaked(soak: Soak, at: Databases, seconds: float) -> list[Listener]:
    """The listeners, after all of it."""
    listeners = soak.listeners()
    dashboard = DashboardSocket("dashboard", soak.service.url, soak.token)
    tasks = [asyncio.create_task(one.run()) for one in (*listeners, dashboard)]
    await soak.warm_up(listeners)
    tasks.append(asyncio.create_task(cut_now_and_then([*listeners, dashboard])))
    async with asyncio.timeout(seconds + FINISH_S), asyncio.TaskGroup() as group:
        group.create_task(break_things(soak, at, dashboard, seconds))
        await soak.produce(group, time.monotonic() + seconds)
    await catch_up(soak, listeners)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return listeners


def tell(soak: Soak, listeners: list[Listener]) -> bool:
    """Prints the counts; whether all is well."""
    for topic, ledger in soak.ledgers.items():
        print(f"{topic}: {len(ledger.due)} acknowledged")
    print(f"{soak.repeats} calls repeated")
    found = verdicts(soak.ledgers, listeners)
    print(*found, sep="\n")
    for what, took_s in soak.stats_s:
        print(f"newest figures {took_s:.2f} s after {what} came back")
    late = [took_s for _, took_s in soak.stats_s if took_s > STATS_WITHIN_S]
    return not late and not any(one.is_bad for one in found)


async def run(folder: Path, seconds: float) -> bool:
    async with (
        replicas.databases(folder / "data") as at,
        replicas.running(at, folder) as service,
        httpx.AsyncClient(timeout=15, limits=httpx.Limits()) as http,
    ):
        signed_in = await replicas.sign_in(service.url)
        token, user = signed_in["access_token"], signed_in["user"]
        soak = Soak(service, http, token, user["id"])
        return tell(soak, await soaked(soak, at, seconds))


def main(seconds: float = 60) -> int:
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        return 0 if asyncio.run(run(Path(folder), seconds)) else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
