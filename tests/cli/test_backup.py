"""`dashboard backup` and `dashboard restore`."""

import asyncio
import gzip
import stat
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, aclosing
from pathlib import Path

import httpx
import pytest
import redis

from app.cli.audit import checked
from app.lifespan import StartFailed, open_services
from app.settings.rules import PREFIX
from app.settings.settings import Settings
from domain.chain_check import Head
from domain.principal import Role
from kit.clock import SystemClock
from kit.times import DAY_MS, rfc3339
from persistence import keys
from persistence.archive import Manifest
from persistence.archive_reading import pages, read_manifest
from persistence.dump import ORDER, Page, everything
from persistence.indexes import INDEXES
from persistence.mongo import open_mongo
from persistence.restoring import Restoring
from resolvers.anchors import signing
from resolvers.audit import record
from resolvers.auth import login
from resolvers.context import Context, Services
from tests.support.clock import ManualClock
from tests.support.commands import Commands, commands
from tests.support.factories import PASSWORD, make_user
from tests.support.processes import serving
from tests.support.servers import empty
from tests.support.stored import documents

EMAIL = "ana@example.com"
ADMIN = {"ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}
API = "/api/v1"


@pytest.fixture
def dashboard(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return commands(settings, monkeypatch)


@pytest.fixture
def backup(dashboard: Commands, tmp_path: Path) -> Path:
    """A backup of a person who is signed in; the database is as it was then."""
    dashboard.ask(sign_in)
    file = tmp_path / "backup.tar.gz"
    assert dashboard("backup", str(file)) == 0
    return file


async def sign_in(ctx: Context) -> None:
    await make_user(ctx.services, email=EMAIL, name="Ana Ångström", role=Role.ADMIN)
    await login(ctx, EMAIL, PASSWORD)


class Writer(threading.Thread):
    """Writes over HTTP until it is told to stop; `acknowledged` is what was taken."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self._http = httpx.Client(base_url=f"{url}{API}", timeout=30)
        body = {"email": EMAIL, "password": PASSWORD}
        token = self._http.post("/auth/login", json=body).json()["data"]["access_token"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        self.warm, self._over = threading.Event(), threading.Event()

    def run(self) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            name = f"e{number:05d}"
            event = {"action": "drill.step", "summary": name, "event_id": name}
            point = {"name": "drill.points", "value": 1, "kind": "COUNTER"}
            calls = (
                ("/dashboard/activity", {"events": [event]}),
                ("/dashboard/metrics", {"points": [point | {"event_id": name}]}),
            )
            answers = [self._http.post(path, json=body) for path, body in calls]
            if all(answer.is_success for answer in answers):
                self.acknowledged.append(name)
            if len(self.acknowledged) == 20:
                self.warm.set()

    def stop(self) -> None:
        self._over.set()
        self.join()
        self._http.close()


def test_a_backup_beside_writers_restores_to_equal_counts_and_hashes(
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "backup.tar.gz"
    with serving(tmp_path, **ADMIN) as service:
        writer = Writer(service.url)
        writer.start()
        try:
            assert writer.warm.wait(60)
            before = list(writer.acknowledged)
            monkeypatch.setenv(f"{PREFIX}ENV", "test")
            monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
            assert Commands(settings)("backup", str(file)) == 0
        finally:
            writer.stop()
    dashboard = commands(settings, monkeypatch)
    capsys.readouterr()

    assert dashboard("restore", str(file), "--verify") == 0

    said = capsys.readouterr().out
    assert "verified: counts and hashes are equal" in said
    with file.open("rb") as opened:
        manifest = read_manifest(opened)
    found = {name: len(rows) for name, rows in documents(settings).items()}
    # And the entry that tells of it, with its link.
    more = {"audit_logs": 1, "dashboard_data": 1}
    assert found == {
        name: tally["documents"] + more.get(name, 0)
        for name, tally in manifest.collections.items()
    }
    steps = documents(settings)["audit_logs"].values()
    kept = {row["d"]["summary"] for row in steps if row["t"] == "drill.step"}
    assert set(before) <= kept <= set(writer.acknowledged) | {max(kept)}
    now_ms = SystemClock().now_ms()
    days = (rfc3339(now_ms - DAY_MS), rfc3339(now_ms + DAY_MS))
    summed = sum(dashboard.sums("drill.points", *days, by="P1D").values())
    assert len(before) <= summed <= len(writer.acknowledged) + 1
    assert dashboard("audit", "verify") == 0


def test_a_backup_takes_every_collection_along() -> None:
    assert set(ORDER) == set(INDEXES)


def test_sessions_are_over_after_a_restore_unless_they_are_kept(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    before = documents(dashboard.settings)

    assert dashboard("restore", str(backup), "--replace", "--verify") == 0
    assert [
        row["st"] for row in documents(dashboard.settings)["sessions"].values()
    ] == [0]
    assert "1 sessions were ended" in capsys.readouterr().out

    again = ("--replace", "--verify", "--keep-sessions")
    assert dashboard("restore", str(backup), *again) == 0
    after = documents(dashboard.settings)
    assert after["sessions"].keys() == before["sessions"].keys()
    assert [row["st"] for row in after["sessions"].values()] == [1]
    assert [one.action for one in dashboard.activity("backup.restored")] == [
        "backup.restored"
    ]


def test_a_restore_makes_redis_forget_what_it_knew_of_the_database(
    backup: Path, dashboard: Commands
) -> None:
    with redis.Redis.from_url(dashboard.settings.redis_url or "") as cache:
        cache.set(keys.SESSION.key(token="t"), "somebody")
        cache.set(keys.LOG_HEAD.key(topic="activity"), "a log")
        cache.set("somebody:else", "1")

        assert dashboard("restore", str(backup), "--replace") == 0

        assert cache.keys() == [b"somebody:else"]


def test_nobody_restores_under_a_running_service(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    with redis.Redis.from_url(dashboard.settings.redis_url or "") as cache:
        cache.set(keys.SWEEPER.key(), "29000000")
    before = documents(dashboard.settings)

    assert dashboard("restore", str(backup), "--replace") == 1

    assert "stop every replica" in capsys.readouterr().err
    assert documents(dashboard.settings) == before


def test_a_database_with_documents_is_left_alone(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    before = documents(dashboard.settings)

    assert dashboard("restore", str(backup)) == 1

    said = capsys.readouterr().err
    assert "the database is not empty" in said
    assert "--replace" in said
    assert documents(dashboard.settings) == before


def flipped(content: bytes) -> bytes:
    """One name changed in a document, and packed again as if nothing was."""
    whole = gzip.decompress(content)
    assert b"Ana" in whole
    return gzip.compress(whole.replace(b"Ana", b"Eve"))


def bit_flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"no backup",
    "gzip": lambda _: gzip.compress(b"no backup either" * 100),
    "cut off": lambda content: content[: len(content) * 2 // 3],
    "a little short": lambda content: content[:-4],
    "a bit": bit_flipped,
    "a name": flipped,
}


def test_a_spoilt_archive_is_one_clear_line_and_changes_nothing(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    good = backup.read_bytes()
    before = documents(dashboard.settings)
    capsys.readouterr()

    for how, spoil in SPOILT.items():
        backup.write_bytes(spoil(good))

        assert dashboard("restore", str(backup), "--replace") == 1, how
        assert dashboard("restore", str(backup), "--check") == 1, how

        said = capsys.readouterr().err.splitlines()
        assert len(said) == 2, how
        assert all("nothing was changed" in line for line in said), how
    assert documents(dashboard.settings) == before


def test_a_restore_cut_short_keeps_services_out_until_it_is_finished(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = dashboard.settings

    async def begin() -> None:
        mongo = open_mongo(settings.mongodb_uri or "", settings.mongodb_database)
        with backup.open("rb") as file:
            manifest = read_manifest(file)
            file.seek(0)
            restoring = Restoring(mongo, manifest, lambda _: ["signed"])
            await restoring.begin(replace=True)
            await restoring.put(next(pages(file)))
        mongo.close()

    async def start() -> None:
        async with open_services(settings, background=False):
            pass

    asyncio.run(begin())
    with pytest.raises(StartFailed, match="a restore of this database was not"):
        asyncio.run(start())

    assert dashboard("restore", str(backup), "--verify") == 0
    assert "verified" in capsys.readouterr().out
    asyncio.run(start())


def test_a_pipe_will_do_at_both_ends(
    backup: Path,
    dashboard: Commands,
    capfdbinary: pytest.CaptureFixture[bytes],
    standard_input: Callable[[bytes], AbstractContextManager[None]],
) -> None:
    capfdbinary.readouterr()

    assert dashboard("backup", "-") == 0
    piped = capfdbinary.readouterr().out
    with standard_input(piped):
        assert dashboard("restore", "-", "--replace", "--verify") == 0

    assert b"verified" in capfdbinary.readouterr().out


def test_a_backup_is_for_its_owner_s_eyes_and_replaces_nothing(
    backup: Path, dashboard: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    content = backup.read_bytes()

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert dashboard("backup", str(backup)) == 1
    assert dashboard("backup", str(backup.parent / "none" / "b.tar.gz")) == 1

    assert capsys.readouterr().err.count("\n") == 2
    assert backup.read_bytes() == content
    assert [one.name for one in backup.parent.iterdir()] == [backup.name]


def test_a_database_nobody_uses_is_not_taken_for_the_one_that_was_meant(
    dashboard: Commands, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dashboard("backup", str(tmp_path / "b.tar.gz")) == 1

    assert "nobody has an account in the database" in capsys.readouterr().err
    assert list(tmp_path.glob("*b.tar.gz*")) == []


async def test_what_is_swept_while_a_backup_is_made_does_not_break_its_chain(
    settings: Settings, clock: ManualClock
) -> None:
    """Links and entries go as they grow old; their checkpoint is read before and
    after."""
    async with open_services(settings, background=False, clock=clock) as services:
        sign, ctx = signing(services.tokens), Context(services)
        trail = services.repos.trail
        for _ in range(3):
            await record(ctx, "user.updated", summary="old")
        clock.advance(100 * DAY_MS / 1_000)
        await record(ctx, "user.updated", summary="young")
        clock.advance(120)
        await trail.settle(clock.now_ms(), sign)
        mongo = open_mongo(settings.mongodb_uri or "", settings.mongodb_database)
        held: list[Page] = []
        async with aclosing(everything(mongo, sign)) as reading:
            async for page in reading:
                if page.collection == "sessions" and not any(
                    one.collection == "sessions" for one in held
                ):
                    assert await trail.retire(clock.now_ms() - DAY_MS, sign) == 3
                held.append(page)
        empty(settings)
        manifest = Manifest("1", clock.now_ms(), {}, (), "none")
        restoring = Restoring(mongo, manifest, sign)
        for page in held:
            await restoring.put(page)

        assert await restoring.differences() == []
        assert await verified(services, restoring) == []
        mongo.close()


async def verified(services: Services, restoring: Restoring) -> list[str]:
    checkpoint = await services.repos.chain.checkpoint()
    assert checkpoint.is_signed(restoring.sign)
    assert checkpoint.swept.number
    check = await checked(Head(checkpoint, []), services.repos.trail.reader.blocks())
    return check.problems
