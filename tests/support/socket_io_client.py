"""A Socket.IO v4 client down to its packets, over either transport."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.live import PATIENCE_S
from tests.support.replicas import Replica

OPEN, CLOSE, PING, PONG, MESSAGE = "01234"
CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = "0", "1", "2", "3", "4"
SEPARATOR = "\x1e"  # between the packets of a polled answer


@dataclass
class SocketIOClient:
    """On a WebSocket from the start; `heard` is every packet but pings."""

    connection: ClientConnection
    heard: list[str] = field(default_factory=list)

    async def packet(self) -> str:
        """The next one; pings are answered."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                text = str(await self.connection.recv())
                if text != PING:
                    self.heard.append(text)
                    return text
                await self.connection.send(PONG)

    async def say_hello(self, auth: Any) -> str:
        """Connects to the default namespace; the server's answer."""
        assert (await self.packet())[0] == OPEN
        hello = "" if auth is None else json.dumps(auth)
        await self.connection.send(f"{MESSAGE}{CONNECT}{hello}")
        return await self.packet()

    async def hear(self, *events: str) -> tuple[str, Any, Any]:
        """Name, data and meta of the next event of one of these names."""
        while True:
            text = await self.packet()
            if text.startswith(f"{MESSAGE}{EVENT}"):
                name, data, meta = json.loads(text[2:])
                if name in events:
                    return name, data, meta

    async def ask(self, event: str, *values: Any) -> Any:
        """Emits, and returns what is acknowledged."""
        await self.connection.send(f"{MESSAGE}{EVENT}7{json.dumps([event, *values])}")
        while not (text := await self.packet()).startswith(f"{MESSAGE}{ACK}7"):
            pass
        return json.loads(text[3:])

    async def ended(self) -> list[str]:
        """What came last, before the connection was closed."""
        try:
            while True:
                await self.packet()
        except ConnectionClosed:
            return self.heard


@asynccontextmanager
async def transport(
    at: Replica, headers: dict[str, str] | None = None
) -> AsyncIterator[SocketIOClient]:
    """A connection on which nothing was said yet."""
    url = f"{at.ws}/socket.io/?EIO=4&transport=websocket"
    async with connect(url, additional_headers=headers) as connection:
        yield SocketIOClient(connection)


@asynccontextmanager
async def joined(at: Replica, token: str, **auth: str) -> AsyncIterator[SocketIOClient]:
    """A client that is connected."""
    async with transport(at) as client:
        answer = await client.say_hello({"token": token, **auth})
        assert answer.startswith(f"{MESSAGE}{CONNECT}{{"), answer
        yield client


@dataclass
class Poller:
    """The same by long polling."""

    http: httpx.AsyncClient
    path: str = "/socket.io/?EIO=4&transport=polling"

    async def open(self) -> dict[str, Any]:
        answer = await self.http.get(self.path)
        assert answer.is_success, answer.text
        hello: dict[str, Any] = json.loads(answer.text[1:])
        self.path += f"&sid={hello['sid']}"
        return hello

    async def send(self, packet: str) -> httpx.Response:
        return await self.http.post(self.path, content=packet)

    async def packets(self) -> list[str]:
        answer = await self.http.get(self.path, timeout=PATIENCE_S)
        return answer.text.split(SEPARATOR)
