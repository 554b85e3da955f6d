"""Many writes in one call: unordered, in batches, and safe to be interrupted."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError, OperationFailure

from domain.errors import Unavailable
from persistence.retries import DUPLICATE_KEY, THROTTLED, Ask, pause
from persistence.subset import Change, Document, Filter, is_idempotent

UPDATES_PER_BATCH = 100  # 10 ms on the embedded server, which serves one at a time
INSERTS_PER_BATCH = 500
_ATTEMPTS = 5
# Which call wrote a document: tells our own first attempt from an earlier call.
STAMP = "ws"
T = TypeVar("T")


class Duplicate(Exception):
    """The `_id` or a unique field is taken; engines do not agree on telling which."""


@dataclass(frozen=True)
class Update:
    """One `SafeCollection.update` of a bulk."""

    id: str
    change: Change
    where: Filter | None = None
    upsert: bool = False

    def is_repeatable(self) -> bool:
        """Whether doing it again changes nothing: the condition may not hold then."""
        return is_idempotent(self.change)


async def update_many(driver: Any, ask: Ask, updates: Sequence[Update]) -> None:
    """Apply all of them in no order; see `SafeCollection.bulk`."""
    for batch in in_batches(updates, UPDATES_PER_BATCH):
        await _update_batch(driver, ask, batch)


async def insert_missing(
    driver: Any, ask: Ask, documents: Sequence[Document]
) -> set[str]:
    """Insert what is not there; see `SafeCollection.insert_new`."""
    stamp = secrets.token_hex(8)
    distinct = {doc["_id"]: {**doc, STAMP: stamp} for doc in reversed(documents)}
    inserted: set[str] = set()
    for batch in in_batches(list(distinct.values()), INSERTS_PER_BATCH):
        inserted |= await _insert_batch(driver, ask, batch, stamp)
    return inserted


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


async def _update_batch(driver: Any, ask: Ask, batch: Sequence[Update]) -> None:
    pending = list(batch)
    codes: set[int] = set()
    for attempt in range(_ATTEMPTS):
        requests = [_request(update) for update in pending]

        async def write(_: int, requests: list[Any] = requests) -> dict[int, int]:
            return await _failures(driver.bulk_write(requests, ordered=False))

        failures = await ask(
            write, idempotent=all(update.is_repeatable() for update in pending)
        )
        if not failures:
            return
        # 11000 is two upserts of one id meeting: the second try finds a document.
        pending = [pending[index] for index in failures]
        codes = set(failures.values())
        await pause(attempt)
    raise Duplicate if DUPLICATE_KEY in codes else Unavailable


async def _insert_batch(
    driver: Any, ask: Ask, batch: Sequence[Document], stamp: str
) -> set[str]:
    async def write(attempt: int) -> set[str]:
        failures = await _failures(driver.insert_many(batch, ordered=False))
        if not THROTTLED.isdisjoint(failures.values()):
            raise OperationFailure("throttled", code=min(THROTTLED))
        present = {batch[index]["_id"] for index in failures}
        if attempt and present:
            present -= await _stamped(driver, present, stamp)
        return {document["_id"] for document in batch} - present

    return await ask(write)


async def _stamped(driver: Any, ids: Iterable[str], stamp: str) -> set[str]:
    where = {"_id": {"$in": sorted(ids)}}
    rows = await driver.find(where, {STAMP: 1}).to_list(None)
    return {row["_id"] for row in rows if row.get(STAMP) == stamp}


async def _failures(writing: Any) -> dict[int, int]:
    """Which of the writes failed, as index to code, when all of them may pass later."""
    try:
        await writing
    except BulkWriteError as err:
        details = err.details or {}
        failures = {e["index"]: e["code"] for e in details.get("writeErrors", ())}
        if details.get("writeConcernErrors") or not (
            set(failures.values()) <= THROTTLED | {DUPLICATE_KEY}
        ):
            raise Unavailable from err
        return failures
    return {}


def _request(update: Update) -> UpdateOne:
    where = {"_id": {"$eq": update.id}, **(update.where or {})}
    return UpdateOne(where, update.change, upsert=update.upsert)
