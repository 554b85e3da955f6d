"""A client of `/ws/{client_id}` that takes frames apart."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.factories import bearer
from tests.support.live import PATIENCE_S
from tests.support.replicas import Replica

Frame = dict[str, Any]


@dataclass
class LiveClient:
    """`heard` is every frame so far, in order."""

    connection: ClientConnection
    heard: list[Frame] = field(default_factory=list)

    async def say(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def hear(self, *events: str) -> Frame:
        """The next frame of one of these events; others are passed over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame: Frame = json.loads(await self.connection.recv())
                self.heard.append(frame)
                if frame["event"] in events:
                    return frame

    async def hear_ids(self, event: str, count: int) -> list[str]:
        """The ids of the next events of that kind."""
        return [(await self.hear(event))["data"]["id"] for _ in range(count)]

    async def code(self) -> int | None:
        """The code it is closed with, which it awaits."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    self.heard.append(json.loads(await self.connection.recv()))
        except ConnectionClosed:
            return self.connection.close_code

    @property
    def reason(self) -> str | None:
        return self.connection.close_reason

    def events(self, event: str) -> list[Frame]:
        return [frame for frame in self.heard if frame["event"] == event]


@asynccontextmanager
async def dialled(
    at: Replica,
    token: str | None = None,
    *,
    name: str = "panel",
    query: str = "",
    headers: dict[str, str] | None = None,
) -> AsyncIterator[LiveClient]:
    """A connection, signed in by the header when there is a token."""
    sent = {**(bearer(token) if token else {}), **(headers or {})}
    url = f"{at.ws}/ws/{name}{query}"
    async with connect(url, additional_headers=sent, compression=None) as connection:
        yield LiveClient(connection)


@asynccontextmanager
async def listening(
    at: Replica, token: str, *, after: str | None = None
) -> AsyncIterator[LiveClient]:
    """A connection that is `ready`."""
    query = f"?after={after}" if after else ""
    async with dialled(at, token, query=query) as client:
        await client.hear("ready")
        yield client
