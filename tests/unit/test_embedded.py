"""The embedded servers: durable, exclusive, revived, and never left behind."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymongo
import pytest
import redis

from app.embedded.databases import embedded
from app.embedded.errors import DataDirInUse, EmbeddedFailed
from app.embedded.servers import Server
from app.embedded.supervisor import Supervisor
from app.settings.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60  # a bound for a slow machine, no measure of anything
# A service in a process of its own: says when its servers work, then waits.
SERVICE = """
import signal, sys, time
from pathlib import Path
from app.embedded.databases import embedded
from app.settings.settings import Settings
# A shell has what it runs in the background ignore this one.
signal.signal(signal.SIGINT, signal.default_int_handler)
with embedded(Settings(env="test", data_dir=Path(sys.argv[1]))):
    print("ready", flush=True)
    time.sleep(60)
"""


def settings_in(folder: Path) -> Settings:
    return Settings(env="test", data_dir=folder)


def write(settings: Settings, value: str) -> None:
    with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        client["test"]["things"].insert_one({"_id": value})
    with redis.Redis.from_url(settings.redis_url or "") as cache:
        cache.set(value, value)


def has(settings: Settings, value: str) -> bool:
    with pymongo.MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        stored = client["test"]["things"].find_one({"_id": value})
    with redis.Redis.from_url(settings.redis_url or "") as cache:
        return stored is not None and cache.get(value) == value.encode()


def pids(folder: Path, settings: Settings) -> list[int]:
    with redis.Redis.from_url(settings.redis_url or "") as cache:
        valkey = cache.info("server")["process_id"]
    return [int((folder / "mongodb" / "nx.pid").read_text()), int(valkey)]


def no_server_runs_on(folder: Path) -> bool:
    """Each server holds a lock on its files for as long as it lives."""
    for name in ("mongodb", "valkey"):
        with (folder / name / "server.lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
    return True


def wait_until(holds: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


@contextmanager
def service_on(folder: Path) -> Iterator[subprocess.Popen[str]]:
    service = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with service:
        assert service.stdout is not None
        assert service.stdout.readline() == "ready\n"
        yield service
        service.kill()


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    with embedded(settings_in(tmp_path)) as first:
        write(first, "kept")

    with embedded(settings_in(tmp_path)) as second:
        assert has(second, "kept")
    assert no_server_runs_on(tmp_path)


def test_a_second_service_is_refused_and_told_who_is_there(tmp_path: Path) -> None:
    with (
        service_on(tmp_path) as service,
        pytest.raises(DataDirInUse, match=f"in use by process {service.pid}: "),
        embedded(settings_in(tmp_path)),
    ):
        pass


def test_a_command_joins_the_servers_of_a_running_service(tmp_path: Path) -> None:
    with service_on(tmp_path):
        with embedded(settings_in(tmp_path), join=True) as joined:
            write(joined, "said")
        with embedded(settings_in(tmp_path), join=True) as joined:
            assert has(joined, "said")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_server_outlives_its_service(tmp_path: Path, number: signal.Signals) -> None:
    with service_on(tmp_path) as service:
        assert not no_server_runs_on(tmp_path)

        service.send_signal(number)

        wait_until(lambda: no_server_runs_on(tmp_path))


def test_no_server_outlives_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), embedded(settings_in(tmp_path)):
        raise KeyError

    assert no_server_runs_on(tmp_path)


def test_a_service_killed_and_started_at_once_has_all_its_data(tmp_path: Path) -> None:
    with service_on(tmp_path) as service:
        with embedded(settings_in(tmp_path), join=True) as joined:
            write(joined, "kept")
        service.kill()
        service.wait()

        with embedded(settings_in(tmp_path)) as again:
            assert has(again, "kept")


def test_a_server_that_dies_comes_back_at_its_address_with_its_data(
    tmp_path: Path,
) -> None:
    with embedded(settings_in(tmp_path)) as settings:
        write(settings, "kept")

        for pid in pids(tmp_path, settings):
            os.kill(pid, signal.SIGKILL)

        def is_back() -> bool:
            try:
                return has(settings, "kept")
            except (pymongo.errors.PyMongoError, redis.RedisError):
                return False

        wait_until(is_back)


def test_a_server_that_cannot_start_is_one_clear_line(tmp_path: Path) -> None:
    def probe() -> None:
        raise ConnectionError

    command = (sys.executable, "-c", "raise SystemExit('no such disk')")
    broken = Server("mongodb", command, tmp_path, "", probe)

    with pytest.raises(EmbeddedFailed) as caught:
        Supervisor([broken]).start()

    assert str(caught.value) == (
        "the embedded mongodb server does not start: no such disk"
    )


def test_a_data_directory_with_a_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 30)

    with embedded(settings_in(deep)) as settings:
        write(settings, "kept")
        assert has(settings, "kept")


def test_the_signing_key_is_made_once_and_readable_by_its_owner_alone(
    tmp_path: Path,
) -> None:
    with embedded(settings_in(tmp_path)) as first:
        pass
    with embedded(settings_in(tmp_path)) as second:
        pass

    assert first.secrets == second.secrets
    assert len(first.secrets[0]) == 64
    assert (tmp_path / "jwt_secret").stat().st_mode & 0o077 == 0


def test_with_addresses_and_a_key_nothing_is_started_nor_written(
    tmp_path: Path,
) -> None:
    given = Settings(
        env="test",
        mongodb_uri="mongodb://db.example.com",
        redis_url="redis://cache.example.com",
        jwt_secret="x" * 32,
        data_dir=tmp_path / "none",
    )

    with embedded(given) as settings:
        assert settings == given
    assert not (tmp_path / "none").exists()


def test_where_the_kernel_does_not_help_a_guard_ends_the_server() -> None:
    guarded = (
        "import sys; from app.embedded import guard; guard.LINUX = False; "
        "sys.exit(guard.main(0, sys.argv[1:]))"
    )
    server = "import time; print('up', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", guarded, sys.executable, "-c", server]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as guard:
        assert guard.stdin is not None
        assert guard.stdout is not None
        assert guard.stdout.readline() == b"up\n"

        guard.stdin.close()  # as the kernel does when a parent dies

        assert guard.stdout.read() == b""  # the end: the server has closed it too


@pytest.mark.parametrize("below", ["", "below"])
def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.touch()

    refused = pytest.raises(EmbeddedFailed, match=r"DASHBOARD_DATA_DIR is '.*/file")
    with refused, embedded(settings_in(file / below)):
        pass
