"""What the doctor says."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from app.version import VERSION
from kit import jsonio


class Level(StrEnum):
    """BAD is what breaks a promise of the service, now or at the next mishap."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """`what` and `todo` are a line each, without secrets; nothing is to do when it is
    all right.
    """

    level: Level
    area: str
    what: str
    todo: str = ""


def ok(area: str, what: str) -> Finding:
    return Finding(Level.OK, area, what)


def warn(area: str, what: str, todo: str) -> Finding:
    return Finding(Level.WARN, area, what, todo)


def bad(area: str, what: str, todo: str) -> Finding:
    return Finding(Level.BAD, area, what, todo)


def as_text(findings: Iterable[Finding]) -> str:
    """A line each, and one below it for what to do."""
    lines = []
    for one in findings:
        lines.append(f"{one.level:<5} {one.area:<11} {one.what}")
        if one.todo:
            lines.append(f"{'':<18}-> {one.todo}")
    return "\n".join(lines)


def as_json(findings: Iterable[Finding]) -> str:
    """An object with `version` and `findings`, a list of objects."""
    said = {"version": VERSION, "findings": [asdict(one) for one in findings]}
    return jsonio.dumps(said).decode()
