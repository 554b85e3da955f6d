"""The chain over the trail as it is stored: one link after the other, by one process
of all at a time.

Entries are stored first and linked after, before anybody is told that they are there.
The number of a link is its `_id`: of several processes that want to make the next one
a single one can, and the others make the one after it. What a process stores at one
time shares a link.
"""

import asyncio
import random
from collections.abc import Sequence

from domain.chain import ROWS_PER_ANCHOR, ROWS_PER_LINK, Checkpoint, End, Link
from domain.errors import Unavailable
from kit.clock import Clock
from kit.metrics import REGISTRY
from kit.times import MINUTE_MS
from persistence.bulk import in_batches
from persistence.chain_documents import (
    END,
    FIRST,
    HEAD_FIELDS,
    LINKS,
    STATE,
    STATE_ID,
    checkpoint_fields,
    checkpoint_of,
    end_of,
    link_document,
    link_of,
    named,
    position_of,
)
from persistence.safe import Document, Duplicate, SafeCollection

# How far apart the clocks of those who record and link may be.
SKEW_MS = 2 * MINUTE_MS
_LINKS_PER_READ = 100
_ATTEMPTS = 100
_PATIENT_AFTER = 2  # losses, after which one steps aside for a moment
_PAUSE_S = 0.01


LINKS_MADE = REGISTRY.counter(
    "dashboard_audit_links_total", "Links added to the chain over the trail"
)


class _Gathered:
    """Entries that will share a link."""

    def __init__(self) -> None:
        self.rows: list[Document] = []
        self.is_linked = False


class AuditChain:
    """Partition `audit.chain` of `dashboard_data`, one document a link; the checkpoint
    is partition `audit.state`.
    """

    def __init__(self, data: SafeCollection, clock: Clock) -> None:
        self._data = data
        self._clock = clock
        self._end: End | None = None
        self._gathered = _Gathered()
        self._linking = asyncio.Lock()
        # Whether a thousand entries were completed since `anchored` was called.
        self.wants_anchor = False

    async def link(self, rows: Sequence[Document]) -> None:
        """Link entries that have been stored.

        Raises:
            Unavailable: they may have no link; they get one within minutes.
        """
        if not rows:
            return
        gathered = self._gathered
        gathered.rows += rows
        async with self._linking:
            if gathered.is_linked:
                return
            # Whoever comes from here on waits for the next one.
            self._gathered = _Gathered()
            await self.append(gathered.rows)
            gathered.is_linked = True

    async def link_missed(self, rows: Sequence[Document]) -> None:
        """Link those of these entries that no link names. One that somebody else is
        linking right now may be named twice, which is no harm.
        """
        settled_ms = (await self.checkpoint()).settled_ms
        if recent := [row for row in rows if row["ts"] >= settled_ms]:
            known = await self.linked_since(min(row["ts"] for row in recent))
            await self.link([row for row in recent if row["_id"] not in known])

    async def linked_since(self, since_ms: int) -> set[str]:
        """What is named by every link that may be of that moment or later."""
        known: set[str] = set()
        number = (await self.end()).number + 1
        while links := await self.links_before(number, limit=_LINKS_PER_READ):
            known.update(entry_id for link in links for entry_id in link.named)
            number = links[-1].number
            if links[-1].made_ms < since_ms - SKEW_MS:
                break
        return known

    async def append(self, rows: Sequence[Document], *, late: bool = False) -> None:
        """Add links for these rows alone, of up to 1,000 each."""
        for batch in in_batches(rows, ROWS_PER_LINK):
            await self._add([named(row) for row in batch], _newest_ms(batch), late=late)

    async def end(self) -> End:
        """The newest link; the checkpoint when there is none."""
        where = {"s": {"$eq": LINKS}, "b": {"$gte": FIRST, "$lt": END}}
        found = await self._data.find(
            where, sort=("b", -1), limit=1, fields=HEAD_FIELDS
        )
        return end_of(found[0]) if found else (await self.checkpoint()).swept

    async def links(self, after: int, *, limit: int) -> list[Link]:
        """The links after that number, in order. Source: index (s, b)."""
        between = {"$gt": position_of(after), "$lt": END}
        where = {"s": {"$eq": LINKS}, "b": between}
        found = await self._data.find(where, sort=("b", 1), limit=limit)
        return [link_of(row) for row in found]

    async def links_before(self, number: int, *, limit: int) -> list[Link]:
        """The links before that number, the newest first."""
        between = {"$gte": FIRST, "$lt": position_of(number)}
        where = {"s": {"$eq": LINKS}, "b": between}
        found = await self._data.find(where, sort=("b", -1), limit=limit)
        return [link_of(row) for row in found]

    async def forget(self, links: Sequence[Link]) -> None:
        """Remove links that the checkpoint stands for."""
        await self._data.delete_ids([link_document(one)["_id"] for one in links])

    async def checkpoint(self) -> Checkpoint:
        row = await self._data.get(STATE_ID)
        return Checkpoint() if row is None else checkpoint_of(row)

    async def move(self, before: Checkpoint, after: Checkpoint) -> bool:
        """Replace the checkpoint, unless somebody has since it was read."""
        if before == Checkpoint():
            place = {"s": STATE, "b": STATE, "exp": 2**53}
            try:
                await self._data.insert(
                    {"_id": STATE_ID, **place, **checkpoint_fields(after)}
                )
            except Duplicate:
                return False
            return True
        same = {"mac": {"$eq": before.signature}}
        fields = checkpoint_fields(after)
        return await self._data.update(STATE_ID, {"$set": fields}, where=same)

    async def _add(self, rows: Sequence[str], newest_ms: int, *, late: bool) -> None:
        for attempt in range(_ATTEMPTS):
            end = self._end or await self.end()
            link = end.next(
                rows, made_ms=self._clock.now_ms(), newest_ms=newest_ms, late=late
            )
            try:
                await self._data.insert(link_document(link))
            except Duplicate:
                self._end = None  # another process has made it
                if attempt >= _PATIENT_AFTER:
                    await asyncio.sleep(_PAUSE_S * random.random())  # noqa: S311
                continue
            self._end = link.end
            LINKS_MADE.inc()
            self.wants_anchor |= (
                link.total // ROWS_PER_ANCHOR > end.total // ROWS_PER_ANCHOR
            )
            return
        raise Unavailable("Too many are writing to the trail at once")


def _newest_ms(rows: Sequence[Document]) -> int:
    return max(int(row["ts"]) for row in rows)
