"""Rollups in the database: added to live, inserted once, folded without a trace."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import QueryTooComplex
from domain.limits import Limits
from domain.metric_rules import Sample
from domain.metrics import Grain, MetricKind
from domain.rollups import Cell, Rollup, TagPairs, merged, roll_up
from kit.ids import random_id
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, parse_rfc3339
from persistence.mongo import Mongo
from persistence.rollup_documents import bucket_of
from persistence.rollups import Budget, RollupRepository
from tests.support.crashes import Crash, CrashingCollection, Moment
from tests.support.database_ops import DatabaseOps

NOW = parse_rfc3339("2025-06-21T10:17:23Z")
DAY = (NOW - NOW % DAY_MS, NOW - NOW % DAY_MS + DAY_MS)
TAGS: TagPairs = (("status", "200"),)
database = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def rollups(mongo: Mongo) -> RollupRepository:
    return RollupRepository(mongo.collection("dashboard_data"), Limits())


def sample(
    value: int = 1,
    at_ms: int = NOW,
    *,
    name: str = "shop.orders",
    tags: TagPairs = TAGS,
) -> Sample:
    kind = MetricKind.DISTRIBUTION
    return Sample(name, value * 1_000_000, at_ms, kind, tags=tags)


async def read(
    rollups: RollupRepository, name: str = "shop.orders", *, by_tags: bool = False
) -> Mapping[TagPairs | None, Rollup]:
    """Everything of the day, by tag set, after seeing that all grains agree."""
    found: list[dict[TagPairs | None, Rollup]] = []
    for grain in Grain:
        buckets = await rollups.read(
            name, grain, DAY, by_tags=by_tags, budget=Budget(10_000)
        )
        found.append({tags: merged(one.values()) for tags, one in buckets.items()})
    assert found[0] == found[1] == found[2]
    return found[0]


async def total(rollups: RollupRepository, name: str = "shop.orders") -> int:
    return sum(one.total for one in (await read(rollups, name)).values()) // 1_000_000


async def count_documents(mongo: Mongo, partition: str) -> int:
    where = {"s": {"$eq": partition}, "b": {"$lt": "x"}}
    rows = await mongo.collection("dashboard_data").find(where, limit=1_000)
    return len(rows)


async def test_what_is_added_live_adds_up(rollups: RollupRepository) -> None:
    samples = [sample(3), sample(-1), sample(5, tags=()), sample(2, NOW + MINUTE_MS)]
    for one in samples:
        await rollups.add(roll_up([one]), NOW)

    expected = Rollup()
    for one in samples:
        expected.add(one.micros, one.at_ms, spread=True)
    assert await read(rollups) == {None: expected}
    by_tags = await read(rollups, by_tags=True)
    assert {tags: one.total for tags, one in by_tags.items()} == {
        TAGS: 4_000_000,
        (): 5_000_000,
    }


async def test_20_at_once_are_all_counted(rollups: RollupRepository) -> None:
    await asyncio.gather(*(rollups.add(roll_up([sample(n)]), NOW) for n in range(20)))

    assert await total(rollups) == sum(range(20))


async def test_the_last_value_is_the_latest_one_however_late_others_come(
    rollups: RollupRepository,
) -> None:
    for value, at_ms in ((1, NOW), (2, NOW + 20), (3, NOW + 10)):
        await rollups.add(roll_up([sample(value, at_ms)]), NOW)

    (found,) = (await read(rollups)).values()
    assert (found.last, found.last_ms) == (2_000_000, NOW + 20)


async def test_sums_beyond_64_bits_are_exact(rollups: RollupRepository) -> None:
    largest = 9_000_000_000_000
    for one in ([sample(largest)] * 3, [sample(-largest), sample(7)]):
        await rollups.add(roll_up(one), NOW)
        await rollups.insert(roll_up(one), f"k{random_id('b')[2:]}", NOW)

    assert await total(rollups) == 2 * (2 * largest + 7)


async def test_a_contribution_counts_once_however_often_it_is_inserted(
    rollups: RollupRepository,
) -> None:
    contribution = roll_up([sample(2), sample(3)])

    first = await rollups.insert(contribution, "k1", NOW)
    again = await rollups.insert(contribution, "k1", NOW + DAY_MS)
    await rollups.insert(contribution, "k2", NOW)

    assert (first, again) == (len(contribution), 0)
    assert await total(rollups) == 10


async def test_folding_leaves_one_document_and_every_figure_as_it_was(
    rollups: RollupRepository, mongo: Mongo
) -> None:
    for n in range(12):
        await rollups.insert(roll_up([sample(n, NOW + n)]), f"k{n}", NOW)
    await rollups.add(roll_up([sample(100)]), NOW)
    before = await read(rollups)

    folded = await rollups.folding.run(NOW, most=100)

    assert folded == 6
    assert await count_documents(mongo, "m:1d:shop.orders") == 2
    assert await read(rollups) == before
    assert await read(rollups, by_tags=True) == {TAGS: before[None]}


async def test_what_was_folded_cannot_be_inserted_again(
    rollups: RollupRepository,
) -> None:
    contribution = roll_up([sample(1)])
    for n in range(8):
        await rollups.insert(contribution, f"k{n}", NOW)
    await rollups.folding.run(NOW, most=100)

    late = await rollups.insert(contribution, "k3", NOW + HOUR_MS)

    assert late == 0
    assert await total(rollups) == 8


async def test_a_reader_notices_a_crowded_bucket(
    rollups: RollupRepository, mongo: Mongo
) -> None:
    for n in range(9):
        await rollups.insert(roll_up([sample(1)]), f"k{n}", NOW)
    another = RollupRepository(mongo.collection("dashboard_data"), Limits())
    assert await another.folding.run(NOW, most=10) == 0

    await read(another)

    assert await another.folding.run(NOW, most=10) == 3
    assert await total(another) == 9


async def test_whoever_reads_while_others_fold_sees_every_point_once(
    rollups: RollupRepository, mongo: Mongo
) -> None:
    cell = Cell("shop.orders", Grain.DAY, DAY[0], None)
    seen: list[int] = []

    async def insert_all() -> None:
        for n in range(40):
            await rollups.insert(roll_up([sample(1)]), f"k{n}", NOW)

    async def fold_always(folder: RollupRepository) -> None:
        while len(seen) < 60:
            await folder.folding.fold(bucket_of(cell), NOW)

    async def read_always() -> None:
        while len(seen) < 60:
            found = await rollups.read(
                cell.metric, cell.grain, DAY, by_tags=False, budget=Budget(10_000)
            )
            seen.append(sum(one.n for one in found.get(None, {}).values()))

    other = RollupRepository(mongo.collection("dashboard_data"), Limits())
    await asyncio.gather(
        insert_all(), read_always(), fold_always(rollups), fold_always(other)
    )

    assert seen == sorted(seen)
    assert await total(rollups) == 40


@database
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(Moment), st.integers(1, 3)),
        max_size=8,
    )
)
async def test_folding_may_stop_anywhere(
    mongo: Mongo, crashes: Sequence[tuple[int, Moment, int]]
) -> None:
    name = f"crash.{random_id('m')}"
    data = mongo.collection("dashboard_data")
    rollups = RollupRepository(data, Limits())
    bucket = bucket_of(Cell(name, Grain.DAY, DAY[0], None))
    inserted = 0

    async def counted() -> int:
        found = await rollups.read(
            name, Grain.DAY, DAY, by_tags=False, budget=Budget(10_000)
        )
        return sum(one.n for one in found.get(None, {}).values())

    for at, moment, more in crashes:
        for _ in range(more):
            await rollups.insert(roll_up([sample(name=name)]), f"k{inserted}", NOW)
            inserted += 1
        dying = CrashingCollection(data, at, moment).as_collection()
        with suppress(Crash):
            await RollupRepository(dying, Limits()).folding.fold(bucket, NOW)
        assert await counted() == inserted

    await rollups.folding.fold(bucket, NOW + HOUR_MS)
    await rollups.folding.fold(bucket, NOW + HOUR_MS)
    assert await counted() == inserted


async def test_a_long_range_is_read_in_pages(
    rollups: RollupRepository,
    database_ops: DatabaseOps,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("persistence.rollups.ROWS_PER_READ", 100)
    samples = [sample(1, DAY[0] + n * MINUTE_MS) for n in range(150)]
    await rollups.insert(roll_up(samples), "i1", NOW)
    database_ops.clear()

    span = (DAY[0], DAY[0] + 4 * DAY_MS)
    found = await rollups.read(
        "shop.orders", Grain.MINUTE, span, by_tags=False, budget=Budget(10_000)
    )

    assert len(found[None]) == 150
    assert len(database_ops.reads) == 2


async def test_a_reader_stops_at_its_budget(rollups: RollupRepository) -> None:
    samples = [sample(1, DAY[0] + n * MINUTE_MS) for n in range(11)]
    await rollups.add(roll_up(samples), NOW)

    with pytest.raises(QueryTooComplex) as refusal:
        await rollups.read(
            "shop.orders", Grain.MINUTE, DAY, by_tags=False, budget=Budget(10)
        )

    assert (refusal.value.limit, refusal.value.value) == (10, 11)


async def test_each_grain_is_kept_for_its_days_after_it_was_written(
    rollups: RollupRepository, mongo: Mongo
) -> None:
    """Counted from the writing, so that an old log outlives its import."""
    long_ago = parse_rfc3339("2015-05-17T10:05:00Z")
    await rollups.insert(roll_up([sample(1, long_ago)]), "i1", NOW)

    rows = await mongo.collection("dashboard_data").find({}, limit=10)

    tomorrow = NOW - NOW % DAY_MS + DAY_MS
    kept = {row["s"][:4]: (row["exp"] - tomorrow) // DAY_MS for row in rows}
    days = {"1m": 7, "1h": 90, "1d": 730}
    assert kept == {f"{form}:{grain}": n for form in "mg" for grain, n in days.items()}
