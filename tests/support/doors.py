"""One operation through every door of GraphQL: GET, POST, a stream and a socket."""

import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.event_streams import streaming
from tests.support.factories import bearer
from tests.support.graphql_sockets import GraphQLConnection
from tests.support.replicas import Replica

Ask = Callable[[str], Awaitable[Any]]
_names = itertools.count(1)


@dataclass(frozen=True)
class Doors:
    """Each gives the answer to an operation, or the first event of it."""

    at: Replica
    token: str
    client: GraphQLConnection  # signed in with the same token

    def open_to(self, text: str) -> list[Ask]:
        """All that take such an operation."""
        if text.startswith("subscription"):
            return [self.stream, self.socket]
        return [self.post, self.get, self.stream, self.socket]

    async def post(self, text: str) -> Any:
        return await self._http("POST", json={"query": text})

    async def get(self, text: str) -> Any:
        return await self._http("GET", params={"query": text})

    async def stream(self, text: str) -> Any:
        async with streaming(self.at, self.token, text) as stream:
            return json.loads((await stream.event())["data"])

    async def socket(self, text: str) -> Any:
        name = str(next(_names))
        await self.client.subscribe(name, text)
        message = await self.client.about(name)
        if message["type"] == "error":
            return {"errors": message["payload"]}
        return message["payload"]

    async def _http(self, method: str, **sent: Any) -> Any:
        async with httpx.AsyncClient(base_url=self.at.http) as http:
            headers = bearer(self.token)
            answer = await http.request(method, "/graphql", headers=headers, **sent)
            return answer.json()
