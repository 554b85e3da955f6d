"""Rollups are read whole for a backup, whenever a fold comes in between."""

from typing import Any, cast

import pytest

from domain.limits import Limits
from domain.metric_rules import Sample
from domain.metrics import Grain, MetricKind
from domain.rollups import merged, roll_up
from kit.times import MINUTE_MS, parse_rfc3339
from persistence.folding import ASIDE
from persistence.mongo import Mongo
from persistence.rollup_documents import assemble, bucket_of, by_bucket
from persistence.rollup_walking import rollups_of
from persistence.rollups import RollupRepository
from persistence.safe import Document, SafeCollection

NOW = parse_rfc3339("2025-06-21T10:17:23Z")
CALLS, MINUTES = 12, 3


class FoldingMeanwhile:
    """Folds every bucket there is before the read number `at`."""

    def __init__(
        self, data: SafeCollection, rollups: RollupRepository, at: int
    ) -> None:
        self._data, self._rollups, self._left = data, rollups, at

    def as_collection(self) -> SafeCollection:
        return cast(SafeCollection, self)

    async def find(self, *args: Any, **options: Any) -> list[Document]:
        if self._left == 0:
            await self._rollups.folding.run(NOW, most=100)
        self._left -= 1
        return await self._data.find(*args, **options)


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("size", [CALLS + 2, 1_000])
async def test_a_fold_between_two_reads_loses_and_doubles_nothing(
    mongo: Mongo, at: int, size: int
) -> None:
    data = mongo.collection("dashboard_data")
    rollups = RollupRepository(data, Limits())
    cells = roll_up(
        Sample("jobs.done", 1_000_000, NOW + minute * MINUTE_MS, MetricKind.COUNTER)
        for minute in range(MINUTES)
    )
    for number in range(CALLS):
        await rollups.insert(cells, f"k{number:02d}", NOW)
    minute = next(
        cell for cell in cells if cell.grain is Grain.MINUTE and not cell.tags
    )
    walked = FoldingMeanwhile(data, rollups, at).as_collection()
    partition = bucket_of(minute).partition

    rows = [row async for page in rollups_of(walked, partition, size) for row in page]

    assert len({row["_id"] for row in rows}) == len(rows)
    # As it will be after a restore: each contribution is there, counted or not.
    assert len([row for row in rows if row["b"][-3] == "k"]) == CALLS * MINUTES
    live = [row for row in rows if not row["b"].startswith(ASIDE)]
    (by_start,) = assemble(by_bucket(live)).values()
    assert merged(by_start.values()).n == CALLS * MINUTES
