"""Metric rollups in `dashboard_data`: added to live, or inserted exactly once."""

from collections.abc import Mapping

from domain.errors import QueryTooComplex
from domain.limits import Limits
from domain.metrics import Grain
from domain.rollups import Cell, Rollup
from kit.times import DAY_MS
from persistence.folding import Folding
from persistence.rollup_documents import (
    LIVE,
    ByTags,
    added,
    assemble,
    bucket_of,
    by_bucket,
    figures,
    partition_of,
    place_fields,
)
from persistence.safe import Document, SafeCollection, Update

ROWS_PER_READ = 5_000


class Budget:
    """How many documents a query may still read, over all its reads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._spent = 0

    def spend(self, rows: int) -> None:
        """Raises `QueryTooComplex` once more than the limit were read."""
        self._spent += rows
        if self._spent > self._limit:
            what = "The number of rollups to read for these points"
            raise QueryTooComplex(what, limit=self._limit, value=self._spent)


class RollupRepository:
    """See `persistence.rollup_documents` for the layout, ADR 7 for why it is so."""

    def __init__(self, data: SafeCollection, limits: Limits) -> None:
        self._data = data
        self._keep_ms = {
            Grain.MINUTE: limits.metrics_keep_minutes_days * DAY_MS,
            Grain.HOUR: limits.metrics_keep_hours_days * DAY_MS,
            Grain.DAY: limits.metrics_keep_days_days * DAY_MS,
        }
        self.folding = Folding(data)

    def kept_from(self, now_ms: int) -> Mapping[Grain, int]:
        """Since when everything that was recorded in a grain is still there."""
        return {grain: now_ms - keep for grain, keep in self._keep_ms.items()}

    async def add(self, rollups: Mapping[Cell, Rollup], now_ms: int) -> None:
        """Count them in, at once and once: after `Unavailable` some may be in.

        Each takes two updates, of the sums, and of the last value where ours is not
        the earlier one. They may come in any order: whichever makes the document,
        the other finds it as it should be.
        """
        updates = []
        for cell, rollup in rollups.items():
            document_id = bucket_of(cell).document_id(LIVE)
            last = {"lv": rollup.last, "lt": rollup.last_ms}
            change = {
                "$inc": added(rollup),
                "$min": {"lo": rollup.lo},
                "$max": {"hi": rollup.hi, "exp": self._expiry(cell, now_ms)},
                "$setOnInsert": {**place_fields(cell, LIVE), **last},
            }
            not_later = {"lt": {"$lte": rollup.last_ms}}
            updates += [
                Update(document_id, change, upsert=True),
                Update(document_id, {"$set": last}, where=not_later),
            ]
        await self._data.bulk(updates)

    async def insert(
        self, rollups: Mapping[Cell, Rollup], contribution: str, now_ms: int
    ) -> int:
        """Store them as one named contribution each; how many were not there yet.

        Doing it again, with the same rollups under the same name, changes nothing.
        """
        documents = [
            {
                "_id": bucket_of(cell).document_id(contribution),
                "exp": self._expiry(cell, now_ms),
                **place_fields(cell, contribution),
                **figures(rollup),
            }
            for cell, rollup in rollups.items()
        ]
        inserted = await self._data.insert_new(documents)
        for cell in rollups:
            self.folding.note(bucket_of(cell))
        return len(inserted)

    async def read(
        self,
        metric: str,
        grain: Grain,
        span: tuple[int, int],
        *,
        by_tags: bool,
        budget: Budget,
    ) -> ByTags:
        """The rollups whose bucket starts in `span`, under None or by tag set.

        Source: index (s, b); a read for each 5,000 documents.

        Raises:
            QueryTooComplex: more than `budget` allows.
        """
        partition = partition_of(metric, grain, by_tags=by_tags)
        start, end = (f"{at_ms:013d}" for at_ms in span)
        rows: list[Document] = []
        bounds = {"$gte": start, "$lt": end}
        while True:
            where = {"s": {"$eq": partition}, "b": bounds}
            page = await self._data.find(where, sort=("b", 1), limit=ROWS_PER_READ)
            budget.spend(len(page))
            rows += page
            if len(page) < ROWS_PER_READ:
                break
            bounds = {"$gt": page[-1]["b"], "$lt": end}
        buckets = by_bucket(rows)
        self.folding.note_crowded(partition, buckets)
        return assemble(buckets)

    def _expiry(self, cell: Cell, now_ms: int) -> int:
        # To the end of the day, so that a bucket's contributions go together.
        since_ms = Grain.DAY.ceil(max(now_ms, cell.end_ms))
        return since_ms + self._keep_ms[cell.grain]
