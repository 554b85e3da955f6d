"""Replaces each of two replicas behind a load balancer, under load.

    python -m scripts.drills.rolling [SECONDS]

Clients write over REST and GraphQL with idempotency keys, try again as clients should,
and read; listeners on each transport go on where they were cut off. Each replica in
turn is told to stop, and a new one is started in its place. In the end no request may
have failed for good, and each listener must have been told every event once and in
order. Exits with 1 otherwise. SECONDS are between the changes, and around them.
"""

import asyncio
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from scripts import replicas
from scripts.balancer import Balancer, balancing
from scripts.listeners import Listener
from scripts.live_soak import catch_up
from scripts.replicas import Replica
from scripts.rolling_load import Load
from scripts.soak_ledger import verdicts

DRAIN_S = 2
APART_S = 4.0
EVENT_EVERY_S = 0.05
# Connections stay open, so that some are cut while they are used.
LIMITS = httpx.Limits(max_keepalive_connections=100)


async def replace(name: str, replica: Replica, balancer: Balancer) -> str:
    """Stops it by SIGTERM and starts a new one in its place; the times it took."""
    (backend,) = [b for b in balancer.backends if str(b.port) == replica.port]
    began_s = time.monotonic()
    stopping = asyncio.create_task(replica.stop())
    await backend.becomes(ready=False)
    unready_s = time.monotonic() - began_s
    await stopping
    stopped_s = time.monotonic() - began_s
    assert replica.process is not None
    code = replica.process.returncode
    await replica.start()
    await backend.becomes(ready=True)
    ready_s = time.monotonic() - began_s
    return (
        f"{name}: no new connections after {unready_s:.1f} s, gone after "
        f"{stopped_s:.1f} s (exit {code}), replaced after {ready_s:.1f} s"
    )


async def rolled(
    load: Load, both: Sequence[Replica], balancer: Balancer, apart_s: float
) -> list[Listener]:
    """The listeners, after both were replaced."""
    listeners = load.listeners()
    tasks = [asyncio.create_task(one.run()) for one in listeners]
    await load.warm_up(listeners)
    tasks.append(asyncio.create_task(load.read_on()))
    async with asyncio.TaskGroup() as events:
        producing = events.create_task(load.produce(events, math.inf))
        for number, replica in enumerate(both, 1):
            await asyncio.sleep(apart_s)
            print(await replace(f"replica {number}", replica, balancer), flush=True)
        await asyncio.sleep(apart_s)
        producing.cancel()
    await catch_up(load, listeners)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return listeners


def tell(load: Load, listeners: Sequence[Listener], balancer: Balancer) -> bool:
    """Prints the counts; whether all is well."""
    tally, found = load.tally, verdicts(load.ledgers, listeners)
    for topic, ledger in load.ledgers.items():
        print(f"{topic}: {len(ledger.due)} acknowledged")
    print(*found, sep="\n")
    places = ", ".join(str(one.connections) for one in balancer.backends)
    print(f"connections by replica: {places}")
    why = ", ".join(f"{name} {count}" for name, count in tally.again.most_common())
    print(
        f"{tally.asked} requests, {tally.again.total()} times tried again "
        f"({why or '-'}), slowest {tally.slowest_s:.2f} s with its pauses"
    )
    lost, doubled = sum(one.lost for one in found), sum(one.doubled for one in found)
    print(f"failed requests beyond retries: {len(tally.failed)}")
    print(f"lost events: {lost}, duplicated events: {doubled}")
    print(*sorted(set(tally.failed))[:5], sep="\n", end="")
    return not tally.failed and not any(one.is_bad for one in found)


async def run(folder: Path, apart_s: float) -> bool:
    settings = {"DRAIN_S": str(DRAIN_S)}
    async with (
        replicas.databases(folder / "data") as at,
        replicas.running(at, folder, "first", **settings) as first,
        replicas.running(at, folder, "second", **settings) as second,
        balancing(int(first.port), int(second.port)) as balancer,
        httpx.AsyncClient(timeout=15, limits=LIMITS) as http,
    ):
        signed_in = await replicas.sign_in(balancer.url)
        token, user = signed_in["access_token"], signed_in["user"]
        door = Replica(at, folder / "none.log", url=balancer.url)
        load = Load(door, http, token, user["id"], every_s=EVENT_EVERY_S)
        listeners = await rolled(load, (first, second), balancer, apart_s)
        return tell(load, listeners, balancer)


def main(apart_s: float = APART_S) -> int:
    with tempfile.TemporaryDirectory(prefix="rolling-") as folder:
        return 0 if asyncio.run(run(Path(folder), apart_s)) else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2])))
