"""Looking after the trail: what has no link gets one, what is old goes.

Both move the checkpoint, which is signed: what it says was swept, or was settled, is
not taken for tampered with.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from domain.chain import Checkpoint, Link, Sign
from kit.times import MINUTE_MS
from persistence.chain import SKEW_MS, AuditChain
from persistence.chain_reading import TrailReader
from persistence.safe import Document, SafeCollection
from persistence.subset import ROWS_MAX

# After this an entry without a link is one whose process died.
GRACE_MS = MINUTE_MS
_LINKS_PER_READ = 100
_ROWS_PER_READ = 1_000
_READS_PER_ROUND = 50


class NotOurs(Exception):
    """The checkpoint is not signed by a key we have."""


class TrailKeeper:
    """For the sweeper: one process of all at a time, though two do no harm."""

    def __init__(self, entries: SafeCollection, chain: AuditChain) -> None:
        self._entries = entries
        self._chain = chain
        self.reader = TrailReader(entries, chain)

    async def settle(self, now_ms: int, sign: Sign) -> int:
        """Link what was left without a link a minute ago and before; how many.

        Raises:
            NotOurs: the checkpoint was signed by somebody else.
        """
        state = await self._checkpoint(sign)
        until_ms = now_ms - GRACE_MS
        if until_ms <= state.settled_ms:
            return 0
        since_ms = max(state.settled_ms - SKEW_MS, 0)
        known = await self._chain.linked_since(since_ms)
        late = 0
        async for rows, settled_ms in self._recorded(since_ms, until_ms):
            orphans = [row["_id"] for row in rows if row["_id"] not in known]
            if orphans:
                found = await self._entries.by_ids(orphans)
                await self._chain.append(found, late=True)
                known |= {row["_id"] for row in found}
            late += len(orphans)
            until_ms = settled_ms
        await self._move(state, replace(state, settled_ms=until_ms), sign)
        return late

    async def retire(self, before_ms: int, sign: Sign) -> int:
        """Remove links whose entries were all recorded before that moment, oldest
        first, with their entries; how many entries. The newest link stays.

        Raises:
            NotOurs: the checkpoint was signed by somebody else.
        """
        state = await self._checkpoint(sign)
        removed = await self._finish(state)
        for _ in range(_READS_PER_ROUND):
            links = await self._chain.links(
                state.swept.number, limit=_LINKS_PER_READ + 1
            )
            old = _leading(links[:-1], before_ms)
            if not old:
                break
            after = replace(state, swept=old[-1].end)
            # First the word that they are meant to be gone, then they go.
            if not await self._move(state, after, sign):
                break
            state = await self._checkpoint(sign)
            removed += await self._finish(state)
        return removed

    async def _finish(self, state: Checkpoint) -> int:
        """Remove what the checkpoint says was swept."""
        removed = 0
        while links := await self._chain.links_before(
            state.swept.number + 1, limit=_LINKS_PER_READ
        ):
            for link in links:
                removed += await self._entries.delete_ids(list(link.named))
            await self._chain.forget(links)
        return removed

    async def _checkpoint(self, sign: Sign) -> Checkpoint:
        state = await self._chain.checkpoint()
        if not state.is_signed(sign):
            raise NotOurs
        return state

    async def _move(self, before: Checkpoint, after: Checkpoint, sign: Sign) -> bool:
        signed = replace(after, signature=sign(after.text())[0])
        return await self._chain.move(before, signed)

    async def _recorded(
        self, since_ms: int, until_ms: int
    ) -> AsyncGenerator[tuple[Sequence[Document], int], None]:
        """The ids of entries recorded in [since, until), in order, and up to when
        these are all; some 50,000 at a time.
        """
        size = _ROWS_PER_READ
        for _ in range(_READS_PER_ROUND):
            where = {"ts": {"$gte": since_ms, "$lt": until_ms}}
            rows = await self._entries.find(
                where, sort=("ts", 1), limit=size, fields=["ts"]
            )
            if len(rows) < size:
                yield rows, until_ms
                return
            # The last moment may go on beyond what was read: it comes again.
            last_ms = rows[-1]["ts"]
            yield rows, last_ms
            moved = last_ms > since_ms
            size = _ROWS_PER_READ if moved else min(size * 4, ROWS_MAX)
            since_ms = last_ms


def _leading(links: Sequence[Link], before_ms: int) -> list[Link]:
    old: list[Link] = []
    for link in links:
        if link.newest_ms >= before_ms:
            break
        old.append(link)
    return old
