"""`dashboard doctor` finds what is planted, on servers started for it alone."""

import asyncio
import json
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pymongo
import pytest
import redis.asyncio as redis
from pymongo.errors import PyMongoError
from redis.exceptions import RedisError

from app.cli.main import main
from app.doctor import mongodb, redis_server
from app.doctor.examining import examine
from app.doctor.findings import Finding, Level
from app.embedded.servers import mongodb_server, valkey_server
from app.settings.rules import PREFIX
from domain.chain import Checkpoint, End
from kit.clock import SystemClock
from kit.times import DAY_MS
from kit.tokens import TokenSigner
from persistence.chain_documents import STATE_ID, checkpoint_fields
from persistence.inspecting import Server
from persistence.mongo import ensure_indexes, open_mongo
from persistence.system import document_of
from tests.support.processes import run, serving
from tests.support.valkey import Valkey

DATABASE = "doctor"
SECRET = "05ca3293c4a789c5a4d5fe4d3790e94a1c70ac73380050aa54ec50c7e32c8d38"
NEW_SECRET = "b1946ac92492d2347c6235b4d2611184cf5f4ab8a0d0c1a4f2d1d6e7e3c9a511"
NOBODY = "mongodb://somebody:hunter2hunter2@127.0.0.1:1/?directConnection=true"


class ShiftedClock(SystemClock):
    def __init__(self, by_ms: int) -> None:
        self._by_ms = by_ms

    def now_ms(self) -> int:
        return super().now_ms() + self._by_ms


@dataclass
class Patient:
    """A sound installation, and how it is spoilt."""

    mongodb_uri: str
    valkey: Valkey
    client: Path
    environment: Callable[[str, str], None]
    clock: ShiftedClock = field(default_factory=lambda: ShiftedClock(0))

    @contextmanager
    def database(self) -> Iterator[Any]:
        with pymongo.MongoClient[dict[str, Any]](self.mongodb_uri) as client:
            yield client[DATABASE]

    def insert(self, collection: str, row: dict[str, Any]) -> None:
        with self.database() as database:
            database[collection].insert_one(row)

    async def index(self) -> None:
        mongo = open_mongo(self.mongodb_uri, DATABASE)
        await ensure_indexes(mongo)
        mongo.close()

    def note(self, name: str, **fields: Any) -> None:
        self.insert("dashboard_data", document_of(name, fields))

    def settle(self, signature: str) -> None:
        state = Checkpoint(End(), 1, signature)
        place = {"_id": STATE_ID, "s": "audit.state", "b": "audit.state", "exp": 2**53}
        row = place | checkpoint_fields(state)
        self.insert("dashboard_data", row)

    def redis(self, name: str, value: str) -> None:
        with self.valkey.client as client:
            client.config_set(name, value)

    def examined(self) -> list[Finding]:
        async def all_of_them() -> list[Finding]:
            return [one async for one in examine(self.clock, self.client)]

        return asyncio.run(all_of_them())


