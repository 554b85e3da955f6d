"""How long a revoked session's socket stays open on another replica.

    python -m scripts.revocation_timing [TRIES]

The time runs from sending `revokeSession`
to one replica until the close frame of the other is here. Exits with 1 when the 99th
percentile is a second or more.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from scripts import replicas
from scripts.live_clients import PROTOCOL
from scripts.replicas import Replica, graphql, sign_in

WITHIN_MS = 1_000
SIGNED_OUT = 4401
SESSION = "{ sessions { id current } }"
REVOKE = "mutation($id: ID!) { revokeSession(id: $id) }"
WATCH = "subscription { dashboardUpdated { version } }"


async def timed(here: Replica, there: Replica, token: str) -> float:
    """One try, in milliseconds."""
    doomed = (await sign_in(here.url))["access_token"]
    sessions = (await graphql(here.url, doomed, SESSION))["sessions"]
    (session_id,) = [one["id"] for one in sessions if one["current"]]
    async with connect(f"{there.ws_url}/graphql", subprotocols=[PROTOCOL]) as socket:
        await _watch(socket, doomed)
        ended = asyncio.create_task(_ended(socket))
        start_s = time.perf_counter()
        await graphql(here.url, token, REVOKE, id=session_id)
        code, end_s = await ended
    if code != SIGNED_OUT:
        raise SystemExit(f"closed with {code}")
    return 1_000 * (end_s - start_s)


async def _watch(socket: ClientConnection, token: str) -> None:
    init = {"type": "connection_init", "payload": {"Authorization": f"Bearer {token}"}}
    await socket.send(json.dumps(init))
    await socket.recv()
    asked = {"type": "subscribe", "id": "1", "payload": {"query": WATCH}}
    await socket.send(json.dumps(asked))
    await socket.recv()


async def _ended(socket: ClientConnection) -> tuple[int | None, float]:
    try:
        while True:
            await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None, time.perf_counter()


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


async def run(folder: Path, tries: int) -> bool:
    async with (
        replicas.databases(folder / "data") as at,
        replicas.running(at, folder, "here") as here,
        replicas.running(at, folder, "there") as there,
    ):
        token = (await sign_in(here.url))["access_token"]
        took_ms = [await timed(here, there, token) for _ in range(tries)]
    p50, p99 = percentile(took_ms, 50), percentile(took_ms, 99)
    print(
        f"{tries} revocations on one replica, closed {SIGNED_OUT} by the other: "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, max {max(took_ms):.0f} ms"
    )
    return p99 < WITHIN_MS


def main(tries: int = 50) -> int:
    with tempfile.TemporaryDirectory(prefix="revocation-") as folder:
        return 0 if asyncio.run(run(Path(folder), tries)) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
