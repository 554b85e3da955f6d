"""Runs every drill, or those named, and prints figures; 1 when a promise was broken.

python -m scripts.drills [NAME …]
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from scripts.drills import (
    crash,
    forwarding,
    growth,
    logs,
    mongodb_lost,
    promptness,
    redis_lost,
    slow_readers,
    stopping,
    trail,
)
from scripts.drills.report import Report

DRILLS = {
    "crash": crash.drill,
    "redis_lost": redis_lost.drill,
    "mongodb_lost": mongodb_lost.drill,
    "stopping": stopping.drill,
    "forwarding": forwarding.drill,
    "trail": trail.drill,
    "promptness": promptness.drill,
    "slow_readers": slow_readers.drill,
    "growth": growth.drill,
}


def main(names: list[str]) -> int:
    report = Report()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        for name in names or DRILLS:
            place = Path(folder) / name
            place.mkdir()
            with report.running(name):
                asyncio.run(DRILLS[name](place, report))
        with report.running("logs"):
            logs.search(Path(folder), report)
    print(report.summary(), *report.broken, sep="\n  ")
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