@pytest.fixture(scope="module")
def mongodb_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = mongodb_server(tmp_path_factory.mktemp("mongodb"))
    with subprocess.Popen(
        server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        deadline_s = time.monotonic() + 30
        while True:
            try:
                server.probe()
                break
            except PyMongoError:
                assert time.monotonic() < deadline_s, "MongoDB does not start"

        yield server.address
        process.kill()


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def patient(
    mongodb_uri: str, valkey: Valkey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Patient]:
    given = {
        "ENV": "test",
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": DATABASE,
        "MONGODB_TIMEOUT_MS": "1000",
        "REDIS_URL": valkey.address,
        "DATA_DIR": str(tmp_path),
        "JWT_SECRET": SECRET,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)

    def environment(name: str, value: str) -> None:
        monkeypatch.setenv(f"{PREFIX}{name}", value)

    (tmp_path / "index.html").write_text("built")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    patient = Patient(mongodb_uri, valkey, tmp_path, environment)
    asyncio.run(patient.index())
    yield patient
    resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    patient.redis("maxmemory-policy", "noeviction")
    patient.redis("appendonly", "yes")
    with patient.database() as database:
        for name in ("users", "dashboard_data"):
            database[name].delete_many({})
        if "idx_users_avatar" in database["users"].index_information():
            database["users"].drop_index("idx_users_avatar")


def weak_secret(patient: Patient) -> None:
    patient.environment("ENV", "production")
    patient.environment("JWT_SECRET", "please-change-me-please-change-me-please")


def any_host(patient: Patient) -> None:
    patient.environment("ENV", "production")


def no_such_setting(patient: Patient) -> None:
    patient.environment("MONGO_URI", "mongodb://elsewhere")


def mongodb_away(patient: Patient) -> None:
    patient.environment("MONGODB_URI", NOBODY)
    patient.environment("MONGODB_TIMEOUT_MS", "100")


def redis_away(patient: Patient) -> None:
    patient.environment("REDIS_URL", "redis://:hunter2hunter2@127.0.0.1:1")


def index_missing(patient: Patient) -> None:
    with patient.database() as database:
        database["users"].drop_index("idx_users_tk")


def index_too_many(patient: Patient) -> None:
    with patient.database() as database:
        database["users"].create_index([("avatar", 1)])


def evicts_anything(patient: Patient) -> None:
    patient.redis("maxmemory-policy", "allkeys-lru")


def forgets_in_a_restart(patient: Patient) -> None:
    patient.redis("appendonly", "no")


def clock_ahead(patient: Patient) -> None:
    patient.clock = ShiftedClock(120_000)


def another_key(patient: Patient) -> None:
    patient.settle("signed by somebody else")


def broken_trail(patient: Patient) -> None:
    patient.note("verified", at_ms=patient.clock.now_ms(), wrong=3)


def migration_pending(patient: Patient) -> None:
    patient.insert("users", {"_id": "u_1", "email_lc": "=a@b.c"})


def newer_database(patient: Patient) -> None:
    patient.note("migration|0999_future", begun_ms=1, done_ms=1, older_ok=0)


def half_restored(patient: Patient) -> None:
    patient.note("restore", checksum="-", keep=0, emptied=1)


def old_key(patient: Patient) -> None:
    (kid,) = TokenSigner([SECRET], patient.clock).kids
    since_ms = patient.clock.now_ms() - 400 * DAY_MS
    patient.note("signing", **{f"k_{kid}": since_ms})


def new_key_behind(patient: Patient) -> None:
    old_key(patient)
    patient.environment("JWT_SECRET", f"{SECRET},{NEW_SECRET}")


def rotated_long_ago(patient: Patient) -> None:
    rotated(patient, signing_days=8)


def nowhere_to_write(patient: Patient) -> None:
    patient.environment("JWT_SECRET", "")
    patient.environment("DATA_DIR", "/proc/nowhere")


def few_files(patient: Patient) -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (500, hard))


def no_client(patient: Patient) -> None:
    (patient.client / "index.html").unlink()


def rotated(patient: Patient, *, signing_days: int) -> None:
    """The new key was behind the old one for ten days, and signs since then."""
    patient.environment("JWT_SECRET", f"{NEW_SECRET},{SECRET}")
    new, old = TokenSigner([NEW_SECRET, SECRET], patient.clock).kids
    now_ms = patient.clock.now_ms()
    ages = {f"k_{old}": 400, f"s_{old}": 400, f"s_{new}": signing_days}
    ages[f"k_{new}"] = signing_days + 10
    patient.note("signing", **{k: now_ms - d * DAY_MS for k, d in ages.items()})


Fault = Callable[[Patient], None]
FAULTS: dict[Fault, tuple[Level, str, str]] = {
    weak_secret: (Level.BAD, "settings", "JWT_SECRET is '****'"),
    any_host: (Level.BAD, "settings", "ALLOWED_HOSTS"),
    no_such_setting: (Level.WARN, "settings", "DASHBOARD_MONGO_URI"),
    mongodb_away: (Level.BAD, "mongodb", "does not answer: 127.0.0.1:1"),
    redis_away: (Level.BAD, "redis", "does not answer"),
    index_missing: (Level.BAD, "indexes", "missing: users(tk)"),
    index_too_many: (Level.WARN, "indexes", "not ours: users(avatar)"),
    evicts_anything: (Level.BAD, "redis", "allkeys-lru"),
    forgets_in_a_restart: (Level.WARN, "redis", "appendonly no"),
    clock_ahead: (Level.BAD, "clock", "s apart from that of MongoDB"),
    another_key: (Level.BAD, "trail", "not signed by a key"),
    broken_trail: (Level.BAD, "trail", "was broken"),
    migration_pending: (Level.WARN, "migrations", "pending: 0001_indexes"),
    newer_database: (Level.BAD, "migrations", "newer version: 0999_future"),
    half_restored: (Level.BAD, "restore", "not finished"),
    old_key: (Level.WARN, "keys", "in use for 400 days"),
    new_key_behind: (Level.WARN, "keys", "does not sign yet"),
    rotated_long_ago: (Level.WARN, "keys", "1 older keys are still believed"),
    nowhere_to_write: (Level.BAD, "disk", "cannot write to /proc"),
    few_files: (Level.WARN, "files", "500 may be open"),
    no_client: (Level.WARN, "client", "not built"),
}


