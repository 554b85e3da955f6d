"""What a change is to leave in the trail, kept in the changed document itself until
it is there.

The change and its entry are one write of one document, so there is neither without
the other, wherever a process dies. `pend_{entry id}` is the entry, `pend` says that
there is one. Whoever made the change appends the entry and leaves the rest to
`resolvers.retelling`, which does it again, to no effect, and clears the fields.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from domain.activity import Activity
from kit import jsonio
from persistence.activity_documents import activity_of, to_document
from persistence.safe import Document, SafeCollection

_FIELD = "pend_"
_LIMIT = 100


def pending(entry: Activity | None) -> Document:
    """The fields that go with the change; none when nobody is to be told."""
    if entry is None:
        return {}
    # Random, so that whoever clears it knows that nothing was added since.
    mark = f"{entry.recorded_ms:013d}-{secrets.token_hex(8)}"
    text = jsonio.dumps(to_document(entry)).decode()
    return {"pend": mark, f"{_FIELD}{entry.id}": text}


@dataclass(frozen=True)
class Held:
    """The entries in one document."""

    home: SafeCollection
    id: str
    mark: str
    entries: Sequence[Activity]

    async def clear(self) -> None:
        """Forget them, unless there are more by now: then all come again."""
        fields = ["pend", *(f"{_FIELD}{entry.id}" for entry in self.entries)]
        gone = {"$unset": dict.fromkeys(fields, "")}
        await self.home.update(self.id, gone, where={"pend": {"$eq": self.mark}})


class PendingEntries:
    """Collections whose documents may hold such entries; index `pend` of each."""

    def __init__(self, *homes: SafeCollection) -> None:
        self._homes = homes

    async def held(self) -> list[Held]:
        """What is held, up to 100 documents of each collection."""
        found = []
        for home in self._homes:
            rows = await home.find({"pend": {"$gt": "0"}}, limit=_LIMIT)
            found += [_held(home, row) for row in rows]
        return found


def _held(home: SafeCollection, row: Document) -> Held:
    texts = [text for name, text in row.items() if name.startswith(_FIELD)]
    entries = [activity_of(jsonio.loads(text)) for text in texts]
    return Held(home, row["_id"], row["pend"], entries)
