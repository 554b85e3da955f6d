"""What was built, run as a container runs it: process 1, no root, nothing writable."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.dockerfile import Stage
from scripts.image_root import Root

PATIENCE_S = 30
CONTAINED = r"""
set -eu
root=$1; user=$2; shift 2
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -o remount,bind,ro "$root"
exec chroot --userspec="$user" "$root" env -i "$@"
"""


class Container:
    """The image's own command in a namespace of its processes and mounts."""

    def __init__(self, root: Root, stage: Stage, settings: dict[str, str]) -> None:
        self.root = root
        self._stage = stage
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path(os.devnull)

    def _command(self, argv: list[str]) -> list[str]:
        variables = {**self.root.env, **self.settings}
        words = [
            f"--chdir={self.root.workdir}",
            *(f"{k}={v}" for k, v in variables.items()),
        ]
        contained = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        root = str(self.root.folder)
        shell = ["sh", "-c", CONTAINED, "sh", root, self.root.user]
        return [*contained, *shell, *words, *argv]

    def has_command(self, name: str) -> bool:
        folders = self.root.env["PATH"].split(":")
        return any((self.root.folder / f".{one}" / name).exists() for one in folders)

    def run(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """Another command in the same surroundings, to its end."""
        return subprocess.run(
            self._command(list(argv)),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )

    @contextmanager
    def started(self, log: Path) -> Iterator[None]:
        """ENTRYPOINT and CMD, until the block ends."""
        argv = self._stage.last("ENTRYPOINT").argv + self._stage.last("CMD").argv
        self._log = log
        with log.open("wb") as written:
            self._process = subprocess.Popen(
                self._command(argv), stdout=written, stderr=subprocess.STDOUT
            )
        try:
            yield
        finally:
            self._process.kill()
            self._process.wait()

    def is_healthy(self) -> bool:
        """What HEALTHCHECK says."""
        words = self._stage.last("HEALTHCHECK").text.removeprefix("CMD").strip()
        return self.run(*json.loads(words)).returncode == 0

    def wait_until_healthy(self) -> None:
        deadline_s = time.monotonic() + PATIENCE_S
        while not self.is_healthy():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline_s:
                said = self._log.read_text()
                raise SystemExit(f"the image does not become healthy: {said}")
            time.sleep(0.2)

    def identity(self) -> dict[str, str]:
        """Of process 1, as the kernel has it: its `Uid`, `Gid`, `NSpid` and more."""
        lines = Path(f"/proc/{self._pid()}/status").read_text().splitlines()
        return {
            name: text.strip()
            for name, _, text in (one.partition(":") for one in lines)
        }

    def stop(self) -> int:
        """SIGTERM to process 1; the exit code."""
        os.kill(self._pid(), signal.SIGTERM)
        assert self._process is not None
        return self._process.wait(PATIENCE_S)

    def _pid(self) -> int:
        assert self._process is not None
        outside = self._process.pid
        children = Path(f"/proc/{outside}/task/{outside}/children").read_text()
        return int(children.split()[0])
