"""`dashboard migrate`: in order, once, and on from wherever it was stopped."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing

import pymongo
import pytest

from app.lifespan import StartFailed, open_services
from app.settings.settings import Settings
from persistence.activity_documents import to_document
from persistence.inspecting import index_differences
from persistence.migrations.lease import LEASE_MS, Leased
from persistence.migrations.running import migrate, standing
from persistence.migrations.step import Workplace
from persistence.mongo import Mongo, ensure_indexes, open_mongo
from persistence.repositories import make_repositories
from persistence.system import LEASE, document_of
from resolvers.context import Context
from tests.support.clock import ManualClock
from tests.support.commands import Commands, commands
from tests.support.factories import make_user
from tests.support.records import entry
from tests.support.stored import documents

LONG_AGO_MS = 1_600_000_000_000
LOST = ("idx_users_tk", "idx_users_seen", "idx_users_pend")


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


@pytest.fixture
async def place(settings: Settings, clock: ManualClock) -> AsyncIterator[Workplace]:
    """A database in want of three indexes."""
    mongo = open_mongo(settings.mongodb_uri or "", settings.mongodb_database)
    await ensure_indexes(mongo)
    lose_indexes(settings)
    repos = make_repositories(mongo, clock, settings.limits())
    yield Workplace(mongo, repos, clock, lambda text: [f"signed {text}"])
    await ensure_indexes(mongo)
    mongo.close()


def lose_indexes(settings: Settings) -> None:
    with pymongo.MongoClient[dict[str, object]](settings.mongodb_uri) as client:
        for name in LOST:
            client[settings.mongodb_database]["users"].drop_index(name)


async def leave_old_entries(ctx: Context) -> None:
    """As a version without a chain left them."""
    await make_user(ctx.services)
    rows = [to_document(entry(LONG_AGO_MS + number)) for number in range(3)]
    await ctx.repos.trail._entries.insert_new(rows)


async def missing(mongo: Mongo) -> int:
    return len((await index_differences(mongo)).missing)


def test_a_plan_shows_what_is_pending_and_changes_nothing(
    dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard.ask(leave_old_entries)
    before = documents(dashboard.settings)
    lose_indexes(dashboard.settings)

    assert dashboard("migrate", "--plan") == 0

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("0001_indexes  pending: ")
    assert "(users(seen), users(tk), users(pend))" in first
    assert second.startswith("0002_link_old_entries  pending: ")
    assert "(3 entries to look at)" in second
    assert documents(dashboard.settings) == before


def test_old_entries_are_linked_once_and_a_second_run_finds_nothing_to_do(
    dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    dashboard.ask(leave_old_entries)

    assert dashboard("migrate") == 0
    assert dashboard("audit", "verify") == 0
    assert "3 entries were linked late" in capsys.readouterr().out
    after = documents(dashboard.settings)

    assert dashboard("migrate") == 0
    assert capsys.readouterr().out == "nothing to do\n"
    assert documents(dashboard.settings) == after
    assert dashboard("migrate", "--plan") == 0
    assert capsys.readouterr().out.count("  done 20") == 2


async def test_who_is_killed_between_batches_is_followed_by_another(
    place: Workplace, clock: ManualClock
) -> None:
    killed = migrate(place, place.repos.notes)
    step, batches, is_done = await anext(killed)
    assert (step.id, batches, is_done) == ("0001_indexes", 1, False)
    assert await missing(place.mongo) == 2

    # It never comes back, and its minute is over.
    clock.advance(LEASE_MS / 1_000)
    done = [
        s.id async for s, _, is_done in migrate(place, place.repos.notes) if is_done
    ]

    assert done == ["0001_indexes", "0002_link_old_entries"]
    assert await missing(place.mongo) == 0
    assert not standing(await place.repos.notes.all()).pending
    await killed.aclose()


async def test_of_two_at_once_the_second_is_told_who_is_at_it(
    place: Workplace,
) -> None:
    async with aclosing(migrate(place, place.repos.notes)) as first:
        await anext(first)

        with pytest.raises(Leased, match=r"process \d+ on .+ is migrating"):
            await anext(migrate(place, place.repos.notes))

        assert [step.id async for step, _, is_done in first if is_done] == [
            "0001_indexes",
            "0002_link_old_entries",
        ]


async def test_nobody_waits_for_who_died_on_the_same_machine(
    place: Workplace,
) -> None:
    gone = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await gone.wait()
    async with aclosing(migrate(place, place.repos.notes)) as first:
        await anext(first)
        await place.repos.notes.put(LEASE, {"pid": gone.pid})

        assert [one async for one in migrate(place, place.repos.notes)]


@pytest.mark.parametrize("older_ok", [0, 1])
def test_a_newer_database_keeps_out_who_would_harm_it(
    dashboard: Commands, older_ok: int
) -> None:
    future = {"begun_ms": 1, "done_ms": 1, "older_ok": older_ok}

    async def plant(ctx: Context) -> None:
        row = document_of("migration|0999_future", future)
        await ctx.repos.notes.data.insert(row)

    async def start() -> None:
        async with open_services(dashboard.settings, background=False):
            pass

    dashboard.ask(plant)
    if older_ok:
        asyncio.run(start())
        return
    with pytest.raises(StartFailed, match=r"newer version \(0999_future\)"):
        asyncio.run(start())
    assert dashboard("migrate") == 1
