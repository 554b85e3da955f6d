"""Every index, made at the start on empty collections, the unique ones first.

Each sort key has an index of its own (Cosmos DB wants one to sort by) and, for each
filter offered beside it, one that leads with the filter (the others use that). The
embedded server names indexes by joining collection and fields with underscores, so
no two of these may join to one name.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    fields: tuple[str, ...]
    unique: bool = False


def _plain(*indexes: tuple[str, ...]) -> tuple[Index, ...]:
    return tuple(Index(fields) for fields in indexes)


INDEXES: dict[str, tuple[Index, ...]] = {
    "users": (
        Index(("email_lc",), unique=True),
        *_plain(("csk",), ("nk",), ("seen",), ("tk",), ("pend",)),
        *_plain(("st", "csk"), ("st", "nk"), ("st", "seen"), ("st", "deleted_ms")),
        # Of two that fit, the embedded server takes the one made last: so the one
        # that leaves the fewest documents comes last.
        *_plain(("st", "dis", "csk"), ("st", "dis", "nk")),
        *_plain(("st", "role", "csk"), ("st", "role", "nk")),
    ),
    "sessions": _plain(("u", "st"), ("kind",), ("exp_ms",), ("pend",)),
    "dashboard_data": _plain(("s", "b"), ("b",), ("exp",)),
    "audit_logs": _plain(
        ("sk",),
        ("ts",),
        # In this order for the same reason.
        *((field, "sk") for field in ("sev", "gt", "p1", "t", "p2", "p3", "a", "g")),
    ),
}


def sortable(collection: str) -> frozenset[str]:
    """The fields a query of that collection may sort by: those indexed alone."""
    return frozenset(
        index.fields[0] for index in INDEXES[collection] if len(index.fields) == 1
    )
