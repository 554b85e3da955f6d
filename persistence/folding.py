"""Making one document of a bucket's many contributions, without losing or doubling.

A fold writes the sum into the bucket's `~` document, under its version, with the
names of what it holds; from then on readers leave those out. Then it moves them
aside: they keep their `_id` and so still refuse a second insert, by a retry that
comes late, but lie behind every position that is read. Stopped anywhere, the next
fold goes on; of two at once, one finds that the version has moved and leaves.
"""

from collections.abc import Mapping, Sequence

from domain.rollups import merged
from kit.times import DAY_MS, MINUTE_MS
from persistence.rollup_documents import (
    FOLDED,
    IMPORTED,
    LIVE,
    Bucket,
    contribution_of,
    figure_names,
    figures,
    folded_names,
    rollup_of,
)
from persistence.safe import Document, Duplicate, SafeCollection, Update

CROWD = 8  # contributions to a bucket that are worth folding
_PER_FOLD = 1_000
_NOTED_MAX = 20_000
ASIDE = "x|"  # sorts after every time of a bucket
# A call is rolled forward within minutes: its contributions are not inserted again.
_ASIDE_KEEP_MS = 7 * DAY_MS
# Longer than a read of a bucket takes: who saw a contribution sees its name, too.
_NAMED_MS = 5 * MINUTE_MS


class Folding:
    """Notes which buckets have grown crowded, and folds them when told to."""

    def __init__(self, data: SafeCollection) -> None:
        self._data = data
        self._counts: dict[Bucket, int] = {}
        self._crowded: dict[Bucket, None] = {}

    def note(self, bucket: Bucket) -> None:
        """One more contribution went into `bucket`."""
        if len(self._counts) >= _NOTED_MAX:
            self._counts.clear()  # readers note what this forgets
        count = self._counts.pop(bucket, 0) + 1
        if count < CROWD:
            self._counts[bucket] = count
        else:
            self._remember(bucket)

    def note_crowded(
        self, partition: str, buckets: Mapping[str, Sequence[Document]]
    ) -> None:
        """Remember those that a reader found many documents in."""
        for prefix, contributions in buckets.items():
            if len(contributions) > CROWD:
                self._remember(Bucket(partition, prefix))

    async def run(self, now_ms: int, *, most: int) -> int:
        """Fold up to `most` of the buckets remembered; how many.

        Raises:
            Unavailable: MongoDB did not answer; the rest stay remembered.
        """
        for count in range(most):
            if not self._crowded:
                return count
            bucket = next(iter(self._crowded))
            await self.fold(bucket, now_ms)
            self._crowded.pop(bucket, None)
        return most

    async def fold(self, bucket: Bucket, now_ms: int) -> None:
        """Fold what there is, up to 1,000 contributions."""
        where = {
            "s": {"$eq": bucket.partition},
            "b": {"$gte": bucket.prefix, "$lt": bucket.position(FOLDED)},
        }
        rows = await self._data.find(where, sort=("b", 1), limit=_PER_FOLD)
        # After the contributions: what was folded meanwhile is named here already.
        whole = await self._data.get(bucket.document_id(FOLDED))
        named = [one for one in rows if contribution_of(one) != LIVE]
        held = {} if whole is None else folded_names(whole)
        fresh = [one for one in named if contribution_of(one) not in held]
        if fresh:
            there = {contribution_of(one) for one in named}
            names = {
                name: at_ms
                for name, at_ms in held.items()
                if name in there
                or at_ms > now_ms - _NAMED_MS
                or len(rows) == _PER_FOLD  # it may be there, unread
            }
            names |= {contribution_of(one): now_ms for one in fresh}
            if not await self._write(bucket, whole, fresh, names):
                return
        await self._move_aside(named, now_ms)

    async def _write(
        self,
        bucket: Bucket,
        whole: Document | None,
        fresh: Sequence[Document],
        names: Mapping[str, int],
    ) -> bool:
        """Put `fresh` into the bucket's `~`; False when somebody was quicker."""
        parts = [*fresh] if whole is None else [whole, *fresh]
        state: Document = {
            **figures(merged(rollup_of(one) for one in parts)),
            "f": [f"{at_ms}|{name}" for name, at_ms in sorted(names.items())],
            "exp": max(one["exp"] for one in parts),
        }
        document_id = bucket.document_id(FOLDED)
        if whole is not None:
            change = {"$set": {**state, "v": whole["v"] + 1}}
            same = {"v": {"$eq": whole["v"]}}
            return await self._data.update(document_id, change, where=same)
        tags = {"t": fresh[0]["t"]} if "t" in fresh[0] else {}
        place = {"s": bucket.partition, "b": bucket.position(FOLDED), **tags}
        try:
            await self._data.insert({"_id": document_id, **place, "v": 1, **state})
        except Duplicate:
            return False
        return True

    async def _move_aside(self, folded: Sequence[Document], now_ms: int) -> None:
        """Only what the bucket's `~` names by now."""
        latest = max((one["exp"] for one in folded), default=0)
        updates = []
        for one in folded:
            # An import may be repeated for as long as what it stored is there.
            repeatable = contribution_of(one).startswith(IMPORTED)
            exp = latest if repeatable else min(one["exp"], now_ms + _ASIDE_KEEP_MS)
            change = {
                "$set": {"b": ASIDE + one["b"], "exp": exp},
                "$unset": dict.fromkeys(figure_names(one), ""),
            }
            updates.append(Update(one["_id"], change))
        await self._data.bulk(updates)

    def _remember(self, bucket: Bucket) -> None:
        if len(self._crowded) < _NOTED_MAX:
            self._crowded[bucket] = None
