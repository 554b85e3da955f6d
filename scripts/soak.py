"""What a soak does to a service: writes events, kills it, watches the figures."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from scripts.listeners import ACTION, ACTIVITY, NOTIFICATIONS, Listener
from scripts.live_clients import (
    DashboardSocket,
    EventStream,
    GraphQLSocket,
    PlainSocket,
)
from scripts.replicas import PASSWORD, Replica
from scripts.soak_ledger import Ledger

EVENT_EVERY_S = 0.02
CATCH_UP_S = 30
LONGEST_PAUSE_S = 2.0
RECORD = """mutation($events: [ActivityInput!]!, $key: String) {
  recordActivity(events: $events, idempotencyKey: $key) { accepted } }"""
SEND = """mutation($input: NotificationInput!, $key: String) {
  sendNotification(input: $input, idempotencyKey: $key) }"""
CREATE = """mutation($input: CreateUserInput!) { createUser(input: $input) { id } }"""


class TakenAlready(Exception):
    """There is such an address."""


@dataclass
class Soak:
    """The producers, the listeners and who breaks things."""

    service: Replica
    http: httpx.AsyncClient
    token: str
    user_id: str
    ledgers: dict[str, Ledger] = field(
        default_factory=lambda: {ACTIVITY: Ledger(), NOTIFICATIONS: Ledger()}
    )
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    repeats: int = 0
    users: int = 1
    stats_s: list[tuple[str, float]] = field(default_factory=list)
    every_s: float = EVENT_EVERY_S

    def listeners(self) -> list[Listener]:
        url, token = self.service.url, self.token
        return [
            GraphQLSocket("graphql-ws 1", url, token),
            GraphQLSocket("graphql-ws 2", url, token),
            EventStream("sse", url, token),
            PlainSocket("plain", url, token),
        ]

    async def produce(self, group: asyncio.TaskGroup, until_s: float) -> None:
        """An event every `every_s`, whether or not the one before was acknowledged."""
        due_s = time.monotonic()
        while due_s < until_s:
            number = next(self.numbers)
            group.create_task(self.event(number))
            due_s += self.every_s
            await asyncio.sleep(max(due_s - time.monotonic(), 0))

    async def event(self, number: int) -> None:
        key = f"soak-{number}"
        given: dict[str, Any]
        if number % 2:
            event = {"action": ACTION, "summary": f"event {number}"}
            topic, text, given = ACTIVITY, RECORD, {"events": [event]}
        else:
            notice = {"userIds": [self.user_id], "title": f"notice {number}"}
            topic, text, given = NOTIFICATIONS, SEND, {"input": notice}
        ledger = self.ledgers[topic]
        ledger.send(number)
        await self.call(text, key=key, **given)
        ledger.acknowledge(number)

    async def create_user(self) -> None:
        self.users = number = self.users + 1
        email = f"soak{number}@example.com"
        given = {"email": email, "name": f"Soak {number}", "password": PASSWORD}
        with suppress(TakenAlready):  # by a try whose answer a kill cut off
            await self.call(CREATE, input=given)

    async def call(self, text: str, **variables: Any) -> Any:
        """The data; asked for again until there is an answer."""
        headers = {"Authorization": f"Bearer {self.token}"}
        body = {"query": text, "variables": variables}
        pause_s = 0.1
        while True:
            try:
                answer = await self.http.post(
                    f"{self.service.url}/graphql", json=body, headers=headers
                )
                told = answer.json()
            except (httpx.TransportError, ValueError):
                told = {"errors": [{"extensions": {"code": "UNAVAILABLE"}}]}
            if not told.get("errors"):
                return told["data"]
            code = told["errors"][0]["extensions"]["code"]
            if code == "CONFLICT":
                raise TakenAlready
            if code not in {"UNAVAILABLE", "TIMEOUT"}:
                raise SystemExit(f"refused: {told}")
            self.repeats += 1
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    async def warm_up(self, listeners: list[Listener]) -> None:
        """Returns when all have heard of each topic; what was before does not count."""
        async with asyncio.timeout(CATCH_UP_S):
            while not all(one.is_listening for one in listeners):
                await self.event(next(self.numbers))
                await self.event(next(self.numbers))
        for ledger in self.ledgers.values():
            ledger.counted_from = next(self.numbers)

    async def broken(
        self,
        what: str,
        dashboard: DashboardSocket,
        kill: Callable[[], Awaitable[None]],
        back: Callable[[], Awaitable[None]],
    ) -> None:
        """One kill; how long after the recovery the newest figures were told."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.create_user())  # cut off, maybe
            await kill()
            group.create_task(self.create_user())
            await back()
        back_s = time.monotonic()
        while dashboard.users != self.users:
            if time.monotonic() > back_s + CATCH_UP_S:
                break
            await asyncio.sleep(0.01)
        self.stats_s.append((what, time.monotonic() - back_s))
