"""Listeners on each transport: GraphQL over WebSockets and SSE, the plain socket."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from typing import Any, ClassVar

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from scripts.listeners import (
    ACTION,
    ACTIVITY,
    CONNECT_S,
    CUT_OFF,
    NOTIFICATIONS,
    TEXTS,
    Listener,
)

PROTOCOL = Subprotocol("graphql-transport-ws")
DASHBOARD = """subscription {
  dashboardUpdated(minIntervalMs: 100) { totalUsers { value } } }"""


class GraphQLSocket(Listener):
    """Both subscriptions on one WebSocket, resumed by `after`."""

    async def once(self) -> None:
        async with aclosing(self._frames(list(TEXTS.items()))) as frames:
            async for topic, data in frames:
                self.told(topic, data[topic])

    async def _frames(
        self, texts: Sequence[tuple[str, str]]
    ) -> AsyncGenerator[tuple[str, Any], None]:
        async with connect(
            f"{self.url.replace('http', 'ws', 1)}/graphql",
            subprotocols=[PROTOCOL],
            open_timeout=CONNECT_S,
            close_timeout=1,
        ) as socket:
            self._is_open(socket)
            payload = {"Authorization": f"Bearer {self.token}"}
            await _say(socket, type="connection_init", payload=payload)
            async for text in socket:
                frame = json.loads(text)
                match frame["type"]:
                    case "connection_ack":
                        for topic, query in texts:
                            asked = {
                                "query": query,
                                "variables": {"after": self.cursors.get(topic)},
                            }
                            await _say(
                                socket, type="subscribe", id=topic, payload=asked
                            )
                    case "next" if data := frame["payload"].get("data"):
                        yield frame["id"], data
                    case "ping":
                        await _say(socket, type="pong")
                    case "next" | "error" | "complete":
                        # Only what may pass: the log of the service has the rest.
                        raise httpx.HTTPError(str(text))

    def _is_open(self, socket: ClientConnection) -> None:
        self.connections += 1
        self.cut = socket.transport.abort


class DashboardSocket(GraphQLSocket):
    """Keeps the newest figure alone."""

    users = 0.0

    async def once(self) -> None:
        async with aclosing(self._frames([("dashboardUpdated", DASHBOARD)])) as frames:
            async for _, data in frames:
                self.users = data["dashboardUpdated"]["totalUsers"]["value"]


class EventStream(Listener):
    """Each subscription on a connection of its own, resumed by `Last-Event-ID`."""

    async def once(self) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._follow(topic)) for topic in TEXTS]
            self.connections += len(tasks)
            self.cut = lambda: [task.cancel() for task in tasks]

    async def _follow(self, topic: str) -> None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "text/event-stream",
        }
        if topic in self.cursors:
            headers["Last-Event-ID"] = self.cursors[topic]
        with suppress(*CUT_OFF):
            async with (
                httpx.AsyncClient(timeout=30) as http,
                http.stream(
                    "POST",
                    f"{self.url}/graphql",
                    json={"query": TEXTS[topic]},
                    headers=headers,
                ) as answer,
            ):
                answer.raise_for_status()
                await self._read(topic, answer)

    async def _read(self, topic: str, answer: httpx.Response) -> None:
        event: dict[str, str] = {}
        async for line in answer.aiter_lines():
            name, _, value = line.partition(":")
            if line:
                event[name] = value.removeprefix(" ")
                continue
            if event.get("event") == "next" and event.get("data"):
                data = json.loads(event["data"]).get("data")
                if data:
                    self.told(topic, data[topic])
            if event.get("id"):
                self.cursors[topic] = event["id"]
            event = {}


class PlainSocket(Listener):
    """`/ws/{client_id}`: everything on one socket, resumed by one cursor."""

    TOPICS: ClassVar = {"activity:new": ACTIVITY, "notification:new": NOTIFICATIONS}

    async def once(self) -> None:
        after = f"?after={self.cursors['all']}" if "all" in self.cursors else ""
        async with connect(
            f"{self.url.replace('http', 'ws', 1)}/ws/soak{after}",
            additional_headers={"Authorization": f"Bearer {self.token}"},
            open_timeout=CONNECT_S,
            close_timeout=1,
        ) as socket:
            self.connections += 1
            self.cut = socket.transport.abort
            async for text in socket:
                frame = json.loads(text)
                if frame["event"] == "error":
                    raise httpx.HTTPError(str(text))
                if frame["event"] == "gap":
                    self.gaps.append(str(frame["data"]))
                if topic := self.TOPICS.get(frame["event"]):
                    self.cursors[topic] = "seen"
                    data = frame["data"]
                    if data.get("action", ACTION) == ACTION:
                        self.heard(topic, data.get("summary") or data["title"])
                self.cursors["all"] = frame["meta"].get("cursor") or self.cursors["all"]


async def _say(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(json.dumps(frame))
