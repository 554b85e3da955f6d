"""The chain over the trail: one, whole, and spoilt by nobody unseen."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from app.cli.audit import checked
from domain.activity import Activity
from domain.chain import Anchor, Checkpoint, End
from domain.chain_check import Check, Head
from domain.errors import Unavailable
from persistence.activity import ActivityRepository
from persistence.chain import AuditChain
from persistence.mongo import Mongo
from persistence.safe import SafeCollection
from persistence.trail import GRACE_MS, NotOurs, TrailKeeper
from tests.support.clock import ManualClock
from tests.support.crashes import Crash, CrashingCollection, Moment
from tests.support.database_ops import DatabaseOps
from tests.support.records import DAY_MS, entry

Spoil = Callable[[SafeCollection, str, str], Awaitable[object]]


def sign(text: str) -> Sequence[str]:
    return [f"signed {text}"]


@dataclass(frozen=True)
class Trail:
    """The trail as it is stored, and who looks after it."""

    rows: SafeCollection
    data: SafeCollection
    activity: ActivityRepository
    chain: AuditChain
    keeper: TrailKeeper

    async def checked(self, *anchors: Anchor) -> Check:
        head = Head(await self.chain.checkpoint(), anchors)
        return await checked(head, self.keeper.reader.blocks())


@pytest.fixture
def trail(mongo: Mongo, activity: ActivityRepository, chain: AuditChain) -> Trail:
    rows, data = mongo.collection("audit_logs"), mongo.collection("dashboard_data")
    return Trail(rows, data, activity, chain, TrailKeeper(rows, chain))


def made(clock: ManualClock, count: int) -> list[Activity]:
    return [entry(clock.now_ms() + n) for n in range(count)]


async def test_appending_costs_one_write_more_than_before_however_much_it_is(
    trail: Trail, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    await trail.activity.append(made(clock, 1))
    database_ops.clear()

    await trail.activity.append(made(clock, 500))

    assert [(op.name, op.collection) for op in database_ops] == [
        ("insert", "audit_logs"),
        ("insert", "dashboard_data"),
    ]


async def test_twenty_writers_on_two_workers_make_one_chain(
    trail: Trail, clock: ManualClock
) -> None:
    workers = [
        ActivityRepository(trail.rows, AuditChain(trail.data, clock)) for _ in range(2)
    ]

    async def write(number: int) -> None:
        for _ in range(5):
            await workers[number % 2].append([entry(clock.now_ms())])

    await asyncio.gather(*map(write, range(20)))

    check = await trail.checked()
    assert (check.entries, check.wrong, check.waiting) == (100, 0, 0)


async def changed(rows: SafeCollection, one: str, _: str) -> None:
    row = await rows.get(one)
    assert row is not None
    await rows.update(one, {"$set": {"d": row["d"] | {"summary": "Nothing"}}})


async def hidden(rows: SafeCollection, one: str, _: str) -> None:
    await rows.update(one, {"$set": {"a": "=u_nobody"}})


async def deleted(rows: SafeCollection, one: str, _: str) -> None:
    await rows.delete(one)


async def swapped(rows: SafeCollection, one: str, other: str) -> None:
    first, second = await rows.get(one), await rows.get(other)
    assert first is not None
    assert second is not None
    await rows.update(one, {"$set": {"sk": second["sk"]}})
    await rows.update(other, {"$set": {"sk": first["sk"]}})


@pytest.mark.parametrize("spoil", [changed, hidden, deleted, swapped])
async def test_one_entry_among_many_that_was_spoilt_is_named(
    trail: Trail, clock: ManualClock, spoil: Spoil
) -> None:
    entries = made(clock, 250)
    for start in range(0, 250, 50):
        await trail.activity.append(entries[start : start + 50])
    assert (await trail.checked()).wrong == 0
    victim, other = random.Random(7).sample(entries, 2)

    await spoil(trail.rows, victim.id, other.id)

    check = await trail.checked()
    assert check.wrong
    assert any(victim.id in problem for problem in check.problems)


async def test_links_cannot_be_taken_out_changed_or_cut_off(
    trail: Trail, clock: ManualClock
) -> None:
    for one in made(clock, 9):
        await trail.activity.append([one])
    anchor = Anchor(await trail.chain.end(), clock.now_ms())
    assert (await trail.checked(anchor)).wrong == 0

    await trail.data.delete("link_000000000009")
    assert (await trail.checked()).wrong == 0  # nobody can tell without an anchor
    cut = await trail.checked(anchor)
    assert cut.problems[-1].startswith("the trail was cut: it ends with link 8")

    await trail.data.update("link_000000000005", {"$set": {"rows": []}})
    assert "link 5 was changed" in (await trail.checked()).problems[0]

    await trail.data.delete("link_000000000003")
    assert (await trail.checked()).problems[0] == "link 3 is missing"


async def test_a_tail_written_anew_is_not_the_one_that_was_anchored(
    trail: Trail, clock: ManualClock
) -> None:
    await trail.activity.append(made(clock, 1))
    anchor = Anchor(End(1, "f" * 64, 1), clock.now_ms())

    assert (await trail.checked(anchor)).problems == [
        "link 1 is not the one that was anchored"
    ]


@pytest.mark.parametrize("moment", list(Moment))
async def test_whoever_dies_before_linking_leaves_entries_that_wait_and_get_a_link(
    trail: Trail, clock: ManualClock, moment: Moment
) -> None:
    dying = CrashingCollection(trail.data, 2, moment)
    doomed = ActivityRepository(trail.rows, AuditChain(dying.as_collection(), clock))
    with pytest.raises(Crash):  # a look at the end, one at the checkpoint, the link
        await doomed.append(made(clock, 3))
    linked = moment is Moment.AFTER

    check = await trail.checked()
    assert (check.wrong, check.waiting) == (0, 0 if linked else 3)

    clock.advance(GRACE_MS / 1_000 + 1)
    assert await trail.keeper.settle(clock.now_ms(), sign) == (0 if linked else 3)

    check = await trail.checked()
    assert (check.wrong, check.waiting, check.entries) == (0, 0, 3)
    assert check.late == (0 if linked else 3)


@pytest.mark.parametrize("moment", list(Moment))
async def test_what_is_recorded_again_after_a_death_is_linked_before_it_is_acknowledged(
    trail: Trail, clock: ManualClock, moment: Moment
) -> None:
    entries = made(clock, 3)
    dying = CrashingCollection(trail.data, 2, moment)
    doomed = ActivityRepository(trail.rows, AuditChain(dying.as_collection(), clock))
    with pytest.raises(Crash):
        await doomed.append(entries)

    assert await trail.activity.append(entries) == set()
    assert await trail.activity.append(entries) == set()

    check = await trail.checked()
    assert (check.wrong, check.waiting, check.entries, check.links) == (0, 0, 3, 1)


async def test_an_entry_put_in_behind_our_back_is_named(
    trail: Trail, clock: ManualClock
) -> None:
    await trail.activity.append(made(clock, 1))
    clock.advance(3_600)
    await trail.keeper.settle(clock.now_ms(), sign)
    [row] = await trail.rows.find({}, limit=1)

    await trail.rows.insert(row | {"_id": "a_forged", "sk": row["sk"] + "x"})

    assert (await trail.checked()).problems == [
        "entry a_forged was put in: no link names it"
    ]


async def test_what_is_old_goes_and_the_rest_is_still_whole(
    trail: Trail, clock: ManualClock
) -> None:
    for _ in range(4):
        await trail.activity.append(made(clock, 2))
        clock.advance(DAY_MS / 1_000)
    before_ms = clock.now_ms() - 2 * DAY_MS - 1

    assert await trail.keeper.retire(before_ms, sign) == 4

    check = await trail.checked()
    assert (check.entries, check.links, check.wrong) == (4, 2, 0)
    assert check.head.checkpoint.swept.total == 4
    assert await trail.keeper.retire(before_ms, sign) == 0
    # The newest link stays, however old: the next one goes on from it.
    assert await trail.keeper.retire(clock.now_ms(), sign) == 2
    await trail.activity.append(made(clock, 1))
    assert (await trail.checked()).wrong == 0


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER])
async def test_a_sweep_cut_short_is_finished_by_the_next_one(
    trail: Trail, clock: ManualClock, at: int, moment: Moment
) -> None:
    for _ in range(3):
        await trail.activity.append(made(clock, 2))
        clock.advance(60)
    dying = CrashingCollection(trail.data, at, moment)
    doomed = TrailKeeper(trail.rows, AuditChain(dying.as_collection(), clock))
    try:
        await doomed.retire(clock.now_ms(), sign)
    except Crash:
        assert (await trail.checked()).wrong == 0

    await trail.keeper.retire(clock.now_ms(), sign)

    check = await trail.checked()
    assert (check.entries, check.links, check.wrong) == (2, 1, 0)
    assert await trail.rows.count({}) == 2


async def test_a_checkpoint_somebody_else_signed_is_not_worked_on(
    trail: Trail, clock: ManualClock
) -> None:
    forged = replace(Checkpoint(End(3, "f" * 64, 3)), signature="forged")
    await trail.chain.move(Checkpoint(), forged)

    for work in (trail.keeper.settle, trail.keeper.retire):
        with pytest.raises(NotOurs):
            await work(clock.now_ms(), sign)


async def test_a_chain_nobody_gets_on_to_is_told_as_unavailable(
    trail: Trail, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persistence.chain._ATTEMPTS", 0)

    with pytest.raises(Unavailable):
        await trail.activity.append(made(clock, 1))
