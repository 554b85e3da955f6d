"""The rollups of a metric between given moments, in as few reads as do."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.calendar import Buckets
from domain.cover import place, plan
from domain.metrics import Grain
from domain.rollups import Rollup, TagPairs
from kit.tasks import together
from persistence.repositories import Repositories
from persistence.rollup_documents import ByTags
from persistence.rollups import Budget

READS_AT_ONCE = 8  # for one metric: others need connections, too


@dataclass(frozen=True)
class BucketReading:
    """A rollup for each bucket, under None in all or by tag set; `stood_in` is the
    grain that had to stand in for finer rollups no longer kept.
    """

    series: Mapping[TagPairs | None, Sequence[Rollup]]
    stood_in: Grain | None = None


async def read_buckets(
    repos: Repositories,
    metric: str,
    buckets: Buckets,
    now_ms: int,
    *,
    budget: Budget,
    by_tags: bool = False,
) -> BucketReading:
    """What was recorded in each of the buckets, whose edges are whole minutes.

    One read for each stretch of a grain (`domain.cover`): for buckets of whole
    hours, three at most, two of them for the minutes at the range's ends.

    Raises:
        QueryTooComplex: it takes more rollups than `budget` has left.
    """
    how = plan(buckets, repos.rollups.kept_from(now_ms))
    gate = asyncio.Semaphore(READS_AT_ONCE)

    async def read(grain: Grain, span: tuple[int, int]) -> tuple[Grain, ByTags]:
        async with gate:
            rollups = repos.rollups
            return grain, await rollups.read(
                metric, grain, span, by_tags=by_tags, budget=budget
            )

    reads = [read(grain, span) for grain in Grain for span in how.reads[grain]]
    cells: dict[TagPairs | None, dict[Grain, dict[int, Rollup]]] = {}
    if not by_tags:
        cells[None] = {}
    for grain, found in await together(reads):
        for tags, rollups in found.items():
            cells.setdefault(tags, {}).setdefault(grain, {}).update(rollups)
    placed = {tags: place(how, by_grain) for tags, by_grain in cells.items()}
    stood_in = {one.stood_in for one in placed.values()}
    coarsest = next((g for g in (Grain.DAY, Grain.HOUR) if g in stood_in), None)
    return BucketReading({tags: one.buckets for tags, one in placed.items()}, coarsest)
