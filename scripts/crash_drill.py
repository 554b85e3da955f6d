"""Kills the service, and each embedded server, during writes; counts what is lost.

    python scripts/crash_drill.py [ROUNDS]

A write counts once it is acknowledged. After each kill (and a start, when it was the
service) everything acknowledged so far must be there: users, activity, and the sum of
a metric. At the end the calls that a kill cut off are repeated until they are
answered, which takes up to half a minute; then everything must be there exactly once,
every account that was made or changed must have its one entry in the trail (which the
sweeper may still bring for a minute), and `dashboard audit verify` must find it whole.
Exits with 1 when anything is lost, doubled, untold or broken.
"""

import asyncio
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import redis

ROOT = Path(__file__).resolve().parents[1]
EMAIL, PASSWORD = "drill@example.com", "a long enough drill password"
WRITE_S = 1.5
# A call cut off by a kill holds its idempotency key for 30 s.
FINISH_S = 60
# What a change left untold is told by the sweeper, once a minute.
UNTOLD_S = 130
WRITERS = 6
POINTS_PER_CALL = 20
API = "/api/v1"
SUM = """query Sum {
  metrics(names: ["drill.points"], range: {last: "PT2H"}) { series { summary { sum } } }
}"""


class Service:
    """`dashboard serve` on a data directory of its own."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "data"
        self._log = folder / "service.log"
        self._port = "0"
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    @property
    def _environment(self) -> dict[str, str]:
        given = {
            "ENV": "test",
            "PORT": self._port,
            "DATA_DIR": str(self._data),
            "BCRYPT_COST": "4",
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": PASSWORD,
        }
        return {**os.environ, **{f"DASHBOARD_{k}": v for k, v in given.items()}}

    async def verify(self) -> int:
        """`dashboard audit verify`, beside the running service."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app", "audit", "verify"),
            cwd=ROOT,
            env=self._environment,
        )
        return await process.wait()

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "app", "serve"),
                cwd=ROOT,
                env=self._environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self.url = await self._address()
        self._port = self.url.rpartition(":")[2]

    async def _address(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            words = line.decode().split()
            if words[:1] == ["Dashboard"]:
                return words[1]
        raise SystemExit(f"the service did not start:\n{self._log.read_text()}")

    async def stop(self) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        await self._process.wait()

    async def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        await self.start()

    async def kill_mongodb(self) -> None:
        pid = int((self._data / "mongodb" / "nx.pid").read_text())
        os.kill(pid, signal.SIGKILL)

    async def kill_valkey(self) -> None:
        path = self._data / "valkey" / "valkey.sock"
        with redis.Redis(unix_socket_path=str(path)) as client:
            os.kill(int(client.info("server")["process_id"]), signal.SIGKILL)


class CutOff(Exception):
    """A call was not answered before the writers were told to stop."""


@dataclass
class Drill:
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

    async def found(self) -> "Found":
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


@dataclass
class Found:
    users: set[str]
    events: list[str]
    points: float

    def wrong(self, drill: Drill) -> list[str]:
        """What is not as it was acknowledged; nothing is when this is empty."""
        lost_users = len(drill.users - self.users)
        lost_events = len(drill.events - set(self.events))
        doubled = len(self.events) - len(set(self.events))
        extra = self.points - drill.points
        unsure = POINTS_PER_CALL * len(drill.cut_off)
        problems = {
            f"{lost_users} users lost": lost_users,
            f"{lost_events} events lost": lost_events,
            f"{doubled} events doubled": doubled,
            f"{extra:+g} points": not 0 <= extra <= unsure,
        }
        return [text for text, is_wrong in problems.items() if is_wrong]


def _may_pass(answer: httpx.Response) -> bool:
    """Unavailable; or the same key still under way in a call that was cut off."""
    return answer.status_code in (409, 503, 504)


async def one_kill(drill: Drill, kill: Callable[[], Any]) -> None:
    drill.stopping = False
    async with asyncio.TaskGroup() as group:
        for _ in range(WRITERS):
            group.create_task(drill.write_on())
        await asyncio.sleep(WRITE_S)
        await kill()
        await asyncio.sleep(WRITE_S)
        drill.stopping = True
    drill.stopping = False


async def tell(drill: Drill, what: str) -> int:
    wrong = (await drill.found()).wrong(drill)
    verdict = ", ".join(wrong) or "all there"
    print(f"{what:<28} acknowledged {drill}: {verdict}", flush=True)
    return len(wrong)


async def run(service: Service, rounds: int) -> int:
    bad = 0
    async with httpx.AsyncClient(timeout=15) as http:
        drill = Drill(service, http)
        await drill.sign_in()
        for number in range(1, rounds + 1):
            for kill in (service.kill, service.kill_mongodb, service.kill_valkey):
                await one_kill(drill, kill)
                bad += await tell(drill, f"round {number}, {kill.__name__}")
        await drill.finish()
        bad += await tell(drill, f"after {drill.repeats} repeats")
        bad += await tell_trail(drill)
    return bad


async def tell_trail(drill: Drill) -> int:
    waited_s = 0
    while (untold := await drill.untold()) and waited_s < UNTOLD_S:
        await asyncio.sleep(5)
        waited_s += 5
    print(
        f"changes without their entry  {untold} of {len(drill.users)} accounts made "
        f"and {len(drill.renamed)} renamed, after {waited_s} s",
        flush=True,
    )
    return untold + await drill.service.verify()


async def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        service = Service(Path(folder))
        await service.start()
        try:
            return 1 if await run(service, rounds) else 0
        finally:
            await service.stop()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
