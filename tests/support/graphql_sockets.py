"""A client of graphql-transport-ws that shows every message."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from domain.events import Topic
from realtime import figures
from tests.support.live import PATIENCE_S, until
from tests.support.replicas import Replica

SUBPROTOCOL = Subprotocol("graphql-transport-ws")
Message = dict[str, Any]


@dataclass
class GraphQLConnection:
    """Messages for other operations than the one asked about wait in `others`."""

    connection: ClientConnection
    others: list[Message] = field(default_factory=list)

    async def say(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def sign_in(self, token: str | None) -> None:
        """Says who it is, and waits to be let in."""
        payload = {"Authorization": f"Bearer {token}"}
        await self.say(type="connection_init", payload=payload)
        assert await self.hear() == {"type": "connection_ack"}

    async def subscribe(self, name: str, query: str, **variables: Any) -> None:
        payload = {"query": query, "variables": variables}
        await self.say(id=name, type="subscribe", payload=payload)

    async def hear(self) -> Message:
        """The very next message."""
        async with asyncio.timeout(PATIENCE_S):
            message: Message = json.loads(await self.connection.recv())
            return message

    async def about(self, name: str) -> Message:
        """The next message about that operation."""
        for index, message in enumerate(self.others):
            if message.get("id") == name:
                return self.others.pop(index)
        while (message := await self.hear()).get("id") != name:
            self.others.append(message)
        return message

    async def data(self, name: str) -> Any:
        """The data of its next result, which must have no errors."""
        message = await self.about(name)
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        (value,) = message["payload"]["data"].values()
        return value

    async def settled(self) -> None:
        """Returns when everything said before has been taken."""
        await self.say(type="ping", payload={"settled": True})
        while (message := await self.hear())["type"] != "pong":
            self.others.append(message)

    async def code(self) -> int | None:
        """The code it is closed with, which it awaits."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    self.others.append(json.loads(await self.connection.recv()))
        except ConnectionClosed:
            return self.connection.close_code


@asynccontextmanager
async def dialled(
    at: Replica,
    *,
    subprotocols: list[Subprotocol] | None = None,
    headers: dict[str, str] | None = None,
) -> AsyncIterator[GraphQLConnection]:
    """A connection that has said nothing yet."""
    async with connect(
        f"{at.ws}/graphql",
        subprotocols=[SUBPROTOCOL] if subprotocols is None else subprotocols or None,
        additional_headers=headers,
        compression=None,
        max_queue=None,
    ) as connection:
        yield GraphQLConnection(connection)


@asynccontextmanager
async def connected(at: Replica, token: str) -> AsyncIterator[GraphQLConnection]:
    """A connection that is signed in."""
    async with dialled(at) as client:
        await client.sign_in(token)
        yield client


async def started(
    client: GraphQLConnection,
    name: str,
    text: str,
    topic: Topic = Topic.ACTIVITY,
    **variables: Any,
) -> None:
    """Subscribed, the first to ask this, to a log that is listened to by now."""
    before = figures.SUBSCRIBERS.value(topic)
    await client.subscribe(name, text, **variables)
    await until(lambda: figures.SUBSCRIBERS.value(topic) > before)
