"""`dashboard` as a process of its own, the way an operator runs it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.cli.greeting import LAST_WORDS
from app.settings.rules import PREFIX
from tests.support.servers import UNLIMITED

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What a fresh machine has, and `settings` by their names without the prefix."""
    given = {
        "ENV": "test",
        "PORT": "0",
        "DATA_DIR": str(folder / "data"),
        "BCRYPT_COST": "4",
        **{name.upper(): str(count) for name, count in UNLIMITED.items()},
        **settings,
    }
    return {**os.environ, **{f"{PREFIX}{name}": text for name, text in given.items()}}


def run(folder: Path, *argv: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "app", *argv],
        cwd=ROOT,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@dataclass
class Serving:
    """A service that answers; `greeting` is what it printed to say so."""

    process: subprocess.Popen[str]
    log: Path
    greeting: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.said("Dashboard ")

    def said(self, name: str) -> str:
        """What stands beside `name` in the greeting."""
        (line,) = [one for one in self.greeting if one.strip().startswith(name)]
        return line.split(name, 1)[1].strip()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Sends the signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def serving(folder: Path, *argv: str, **settings: str) -> Iterator[Serving]:
    """`dashboard serve` until the block ends."""
    log = folder / "serve.log"
    with (
        log.open("a") as stderr,
        subprocess.Popen(
            [sys.executable, "-m", "app", "serve", *argv],
            cwd=ROOT,
            env=environment(folder, **settings),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        service = Serving(process, log)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                service.greeting.append(line)
                if LAST_WORDS in line:
                    break
            assert service.greeting, log.read_text()
            yield service
        finally:
            process.kill()
