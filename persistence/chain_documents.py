"""Links, checkpoint and anchors as they are stored, and back."""

import hashlib
from collections.abc import Mapping
from typing import Any

from domain.chain import Anchor, Checkpoint, End, Link, row_of
from kit import jsonio
from persistence.bulk import STAMP
from persistence.safe import Document

LINKS, STATE = "audit.chain", "audit.state"
STATE_ID = "audit_state"
# Positions of links are between these two, whichever index an engine takes.
FIRST, END = "link|", "link}"
_NEVER_MS = 2**53
HEAD_FIELDS = ("n", "h", "total")


def position_of(number: int) -> str:
    return f"{FIRST}{number:012d}"


def digest_of(row: Document) -> str:
    """SHA-256 of an entry as it is stored, whatever fields its time gave it."""
    kept = {name: value for name, value in row.items() if name != STAMP}
    return hashlib.sha256(jsonio.dumps_sorted(kept)).hexdigest()


def named(row: Document) -> str:
    return row_of(row["_id"], digest_of(row))


def link_document(link: Link) -> Document:
    return {
        # One of all who make a link of this number succeeds.
        "_id": f"link_{link.number:012d}",
        "s": LINKS,
        "b": position_of(link.number),
        "exp": _NEVER_MS,
        "h": link.hash,
        **link_fields(link),
    }


def link_fields(link: Link) -> Document:
    return {
        "n": link.number,
        "prev": link.previous,
        "made_ms": link.made_ms,
        "total": link.total,
        "newest_ms": link.newest_ms,
        "late": link.late,
        "rows": list(link.rows),
    }


def link_of(row: Mapping[str, Any]) -> Link:
    """A stored link, however it was spoilt. What is stored beside it as its hash is
    not looked at: it is computed.
    """
    rows = row.get("rows")
    return Link(
        number=_int(row.get("n")),
        previous=str(row.get("prev")),
        made_ms=_int(row.get("made_ms")),
        total=_int(row.get("total")),
        newest_ms=_int(row.get("newest_ms")),
        late=_int(row.get("late")),
        rows=tuple(map(str, rows)) if isinstance(rows, list) else (),
    )


def end_of(row: Mapping[str, Any]) -> End:
    return End(row["n"], row["h"], row["total"])


def checkpoint_fields(state: Checkpoint) -> Document:
    return {
        "n": state.swept.number,
        "h": state.swept.hash,
        "total": state.swept.total,
        "settled_ms": state.settled_ms,
        "mac": state.signature,
    }


def checkpoint_of(row: Mapping[str, Any]) -> Checkpoint:
    return Checkpoint(end_of(row), row["settled_ms"], row["mac"])


def anchor_fields(anchor: Anchor) -> Document:
    return {
        "n": anchor.end.number,
        "h": anchor.end.hash,
        "total": anchor.end.total,
        "at_ms": anchor.at_ms,
        "mac": anchor.signature,
    }


def anchor_of(row: Mapping[str, Any]) -> Anchor:
    return Anchor(end_of(row), row["at_ms"], row["mac"])


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
