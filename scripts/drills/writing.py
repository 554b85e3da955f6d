"""Writers that repeat each call until it is acknowledged, and what was."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from scripts.drills.service import Service
from scripts.replicas import EMAIL, PASSWORD

# A call cut off by a kill holds its idempotency key for 30 s.
FINISH_S = 60
POINTS_PER_CALL = 20
API = "/api/v1"
SUM = """query Sum {
  metrics(names: ["drill.points"], range: {last: "PT2H"}) { series { summary { sum } } }
}"""


@dataclass
class Found:
    users: set[str]
    events: list[str]
    points: float

    def wrong(self, writing: "Writing") -> list[str]:
        """What is not as it was acknowledged; nothing is when this is empty."""
        lost_users = len(writing.users - self.users)
        lost_events = len(writing.events - set(self.events))
        doubled = len(self.events) - len(set(self.events))
        extra = self.points - writing.points
        unsure = POINTS_PER_CALL * len(writing.cut_off)
        problems = {
            f"{lost_users} users lost": lost_users,
            f"{lost_events} events lost": lost_events,
            f"{doubled} events doubled": doubled,
            f"{extra:+g} points": not 0 <= extra <= unsure,
        }
        return [text for text, is_wrong in problems.items() if is_wrong]


class CutOff(Exception):
    """A call was not answered before the writers were told to stop."""


@dataclass
class Writing:
    """The writers, and what was acknowledged to them."""

    service: Service
    http: httpx.AsyncClient
    users: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    points: int = 0
    repeats: int = 0
    cut_off: list[int] = field(default_factory=list)
    stopping: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __str__(self) -> str:
        return (
            f"{len(self.users)} users, {len(self.events)} events, {self.points} points"
        )

    @property
    def acknowledged(self) -> int:
        return len(self.users) + len(self.events) + self.points

    async def sign_in(self) -> None:
        body = {"email": EMAIL, "password": PASSWORD}
        answer = await self._answered("POST", f"{API}/auth/login", body, key=None)
        token = answer["data"]["access_token"]
        self.http.headers["Authorization"] = f"Bearer {token}"

    async def write(self, number: int) -> None:
        """One write of the three kinds in turn, repeated until it is acknowledged."""
        if number % 3 == 0:
            email = f"user{number}@example.com"
            body: dict[str, Any] = {
                "email": email,
                "name": f"User {number}",
                "password": PASSWORD,
            }
            made = await self._record("users", body, number)
            self.users.add(email)
            user_id = made["data"]["id"]
            name = {"name": f"Renamed {number}"}
            await self._answered("PUT", f"{API}/users/{user_id}", name, key=None)
            self.renamed.add(user_id)
        elif number % 3 == 1:
            event = {"action": "drill.done", "summary": f"event {number}"}
            await self._record("dashboard/activity", {"events": [event]}, number)
            self.events.add(event["summary"])
        else:
            point = {"name": "drill.points", "kind": "COUNTER", "value": 1}
            body = {"points": [point] * POINTS_PER_CALL}
            await self._record("dashboard/metrics", body, number)
            self.points += POINTS_PER_CALL

    async def write_on(self) -> None:
        while not self.stopping:
            number = next(self.numbers)
            try:
                await self.write(number)
            except CutOff:
                self.cut_off.append(number)

    async def finish(self) -> None:
        """Repeats the calls that were cut off, until each is answered."""
        self.stopping = False
        unanswered, self.cut_off = self.cut_off, []
        async with asyncio.timeout(FINISH_S), asyncio.TaskGroup() as group:
            for number in unanswered:
                group.create_task(self.write(number))

    async def found(self) -> Found:
        """What a reader sees now."""
        users = {user["email"] for user in await self._users()}
        events = [entry["summary"] for entry in await self._entries("drill.done")]
        answer = await self._answered("POST", "/graphql", {"query": SUM}, key=None)
        series = answer["data"]["metrics"]["series"]
        return Found(users, events, sum(one["summary"]["sum"] for one in series))

    async def untold(self) -> int:
        """Accounts made or renamed without one entry each that says so."""
        made = Counter(e["target_id"] for e in await self._entries("user.created"))
        renamed = Counter(e["target_id"] for e in await self._entries("user.updated"))
        wrong = [one["id"] for one in await self._users() if made[one["id"]] != 1]
        return len(wrong) + sum(renamed[one] != 1 for one in self.renamed)

    async def _users(self) -> list[Any]:
        users: list[Any] = []
        page, pages = 1, 1
        while page <= pages:
            answer = await self._get("users", page=page, page_size=100)
            users += answer["data"]
            pages, page = answer["meta"]["pagination"]["pages"], page + 1
        return users

    async def _entries(self, action: str) -> list[Any]:
        entries: list[Any] = []
        after = None
        while True:
            answer = await self._get(
                "dashboard/activity", action=action, limit=100, after=after
            )
            entries += answer["data"]
            after = answer["meta"]["pagination"]["next"]
            if after is None:
                return entries

    async def _record(self, path: str, body: Any, number: int) -> Any:
        answer = await self._answered("POST", f"{API}/{path}", body, f"drill-{number}")
        assert not answer["data"].get("rejected"), answer
        return answer

    async def _get(self, path: str, **query: Any) -> Any:
        given = {name: value for name, value in query.items() if value is not None}
        url = httpx.URL(f"{API}/{path}", params=given)
        return await self._answered("GET", str(url), None, key=None)

    async def _answered(
        self, method: str, path: str, body: Any, key: str | None
    ) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        while True:
            try:
                answer = await self.http.request(
                    method, self.service.url + path, json=body, headers=headers
                )
            except httpx.TransportError:
                await self._pause()
                continue
            if answer.is_success:
                return answer.json()
            if not _may_pass(answer):
                raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
            await self._pause()

    async def _pause(self) -> None:
        if self.stopping:
            raise CutOff
        self.repeats += 1
        await asyncio.sleep(0.05)


def _may_pass(answer: httpx.Response) -> bool:
    """Unavailable; or the same key still under way in a call that was cut off."""
    return answer.status_code in (409, 503, 504)
