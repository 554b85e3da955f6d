"""Carries out the Dockerfile in empty roots, runs the result, and looks at it.

    python -m scripts.image_steps [--folder DIR] [--debootstrap COMMAND]

For machines without a container engine. Needs Linux, root and Debian's `debootstrap`,
which makes the base (what `debian:…-slim` is made of, less what that leaves out of its
documentation). Then each stage's RUN, COPY, ENV, WORKDIR and USER are carried out in a
root of its own, and ENTRYPOINT and CMD are run as a container runs them: as process 1
of a namespace, as the image's user, on a file system that cannot be written to, beside
a MongoDB-protocol server and a Valkey with a password that are no part of it. Prints
what it checks and what the stages weigh; exits with 1 when something is not as it
should be.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from app.embedded.servers import mongodb_server, valkey_server
from scripts.build_context import Context
from scripts.dockerfile import Dockerfile, read
from scripts.image_findings import EMAIL, Findings, live, look
from scripts.image_root import Root
from scripts.image_run import PATIENCE_S, Container

ROOT = Path(__file__).resolve().parents[1]


def make_base(folder: Path, debootstrap: str) -> Root:
    """The stand-in for `debian:…-slim`; kept in the folder for the next time."""
    base = Root(folder / "base")
    if not (base.folder / "etc/debian_version").is_file():
        print("Making the base (debootstrap) ...", flush=True)
        subprocess.run(
            [debootstrap, "--variant=minbase", "bookworm", base.folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return base


def build(file: Dockerfile, base: Root, folder: Path) -> dict[str, Root]:
    """A root for each stage, by name."""
    made: dict[str, Root] = {}
    context = Context(ROOT)
    for stage in file.stages:
        print(f"Stage {stage.name} (from {file.base_of(stage)}) ...", flush=True)
        root = Root(folder / stage.name)
        root.folder.mkdir()
        if stage.base in made:
            root.env |= made[stage.base].env
            root.workdir = made[stage.base].workdir
        root.take(made.get(stage.base, base).folder)
        root.carry_out(stage, context, made)
        made[stage.name] = root
    return made


def free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return int(candidate.getsockname()[1])


def wait_for_port(port: int) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        with socket.socket() as wire:
            if not wire.connect_ex(("127.0.0.1", port)):
                return
        if time.monotonic() > deadline_s:
            raise SystemExit(f"nobody listens on port {port}")
        time.sleep(0.05)


@contextmanager
def databases(folder: Path) -> Iterator[tuple[str, str]]:
    """Addresses of a MongoDB-protocol server and of a Valkey with a password."""
    folder.mkdir()
    mongodb, valkey = mongodb_server(folder), valkey_server(folder)
    password, port = secrets.token_hex(16), str(free_port())
    open_to_us = ["--port", port, "--bind", "127.0.0.1", "--requirepass", password]
    commands = (mongodb.command, (*valkey.command, *open_to_us))
    null = subprocess.DEVNULL
    running = [subprocess.Popen(c, stdout=null, stderr=null) for c in commands]
    try:
        wait_for_port(urlsplit(mongodb.address).port or 0)
        wait_for_port(int(port))
        yield mongodb.address, f"redis://:{password}@127.0.0.1:{port}/0"
    finally:
        for process in running:
            process.terminate()
            process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="kept; the base is used again")
    parser.add_argument("--debootstrap", default="debootstrap", help="its command")
    args = parser.parse_args()
    if os.geteuid() != 0:
        raise SystemExit("image_steps changes its root: it must be root itself")
    file = read((ROOT / "Dockerfile").read_text())
    with tempfile.TemporaryDirectory(prefix="image-steps-") as scratch:
        kept = args.folder or Path(scratch)
        kept.mkdir(exist_ok=True)
        base = make_base(kept, args.debootstrap)
        made = build(file, base, Path(scratch))
        wrong = checked(file, made[file.image.name], Path(scratch))
        weigh(base, made[file.image.name])
    print("As it should be." if not wrong else f"{wrong} wrong.")
    return 1 if wrong else 0


def checked(file: Dockerfile, root: Root, scratch: Path) -> int:
    """Looks at the image, and runs it with one worker and with two; what is wrong."""
    findings = Findings()
    look(Container(root, file.image, {}), findings)
    password = secrets.token_urlsafe(16)
    with databases(scratch / "databases") as (mongodb, redis):
        for workers in ("1", "2"):
            settings = {
                "DASHBOARD_MONGODB_URI": mongodb,
                "DASHBOARD_REDIS_URL": redis,
                "DASHBOARD_JWT_SECRET": secrets.token_hex(32),
                "DASHBOARD_ADMIN_EMAIL": EMAIL,
                "DASHBOARD_ADMIN_PASSWORD": password,
                "DASHBOARD_ALLOWED_HOSTS": "127.0.0.1",
                "DASHBOARD_HOST": "127.0.0.1",
                "DASHBOARD_PORT": str(free_port()),
                "DASHBOARD_WORKERS": workers,
            }
            container = Container(root, file.image, settings)
            live(container, findings, scratch / f"image-{workers}.log")
    return findings.wrong


def weigh(base: Root, image: Root) -> None:
    for name, size_mb in (
        ("base", base.size_mb()),
        ("packages", image.size_mb("opt/dashboard")),
        ("web client", image.size_mb("srv/client")),
        ("all of the image", image.size_mb()),
    ):
        print(f"  {size_mb:7.1f} MB  {name}")


if __name__ == "__main__":
    sys.exit(main())