def test_a_sound_installation_has_nothing_to_mend(patient: Patient) -> None:
    assert [one for one in patient.examined() if one.level is not Level.OK] == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_planted_fault_is_found(patient: Patient, fault: Fault) -> None:
    level, area, text = FAULTS[fault]
    fault(patient)

    found = patient.examined()

    telling = [one for one in found if one.area == area and text in one.what]
    assert [one.level for one in telling] == [level], found
    assert all(one.todo for one in found if one.level is not Level.OK)
    assert "hunter2" not in str(found)
    assert SECRET not in str(found)


def test_a_key_stays_as_long_as_anybody_may_hold_a_token_of_it(
    patient: Patient,
) -> None:
    rotated(patient, signing_days=2)

    found = [one for one in patient.examined() if one.area == "keys"]

    assert [one.level for one in found] == [Level.OK]
    assert "the older can go in 5 days" in found[0].what


def test_before_the_first_start_nothing_is_said_to_be_bad(patient: Patient) -> None:
    patient.environment("MONGODB_DATABASE", "nobody_was_here_yet")

    found = {one.area: one for one in patient.examined()}

    assert {one.level for one in found.values()} == {Level.OK}
    assert found["indexes"].what == "none yet: the first start makes them"


def test_what_is_bad_ends_with_1_and_is_said_for_programs(
    patient: Patient, capsys: pytest.CaptureFixture[str]
) -> None:
    evicts_anything(patient)

    assert main(["doctor", "--json"]) == 1

    said = json.loads(capsys.readouterr().out)
    levels = {one["level"] for one in said["findings"]}
    assert {"ok", "bad"} <= levels
    assert main(["doctor"]) == 1
    assert "bad   redis " in capsys.readouterr().out


def test_cosmos_db_is_told_by_its_address_and_its_limits_are_said() -> None:
    server = Server("7.0.0", "", None, "globaldb")
    uri = "mongodb://a:secret@a.mongo.cosmos.azure.com:10255/?ssl=true"

    careless = list(mongodb.cosmos(f"{uri}&retrywrites=true", server))
    careful = list(mongodb.cosmos(f"{uri}&maxIdleTimeMS=120000", server))

    warned = [one.what for one in careless if one.level is Level.WARN]
    assert len(warned) == 2
    assert "retryable writes" in warned[0]
    assert "idle connections" in warned[1]
    assert {one.level for one in careful} == {Level.OK}
    assert not list(mongodb.cosmos("mongodb://localhost", Server("7", "", None, None)))


def test_an_open_cluster_of_redis_is_told(tmp_path: Path) -> None:
    server = valkey_server(tmp_path)
    command = [*server.command, "--cluster-enabled", "yes"]

    async def examined() -> list[Finding]:
        client: Any
        async with redis.from_url(server.address) as client:
            for _ in range(1_000):
                with suppress(RedisError):
                    await client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16_383)
                    break
                await asyncio.sleep(0.01)
            found = redis_server.examined(client, server.address, SystemClock())
            return [one async for one in found]

    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        found = asyncio.run(examined())
        process.kill()

    bad = [one.what for one in found if one.level is Level.BAD]
    assert [one.partition(":")[0] for one in bad] == ["is an open cluster"]


def test_the_embedded_servers_of_a_running_service_are_examined(
    tmp_path: Path,
) -> None:
    with serving(tmp_path):
        examined = run(tmp_path, "doctor")

    assert examined.returncode == 0, examined.stdout
    assert "the embedded server" in examined.stdout
    assert "0 bad" in examined.stdout
    assert (tmp_path / "data" / "jwt_secret").read_text() not in examined.stdout
