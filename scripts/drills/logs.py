"""Every log that the drills left behind, searched for secrets."""

import re
from pathlib import Path

from scripts.drills.report import Report
from scripts.replicas import PASSWORD, SECRET

_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}")


def search(folder: Path, report: Report) -> None:
    """Fails on a password, a signing key or a token in any of them."""
    logs = list(folder.rglob("*.log"))
    lines = [
        line for log in logs for line in log.read_text(errors="replace").splitlines()
    ]
    found = [line for line in lines if _has_secret(line)]
    figures = f"{len(lines)} lines of {len(logs)} logs, {len(found)} with a secret"
    report.tell("secrets in logs", figures, good=bool(lines) and not found)


def _has_secret(line: str) -> bool:
    return PASSWORD in line or SECRET in line or _TOKEN.search(line) is not None
