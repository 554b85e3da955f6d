"""Databases for a machine that has none: an embedded MongoDB and a Valkey server.

`dashboard` starts them when their address is not set. They keep their files in the
data directory, survive restarts, and never outlive the process that holds its lock.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pydantic import SecretStr

from app.embedded.errors import DataDirInUse, EmbeddedFailed
from app.embedded.lock import Addresses, hold, joined
from app.embedded.servers import Server, mongodb_server, valkey_server
from app.embedded.supervisor import Supervisor
from app.settings.settings import Settings

STARTS = 3  # a free port may be taken between finding and using it


@contextmanager
def embedded(settings: Settings, *, join: bool = False) -> Iterator[Settings]:
    """`settings` with an address for each database and a signing key.

    Starts what has no address and stops it at the end; returns once each server
    has stored and given back a value. With `join`, the servers of a service that
    already runs on the data directory are used, and left alone.

    Raises:
        DataDirInUse: another service runs on the data directory.
        EmbeddedFailed: a server is not installed, or does not start; or the data
            directory cannot be written to.
    """
    if settings.needs_embedded or not settings.secrets:
        _make(settings.data_dir)
    if not settings.secrets:
        secret = _kept_secret(settings.data_dir / "jwt_secret")
        settings = settings.model_copy(update={"jwt_secret": SecretStr(secret)})
    if not settings.needs_embedded:
        yield settings
        return
    with ExitStack() as stack:
        addresses = _addresses(settings, stack, join=join)
        yield settings.model_copy(
            update={
                "mongodb_uri": settings.mongodb_uri or addresses.mongodb_uri,
                "redis_url": settings.redis_url or addresses.redis_url,
            }
        )


def _make(folder: Path) -> None:
    cause = "it cannot be written to"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return
    except OSError as err:
        cause = err.strerror or str(err)
    raise EmbeddedFailed(
        f"DASHBOARD_DATA_DIR is '{folder}' ({cause}); allowed: a directory to write to"
    )


def _addresses(settings: Settings, stack: ExitStack, *, join: bool) -> Addresses:
    folder = settings.data_dir.resolve()
    try:
        lock = stack.enter_context(hold(folder))
    except DataDirInUse:
        if not join:
            raise
        return joined(folder)
    addresses = _started(settings, folder, stack)
    lock.publish(addresses)
    return addresses


def _started(settings: Settings, folder: Path, stack: ExitStack) -> Addresses:
    for start in range(1, STARTS + 1):
        servers = _servers(settings, folder)
        supervisor = Supervisor(servers.values())
        try:
            supervisor.start()
        except EmbeddedFailed:
            if start == STARTS:
                raise
        else:
            stack.callback(supervisor.stop)
            break
    return Addresses(**{name: server.address for name, server in servers.items()})


def _servers(settings: Settings, folder: Path) -> dict[str, Server]:
    servers = {}
    if settings.mongodb_uri is None:
        servers["mongodb_uri"] = mongodb_server(folder)
    if settings.redis_url is None:
        servers["redis_url"] = valkey_server(folder)
    return servers


def _kept_secret(path: Path) -> str:
    """The signing key in `path`, made on first use and readable by us alone."""
    if not path.exists():
        # Whole at once, and only one of two that start together: a link is both.
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(name, path)
        Path(name).unlink()
    return path.read_text().strip()
