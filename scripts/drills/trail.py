"""Entries of a long trail, spoilt in the database: `dashboard audit verify` names them.

10,000 entries; one is changed, one taken out, two change places. Each is put right
again before the next.
"""

import asyncio
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymongo

from scripts.drills.report import Report
from scripts.drills.stage import Caller, Stage, caller, stage
from scripts.replicas import ROOT, SECRET

ENTRIES, A_CALL = 10_000, 1_000
Row = dict[str, Any]
Rows = pymongo.collection.Collection[Row]
Spoil = Callable[[Rows, Row, Row], None]


async def drill(folder: Path, report: Report) -> None:
    async with stage(folder) as on:
        await on.start()
        async with on.replica("service") as service, caller(service.url) as ana:
            await _record(ana)
        code, said = await _verify(on)
        report.tell(f"{ENTRIES} entries", said.splitlines()[0], good=code == 0)
        for fault, spoil in FAULTS.items():
            victim = await asyncio.to_thread(_spoilt, on, spoil)
            code, said = await _verify(on)
            await asyncio.to_thread(_put_right, on)
            named = victim in said
            figures = f"exit {code}, {'names' if named else 'does not name'} it"
            report.tell(fault, figures, good=code == 1 and named)
        code, _ = await _verify(on)
        report.tell("all put right again", f"exit {code}", good=code == 0)


@contextmanager
def _rows(on: Stage) -> Iterator[Rows]:
    with pymongo.MongoClient[Row](on.mongodb.server.address) as client:
        yield client["user_dashboard"]["audit_logs"]


_kept: list[Row] = []


def _spoilt(on: Stage, spoil: Spoil) -> str:
    """The id of the entry that is not as it was."""
    with _rows(on) as rows:
        ids = sorted(row["_id"] for row in rows.find({}, {"_id": 1}))
        chosen = random.sample(ids, 2)
        _kept[:] = [row for row in map(rows.find_one, chosen) if row is not None]
        one, other = _kept
        spoil(rows, one, other)
        return str(one["_id"])


def _put_right(on: Stage) -> None:
    with _rows(on) as rows:
        for row in _kept:
            rows.delete_one({"_id": row["_id"]})
            rows.insert_one(row)


def _change(rows: Rows, one: Row, _: Row) -> None:
    details = {**one["d"], "summary": "Nothing"}
    rows.update_one({"_id": one["_id"]}, {"$set": {"d": details}})


def _take_out(rows: Rows, one: Row, _: Row) -> None:
    rows.delete_one({"_id": one["_id"]})


def _swap(rows: Rows, one: Row, other: Row) -> None:
    rows.update_one({"_id": one["_id"]}, {"$set": {"sk": other["sk"]}})
    rows.update_one({"_id": other["_id"]}, {"$set": {"sk": one["sk"]}})


FAULTS: dict[str, Spoil] = {
    "an entry was changed": _change,
    "an entry was taken out": _take_out,
    "two entries changed places": _swap,
}


async def _record(ana: Caller) -> None:
    for _ in range(ENTRIES // A_CALL):
        events = [{"action": "drill.done", "summary": f"{n}"} for n in range(A_CALL)]
        body = {"events": events}
        assert await ana.status("POST", "/api/v1/dashboard/activity", body) < 300  # noqa: PLR2004


async def _verify(on: Stage) -> tuple[int, str]:
    """`dashboard audit verify`: its exit code and what it says."""
    given = {
        "ENV": "test",
        "MONGODB_URI": on.mongodb.server.address,
        "REDIS_URL": on.redis.server.address,
        "JWT_SECRET": SECRET,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app", "audit", "verify"),
        cwd=ROOT,
        env={**os.environ, **{f"DASHBOARD_{k}": v for k, v in given.items()}},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()
