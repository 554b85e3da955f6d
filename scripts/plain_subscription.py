"""What Strawberry gives: an async generator per subscriber, for `scripts.fanout`.

    python -m scripts.plain_subscription REDIS_URL

One Redis connection feeds them all, which is more than most do.
"""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
import uvicorn
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from strawberry.asgi import GraphQL

CHANNEL = "plain:updates"
FIGURES = (
    "total_users",
    "active_users",
    "new_users",
    "online_users",
    "requests",
    "error_rate",
    "response_time_ms",
)


class Feed:
    """The newest message, and a queue for each who listens."""

    def __init__(self) -> None:
        self.newest: dict[str, Any] = {"version": 1, **dict.fromkeys(FIGURES, 1.0)}
        self.queues: set[asyncio.Queue[dict[str, Any]]] = set()

    async def read(self, url: str) -> None:
        pubsub = Redis.from_url(url).pubsub()
        await pubsub.subscribe(CHANNEL)
        async for message in pubsub.listen():
            if message["type"] == "message":
                self.newest = json.loads(message["data"])
                for queue in self.queues:
                    queue.put_nowait(self.newest)


FEED = Feed()


@strawberry.type
class Stat:
    value: float
    previous: float | None = None
    change_pct: float | None = None


@strawberry.type
class Stats:
    total_users: Stat
    active_users: Stat
    new_users: Stat
    online_users: Stat
    requests: Stat
    error_rate: Stat
    response_time_ms: Stat
    version: int

    @classmethod
    def of(cls, message: dict[str, Any]) -> "Stats":
        figures = {name: Stat(value=message[name]) for name in FIGURES}
        return cls(**figures, version=message["version"])


@strawberry.type
class Query:
    version: int = 1


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def dashboard_updated(self) -> AsyncGenerator[Stats, None]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        FEED.queues.add(queue)
        try:
            yield Stats.of(FEED.newest)
            while True:
                yield Stats.of(await queue.get())
        finally:
            FEED.queues.discard(queue)


def application(url: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        reading = asyncio.create_task(FEED.read(url))
        yield
        reading.cancel()

    schema = strawberry.Schema(query=Query, subscription=Subscription)
    endpoint: Any = GraphQL(schema)
    return Starlette(routes=[WebSocketRoute("/graphql", endpoint)], lifespan=lifespan)


def main(url: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        print(f"Plain http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(
            application(url),
            loop="uvloop",
            http="httptools",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            log_level="warning",
        )
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main(sys.argv[1])
