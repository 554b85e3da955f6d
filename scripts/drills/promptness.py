"""How long answers take that must not take long: what tests leave to a quiet machine.

Every figure stands beside its bound: 12 sign-ins each of a known and an unknown
address, 40 sign-ins at once, documents made to bring a server down, and searches made
to be slow patterns; and how `/health` answers meanwhile.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from scripts.drills.report import Report
from scripts.drills.stage import Caller, Stage, caller, stage
from scripts.replicas import EMAIL

LOGIN = "/api/v1/auth/login"
SAMPLES, AT_ONCE = 12, 40
APART, APART_MS = 0.25, 10
HEALTH_MS, LAG_MS, HOSTILE_MS, SEARCH_MS, LONG_MS, FULL_MS = (
    500,
    200,
    1000,
    200,
    50,
    100,
)
WRONG, INVALID, UNAVAILABLE, ERROR = 401, 422, 503, 500
PATTERNS = ("(a+)+$" + "a" * 40, "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*.*=.*")


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        async with (
            on.replica("prompt", BCRYPT_COST="12") as service,
            caller(service.url) as ana,
        ):
            await _unknown_and_wrong(ana, report)
            await _too_long(ana, report)
            await _searches(ana, report)
            await _hostile(ana, report)
            await _many_sign_ins(ana, report)
        await _full(on, report)


async def _unknown_and_wrong(ana: Caller, report: Report) -> None:
    known, unknown = [], []
    for number in range(SAMPLES):
        known.append(await _timed(_sign_in(ana, EMAIL)))
        unknown.append(await _timed(_sign_in(ana, f"nobody{number}@example.com")))
    one, other = median(ms for ms, _ in known), median(ms for ms, _ in unknown)
    apart = abs(one - other)
    figures = f"wrong {one:.0f} ms, unknown {other:.0f} ms, medians of {SAMPLES}"
    good = {status for _, status in known + unknown} == {WRONG}
    good = good and apart <= max(APART * max(one, other), APART_MS)
    report.tell("an address nobody has", figures, good=good)


async def _too_long(ana: Caller, report: Report) -> None:
    answers = [await _timed(_sign_in(ana, EMAIL, "x" * 513)) for _ in range(5)]
    slowest = max(ms for ms, _ in answers)
    good = slowest < LONG_MS and {status for _, status in answers} == {INVALID}
    report.tell("passwords over 512 bytes", f"refused in {slowest:.0f} ms", good=good)


async def _searches(ana: Caller, report: Report) -> None:
    answers = [
        await _timed(ana.status("GET", f"/api/v1/{path}?search={pattern}"))
        for path in ("users", "dashboard/activity")
        for pattern in PATTERNS
    ]
    slowest = max(ms for ms, _ in answers)
    good = slowest < SEARCH_MS and all(status < ERROR for _, status in answers)
    report.tell("searches like slow patterns", f"slowest {slowest:.0f} ms", good=good)


async def _hostile(ana: Caller, report: Report) -> None:
    async with _health(ana) as waits:
        answers = [
            await _timed(ana.status("POST", "/graphql", {"query": text}))
            for text in _documents()
        ]
    slowest, health = max(ms for ms, _ in answers), max(waits)
    figures = f"{len(answers)}: slowest {slowest:.0f} ms, health {health:.0f} ms"
    good = slowest < HOSTILE_MS and health < HEALTH_MS
    good = good and all(0 < status < ERROR for _, status in answers)
    report.tell("hostile documents", figures, good=good)


def _documents() -> list[str]:
    used = " ".join(f"...F{n}" for n in range(60))
    asked = " ".join(f"query Q{n} {{ {used} }}" for n in range(60))
    made = " ".join(f"fragment F{n} on Query {{ me {{ id }} }}" for n in range(60))
    twice = " ".join(
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(49)
    )
    deep = "{ me " + "{ activity { nodes { actor " * 1_700 + "{ id }" + " } } }" * 1_700
    return [
        f"{asked} {made}",
        f"{{ ...F0 }} {twice} fragment F49 on Query {{ __typename }}",
        f"{deep} }}",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ " + " ".join(f"a{n}: __typename" for n in range(1_000)) + " }",
        "{ " + "... on Query { " * 5 + "me { id } " * 160 + "} " * 6,
        "{ __typename " + "@a" * 900 + " }",
        "#\n" * 100_000,
        "{" * 200_000,
        "{ users(first: 100) { nodes { activity(first: 100) { nodes { id } } } } }",
    ]


async def _many_sign_ins(ana: Caller, report: Report) -> None:
    async with _health(ana) as waits:
        calls = (_sign_in(ana, EMAIL) for _ in range(AT_ONCE))
        statuses = await asyncio.gather(*calls)
    figures = f"{AT_ONCE} at once, health at most {max(waits):.0f} ms"
    usual = median(waits)
    good = set(statuses) == {WRONG} and max(waits) < HEALTH_MS and usual < LAG_MS
    report.tell("many sign-ins", f"{figures}, as a rule {usual:.0f} ms", good=good)


async def _full(on: Stage, report: Report) -> None:
    narrow = {"BCRYPT_COST": "12", "BCRYPT_THREADS": "1", "BCRYPT_QUEUE": "1"}
    async with on.replica("narrow", **narrow) as service, caller(service.url) as ana:
        calls = (_timed(_sign_in(ana, EMAIL)) for _ in range(10))
        answers = await asyncio.gather(*calls)
    refused = [ms for ms, status in answers if status == UNAVAILABLE]
    quickest = min(refused, default=float("inf"))
    figures = f"{len(refused)} of 10 refused, the first in {quickest:.0f} ms"
    good = len(refused) == 8 and quickest < FULL_MS  # noqa: PLR2004
    report.tell("no room to hash", figures, good=good)


async def _sign_in(ana: Caller, email: str, password: str = "x" * 20) -> int:
    return await ana.status("POST", LOGIN, {"email": email, "password": password})


async def _timed(call: Awaitable[int]) -> tuple[float, int]:
    """Milliseconds and the status."""
    began = time.monotonic()
    status = await call
    return (time.monotonic() - began) * 1_000, status


@asynccontextmanager
async def _health(ana: Caller) -> AsyncIterator[list[float]]:
    """How long each answer of `/health` took, asked for until the block ends."""
    waits: list[float] = []

    async def ask() -> Any:
        while True:
            waits.append((await _timed(ana.status("GET", "/health")))[0])
            await asyncio.sleep(0.02)

    asking = asyncio.create_task(ask())
    try:
        await asyncio.sleep(0.2)
        yield waits
    finally:
        asking.cancel()
        await asyncio.wait([asking])
