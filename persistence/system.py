"""What the service notes about the database itself: partition `system` of
`dashboard_data`, one document a note.

A backup takes along which migrations were made, as they say how the rest is stored,
and leaves the other notes where they are true.
"""

from collections.abc import Sequence
from typing import Any

from persistence.safe import Document, SafeCollection

PARTITION = "system"
MIGRATION = "migration|"
_NEVER_MS = 2**53
_NOTES_MAX = 1_000
RESTORE, VERIFIED, SIGNING, LEASE = "restore", "verified", "signing", "lease"


class Notes:
    """By name; values are fields of a document."""

    def __init__(self, data: SafeCollection) -> None:
        self.data = data

    async def all(self) -> dict[str, Document]:
        where = {"s": {"$eq": PARTITION}}
        rows = await self.data.find(where, limit=_NOTES_MAX)
        return {row["b"]: row for row in rows}

    async def get(self, name: str) -> Document | None:
        return await self.data.get(note_id(name))

    async def put(self, name: str, fields: Document) -> None:
        """Make the note, or replace these fields of it."""
        place = {"s": PARTITION, "b": name, "exp": _NEVER_MS}
        await self.data.update(note_id(name), {"$set": place | fields}, upsert=True)

    async def take_away(self, names: Sequence[str]) -> None:
        await self.data.delete_ids([note_id(name) for name in names])


def document_of(name: str, fields: dict[str, Any]) -> Document:
    place = {"_id": note_id(name), "s": PARTITION, "b": name, "exp": _NEVER_MS}
    return place | fields


def note_id(name: str) -> str:
    return f"system_{name.replace('|', '_')}"


def is_kept_here(row: Document) -> bool:
    """Whether a backup leaves the document out."""
    return row["s"] == PARTITION and not row["b"].startswith(MIGRATION)
