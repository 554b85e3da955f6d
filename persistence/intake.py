"""Calls that are to count exactly once: their journal, and who owns which event.

Partition `intake` of `dashboard_data` has a journal for each call with an
idempotency key or event ids: what it records, written before anything is counted.
While it is open (`b` starts with `open|`) anybody may bring the call to its end.
Partition `event.{metric}` has a claim for each event id: the call that counts it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.errors import IdempotencyConflict, Unavailable
from domain.limits import Limits
from kit.ids import derived_id, random_id
from kit.times import HOUR_MS
from persistence.journals import (
    DONE,
    OPEN,
    PARTITION,
    Call,
    Journal,
    document_of,
    journal_of,
    position_of,
)
from persistence.safe import Change, Document, Duplicate, SafeCollection

# With the rest of the document well under the 2 MB that Cosmos DB stores.
TEXT_MAX = 1_500_000
_CLAIM_ATTEMPTS = 3
Event = tuple[str, str]  # metric and event id


@dataclass(frozen=True)
class Claims:
    """Which events are this call's to count, and the journals of the other calls."""

    own: frozenset[Event]
    other_journals: frozenset[str]


class IntakeRepository:
    """Journals and claims; see `resolvers.recording` for how they work together."""

    def __init__(self, data: SafeCollection, limits: Limits) -> None:
        self._data = data
        self._ttl_ms = limits.idempotency_ttl_s * 1000
        window_s = limits.metrics_past_s + limits.metrics_future_s
        # An event cannot come again once its time has left the accepted window.
        self._claim_ms = max(self._ttl_ms, window_s * 1000)

    async def open(self, key_id: str | None, call: Call, now_ms: int) -> Journal:
        """The journal of a call: a new one, or the one that a call with this key has
        made before, unless that is done and forgotten.

        Raises:
            ValueError: the samples hold more text than a document may.
            IdempotencyConflict: that was a call with another body.
        """
        own_id = random_id("j") if key_id is None else derived_id("j", key_id)
        batch = random_id("b")[2:]
        journal = Journal(own_id, batch, now_ms, call.samples, call.result, call.body)
        document = document_of(journal)
        if len(document["points"].encode()) > TEXT_MAX:
            raise ValueError("hold too much text: send fewer at a time")
        try:
            await self._data.insert(document)
        except Duplicate:
            return await self._earlier(journal)
        return journal

    def is_forgotten(self, journal: Journal, now_ms: int) -> bool:
        """Whether its key may be used for another call."""
        return journal.created_ms + self._ttl_ms <= now_ms

    async def claim(
        self, journal: Journal, events: Iterable[Event], now_ms: int
    ) -> Claims:
        """Claim the events for this call; those others have claimed stay theirs."""
        ids = {_event_id(event): event for event in events}
        owners: dict[str, Document] = {}
        for _ in range(_CLAIM_ATTEMPTS):
            claims = [
                {
                    "_id": one,
                    "s": f"event.{ids[one][0]}",
                    "b": one,
                    "exp": now_ms + self._claim_ms,
                    "batch": journal.batch,
                    "journal": journal.id,
                }
                for one in ids
                if one not in owners
            ]
            inserted = await self._data.insert_new(claims) if claims else set()
            owners |= {one["_id"]: one for one in claims if one["_id"] in inserted}
            others = [one for one in ids if one not in owners]
            found = await self._data.by_ids(others, ("batch", "journal"))
            owners |= {one["_id"]: one for one in found}
            if len(owners) == len(ids):
                return _claims(journal, ids, owners)
        raise Unavailable  # claims were swept as fast as we asked for them

    async def finish(self, journal: Journal, now_ms: int) -> None:
        """Everything is counted; the result stays for as long as the key."""
        keep_until_ms = max(journal.created_ms + self._ttl_ms, now_ms) + HOUR_MS
        position = position_of(DONE, journal)
        change: Change = {
            "$set": {"b": position, "exp": keep_until_ms},
            "$unset": {"points": ""},
        }
        same = {"batch": {"$eq": journal.batch}}
        await self._data.update(journal.id, change, where=same)

    async def open_among(self, journal_ids: Iterable[str]) -> list[Journal]:
        """Those of the journals that are not done."""
        rows = await self._data.by_ids(sorted(journal_ids))
        return [one for one in map(journal_of, rows) if not one.done]

    async def unfinished(self, before_ms: int, *, limit: int) -> list[Journal]:
        """Open journals made before that moment, the oldest first."""
        bounds = {"$gte": OPEN, "$lt": f"{OPEN}{before_ms:013d}"}
        where = {"s": {"$eq": PARTITION}, "b": bounds}
        rows = await self._data.find(where, sort=("b", 1), limit=limit)
        return [journal_of(row) for row in rows]

    async def _earlier(self, journal: Journal) -> Journal:
        row = await self._data.get(journal.id)
        if row is None:
            raise Unavailable  # swept this moment: the next try makes a new one
        earlier = journal_of(row)
        if not self.is_forgotten(earlier, journal.created_ms):
            if earlier.body != journal.body:
                raise IdempotencyConflict
            return earlier
        if not earlier.done:
            return earlier
        fresh = document_of(journal)
        del fresh["_id"]
        same = {"batch": {"$eq": earlier.batch}}
        if not await self._data.update(journal.id, {"$set": fresh}, where=same):
            raise Unavailable  # two calls with one forgotten key: come back
        return journal


def _claims(
    journal: Journal, ids: Mapping[str, Event], owners: Mapping[str, Document]
) -> Claims:
    own = {one for one, owner in owners.items() if owner["batch"] == journal.batch}
    return Claims(
        own=frozenset(ids[one] for one in own),
        other_journals=frozenset(
            owner["journal"] for one, owner in owners.items() if one not in own
        ),
    )


def _event_id(event: Event) -> str:
    return derived_id("e", *event)
