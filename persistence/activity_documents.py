"""An entry of the trail as a document, and back.

What is filtered by stands in fields of its own beside the sort key `sk`: `a` actor,
`t` action, `p1` to `p3` its prefixes, `gt` and `g` the target's type and id, `sev`.
Values that come from applications carry a mark before them there, as one engine
takes a bare text such as `2025-01-01` for a date; "-" stands for none.
"""

from typing import Any

from domain.activity import Activity, FieldChange, Result, Severity, prefixes
from kit import jsonio
from persistence.safe import Document

PREFIXES = ("p1", "p2", "p3")
NONE = "-"


def marked(value: str | None) -> str:
    """How a text from outside stands in a field that is filtered by."""
    return NONE if value is None else f"={value}"


def to_document(entry: Activity) -> Document:
    found = prefixes(entry.action)
    return {
        "_id": entry.id,
        "sk": entry.position,
        "a": marked(entry.actor_id),
        "t": entry.action,
        **dict.fromkeys(PREFIXES, NONE),
        **dict(zip(PREFIXES, found, strict=False)),
        "gt": marked(entry.target_type),
        "g": marked(entry.target_id),
        "sev": entry.severity.value,
        "ts": entry.recorded_ms,
        "d": {
            "occurred_ms": entry.occurred_ms,
            "actor_label": entry.actor_label,
            "target_label": entry.target_label,
            "summary": entry.summary,
            "changes": _changes_text(entry),
            "request_id": entry.request_id,
            "address": entry.address,
            "session_id": entry.session_id,
            "result": entry.result.value,
        },
    }


def activity_of(row: Document) -> Activity:
    details: dict[str, Any] = row["d"]
    return Activity(
        id=row["_id"],
        action=row["t"],
        actor_id=_unmarked(row["a"]),
        actor_label=details["actor_label"],
        target_type=_unmarked(row["gt"]),
        target_id=_unmarked(row["g"]),
        target_label=details["target_label"],
        summary=details["summary"],
        changes=tuple(FieldChange(*one) for one in jsonio.loads(details["changes"])),
        severity=Severity(row["sev"]),
        occurred_ms=details["occurred_ms"],
        recorded_ms=row["ts"],
        request_id=details["request_id"],
        address=details["address"],
        session_id=details.get("session_id"),  # older entries do not say
        result=result_of(row),
    )


def result_of(row: Document) -> Result:
    """What became of it; older entries do not say, but for their action."""
    return Result(row["d"].get("result", Result.of(row["t"])))


def _changes_text(entry: Activity) -> str:
    # As JSON: arrays of anything but texts are stored wrongly by one engine.
    return jsonio.dumps([(c.field, c.before, c.after) for c in entry.changes]).decode()


def _unmarked(value: str) -> str | None:
    return None if value == NONE else value.removeprefix("=")
