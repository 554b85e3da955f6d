"""The smoke test passes where everything works, and says what does not."""

import os
import subprocess
import sys
from pathlib import Path

from app.version import VERSION
from tests.support.processes import ROOT, Serving, serving

EMAIL, PASSWORD = "ana@example.com", "correct horse battery staple"
ADMIN = {"ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}


def smoke(
    service: Serving, *flags: str, password: str = PASSWORD
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.smoke", service.url, "--no-client", *flags],
        cwd=ROOT,
        env={**os.environ, "SMOKE_EMAIL": EMAIL, "SMOKE_PASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_asks_every_door_and_names_the_one_that_is_wrong(tmp_path: Path) -> None:
    with serving(tmp_path, **ADMIN) as service:
        right = smoke(service, "--version", VERSION)
        other_version = smoke(service, "--version", "0.0.1")
        stranger = smoke(service, password="not the password")

    doors = ("health", "closed doors", "sign in", "graphql", "live", "sign out")
    assert right.returncode == 0, right.stdout
    assert [line.split(":")[0] for line in right.stdout.splitlines()] == [
        f"  ok     {door}" for door in doors
    ]
    assert other_version.returncode == 1
    assert f"version {VERSION} answers, not 0.0.1" in other_version.stdout
    assert stranger.returncode == 1
    assert "WRONG  sign in" in stranger.stdout
    assert PASSWORD not in right.stdout + stranger.stdout
