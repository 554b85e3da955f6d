"""A client of server-sent events that shows every event."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.factories import bearer
from tests.support.live import PATIENCE_S
from tests.support.replicas import Replica

Event = dict[str, str]  # by field; a comment is the field ""


@dataclass
class Stream:
    """`comments` counts those seen; `id` is the last one."""

    response: httpx.Response
    id: str | None = None
    comments: int = 0
    _events: AsyncIterator[Event] = field(init=False)

    def __post_init__(self) -> None:
        self._events = self._read()

    async def event(self) -> Event:
        """The next event that is dispatched."""
        async with asyncio.timeout(PATIENCE_S):
            return await anext(self._events)

    async def data(self) -> Any:
        """The data of the next result, which must have no errors."""
        event = await self.event()
        assert event["event"] == "next"
        payload = json.loads(event["data"])
        assert "errors" not in payload
        (value,) = payload["data"].values()
        return value

    async def ended(self) -> list[Event]:
        """What still came until the answer ended."""
        async with asyncio.timeout(PATIENCE_S):
            return [event async for event in self._events]

    async def _read(self) -> AsyncIterator[Event]:
        event: Event = {}
        async for line in self.response.aiter_lines():
            name, _, value = line.partition(":")
            if line.startswith(":"):
                self.comments += 1
            elif line:
                event[name] = value.removeprefix(" ")
            else:
                self.id = event.get("id", self.id)
                if "data" in event:
                    yield event
                event = {}


@asynccontextmanager
async def streaming(
    at: Replica,
    token: str | None,
    query: str,
    *,
    last_id: str | None = None,
    method: str = "POST",
    **variables: Any,
) -> AsyncIterator[Stream]:
    """The answer to a request for a stream, whatever it is."""
    headers = {"Accept": "text/event-stream", **(bearer(token) if token else {})}
    if last_id:
        headers["Last-Event-ID"] = last_id
    body: dict[str, Any] = {"query": query, "variables": variables}
    sent: dict[str, Any] = {"json": body}
    if method == "GET":
        sent = {"params": {"query": query, "variables": json.dumps(variables)}}
    async with (
        httpx.AsyncClient(base_url=at.http, timeout=PATIENCE_S) as http,
        http.stream(method, "/graphql", headers=headers, **sent) as response,
    ):
        yield Stream(response)
