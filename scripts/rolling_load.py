"""What clients do that try again as they should, and how often they had to."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from scripts.listeners import ACTION, ACTIVITY
from scripts.soak import Soak

TRIES = 6
FIRST_PAUSE_S = 0.1
READ_EVERY_S = 0.1
READS = "{ me { id } stats { totalUsers { value } onlineUsers { value } } }"
# Those a client tries again; anything else is an answer.
PASSING = {"RATE_LIMITED", "UNAVAILABLE", "TIMEOUT"}


class Failed(Exception):
    """A request that failed for good."""


@dataclass
class Tally:
    """Requests by how they went."""

    asked: int = 0
    again: "Counter[str]" = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


@dataclass
class Load(Soak):
    """Requests through the load balancer, each tried `TRIES` times at most."""

    tally: Tally = field(default_factory=Tally)

    async def event(self, number: int) -> None:
        """Every third one over REST, the others over GraphQL."""
        if number % 3:
            await self._counted(super().event(number))
            return
        ledger = self.ledgers[ACTIVITY]
        ledger.send(number)
        body = {"events": [{"action": ACTION, "summary": f"event {number}"}]}
        if await self._counted(self._rest(body, f"rest-{number}")):
            ledger.acknowledge(number)

    async def call(self, text: str, **variables: Any) -> Any:
        body = {"query": text, "variables": variables}
        told = (await self._ask("POST", "/graphql", json=body)).json()
        if told.get("errors"):
            raise Failed(str(told["errors"]))
        return told["data"]

    async def read_on(self) -> None:
        """Figures, over both edges, until cancelled."""
        while True:
            await self._counted(self.call(READS))
            path = "/api/v1/dashboard/stats?range=LAST_HOUR"
            await self._counted(self._ask("GET", path))
            await asyncio.sleep(READ_EVERY_S)

    async def _rest(self, body: Any, key: str) -> bool:
        path, headers = "/api/v1/dashboard/activity", {"Idempotency-Key": key}
        answer = await self._ask("POST", path, json=body, headers=headers)
        return bool(answer.json()["data"]["accepted"])

    async def _counted(self, request: Any) -> Any:
        self.tally.asked += 1
        began_s = time.monotonic()
        try:
            return await request
        except Failed as err:
            self.tally.failed.append(str(err))
        finally:
            took_s = time.monotonic() - began_s
            self.tally.slowest_s = max(self.tally.slowest_s, took_s)

    async def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer that counts.

        Raises:
            Failed: there was none, or a refusal.
        """
        given = options.pop("headers", {})
        headers = {"Authorization": f"Bearer {self.token}", **given}
        url, pause_s, why = f"{self.service.url}{path}", FIRST_PAUSE_S, ""
        for number in range(TRIES):
            if number:
                self.tally.again[why] += 1
                await asyncio.sleep(pause_s)
                pause_s *= 2
            try:
                answer = await self.http.request(
                    method, url, headers=headers, **options
                )
            except httpx.TransportError as err:
                why = type(err).__name__
                continue
            why = _passing(answer)
            if not why:
                if answer.is_error:
                    raise Failed(f"{path}: {answer.text}")
                return answer
        raise Failed(f"{path}: {why}, {TRIES} times")


def _passing(answer: httpx.Response) -> str:
    """The code of a failure that passes; else nothing."""
    told = answer.json()
    if errors := told.get("errors"):
        code = str(errors[0]["extensions"]["code"])
    else:
        code = str((told.get("error") or {}).get("code", ""))
    return code if code in PASSING else ""
