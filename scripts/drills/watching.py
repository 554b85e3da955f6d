"""A subscription on a socket that is kept open through faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
ACTIVITY = """subscription { activityAdded(filter: {actions: ["drill.done"]}) {
  ... on ActivityAdded { activity { summary } } ... on Gap { reason } } }"""


class Watcher:
    """`told` are the summaries it heard, `gaps` the reasons of gaps."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.told: list[str] = []
        self.gaps: list[str] = []
        self.code: int | None = None

    async def listen(self) -> None:
        with suppress(ConnectionClosed):
            async for text in self.connection:
                self._hear(json.loads(text))
        self.code = self.connection.close_code

    def _hear(self, frame: dict[str, Any]) -> None:
        if frame["type"] != "next" or not frame["payload"].get("data"):
            return
        event = frame["payload"]["data"]["activityAdded"]
        if "reason" in event:
            self.gaps.append(event["reason"])
        else:
            self.told.append(event["activity"]["summary"])


@asynccontextmanager
async def watching(ws_url: str, token: str) -> AsyncIterator[Watcher]:
    """Signed in and subscribed."""
    async with connect(
        f"{ws_url}/graphql", subprotocols=[PROTOCOL], compression=None, close_timeout=1
    ) as connection:
        await subscribe(connection, token)
        watcher = Watcher(connection)
        task = asyncio.create_task(watcher.listen())
        yield watcher
        task.cancel()


async def subscribe(connection: ClientConnection, token: str) -> None:
    """Returns when signed in and the subscription was sent."""
    payload = {"Authorization": f"Bearer {token}"}
    await connection.send(json.dumps({"type": "connection_init", "payload": payload}))
    await connection.recv()
    asked = {"id": "1", "type": "subscribe", "payload": {"query": ACTIVITY}}
    await connection.send(json.dumps(asked))
