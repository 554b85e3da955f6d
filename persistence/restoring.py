"""Putting a backup into a database, so that it can be gone on with after any crash.

A note says which backup is being put in; while it is there no service starts. What is
stored is only ever inserted where it is missing, so doing it again does the rest.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from domain.chain import Checkpoint, Sign
from domain.errors import Unavailable
from persistence.archive import Manifest, Tally, line_of
from persistence.chain_documents import STATE_ID, checkpoint_fields, checkpoint_of
from persistence.dump import DATA, ORDER, SESSIONS, USERS, Page, everything, signed
from persistence.mongo import Mongo
from persistence.safe import Document, SafeCollection
from persistence.sessions import KIND
from persistence.subset import IDS_PER_QUERY_MAX
from persistence.system import MIGRATION, PARTITION, RESTORE, Notes

_PAUSES_S = (0.5, 1, 2, 4, 8, 15, 30)  # a minute for a server to come back
# How far apart clocks may be that stamp documents and backups.
_SKEW_MS = 120_000
T = TypeVar("T")


class CannotRestore(Exception):
    """Nothing was changed, or the text says how to go on."""


@dataclass
class Restoring:
    """`sign` signs as the service on this database will. Sessions are ended unless
    `keep_sessions`: what was revoked since would be good again.
    """

    mongo: Mongo
    manifest: Manifest
    sign: Sign
    keep_sessions: bool = False
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in ORDER}
    )
    ended: int = 0
    keys: int = 0  # live API keys
    signed_anew: bool = False

    @property
    def notes(self) -> Notes:
        return Notes(self.mongo.collection(DATA))

    async def begin(self, *, replace: bool) -> None:
        """Make sure that the database is empty, or half full with this backup; with
        `replace`, empty it.

        Raises:
            CannotRestore: it is neither.
        """
        note = await self.notes.get(RESTORE)
        same = {"checksum": self.manifest.checksum, "keep": int(self.keep_sessions)}
        if note is not None and same.items() <= note.items() and note["emptied"]:
            return
        if not replace and (found := await _first(self.mongo)):
            raise CannotRestore(
                f"the database is not empty ({found}): --replace removes what is there"
            )
        # From here on no service starts on it before it is whole.
        await self.notes.put(RESTORE, {**same, "emptied": 0})
        await _empty(self.mongo)
        await self.notes.put(RESTORE, {"emptied": 1})

    async def put(self, page: Page) -> None:
        """Store a page of the backup; what is there already stays."""
        rows = [self._as_restored(page.collection, row) for row in page.rows]
        for row in rows:
            self.tallies[page.collection].add(line_of(row))
        collection = self.mongo.collection(page.collection)
        for start in range(0, len(rows), IDS_PER_QUERY_MAX):
            await _store(collection, rows[start : start + IDS_PER_QUERY_MAX])

    async def differences(self) -> list[str]:
        """Read everything back; which collections are not as they were put in."""
        found = {name: Tally() for name in ORDER}
        async with aclosing(everything(self.mongo, self.sign)) as reading:
            async for page in reading:
                for row in page.rows:
                    found[page.collection].add(line_of(row))
        return [
            f"{name}: {found[name].documents} documents where {one.documents} were "
            "put in, or other ones"
            for name, one in self.tallies.items()
            if found[name] != one
        ]

    async def end(self) -> None:
        """It is whole: services may start."""
        await self.notes.take_away([RESTORE])

    def _as_restored(self, collection: str, row: Document) -> Document:
        if collection == SESSIONS:
            self.keys += row["kind"] != KIND and row["st"]
            if row["kind"] == KIND and row["st"] and not self.keep_sessions:
                self.ended += 1
                return row | {"st": 0}
        elif collection == USERS:
            # Changed while the backup was made: its search words may be others'.
            if row["updated_ms"] >= self.manifest.made_ms - _SKEW_MS:
                return row | {"tk": 0}
        elif row["_id"] == STATE_ID and collection == DATA:
            return row | self._checkpoint(checkpoint_of(row))
        return row

    def _checkpoint(self, state: Checkpoint) -> Document:
        if not state.is_signed(self.sign):
            self.signed_anew = True
            state = signed(state, self.sign)
        return checkpoint_fields(state)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The answer, though the server may be away or throttling for a minute."""
    for pause_s in _PAUSES_S:
        try:
            return await call()
        except Unavailable:
            await asyncio.sleep(pause_s)
    return await call()


async def _store(collection: SafeCollection, rows: list[Document]) -> None:
    new = await patiently(lambda: collection.insert_new(rows))
    there = {row["_id"]: row for row in rows if row["_id"] not in new}
    found = await patiently(lambda: collection.by_ids(list(there)))
    stored = {row["_id"]: line_of(row) for row in found}
    wrong = [one for one in there if stored.get(one) != line_of(there[one])]
    if wrong:
        raise CannotRestore(
            f"{wrong[0]} cannot be stored: something else is in its place. Somebody "
            "writes to this database; restore again with --replace"
        )


async def _first(mongo: Mongo) -> str:
    """Something that the service has stored there; empty when there is nothing."""
    for name in ORDER:
        rows = await mongo.collection(name).find(_ours(name), limit=1, fields=[])
        if rows:
            return f"{name} has documents"
    return ""


async def _empty(mongo: Mongo) -> None:
    notes = Notes(mongo.collection(DATA))
    made = [name for name in await notes.all() if name.startswith(MIGRATION)]
    await notes.take_away(made)
    for name in ORDER:
        collection = mongo.collection(name)
        while ids := _ids(
            await collection.find(_ours(name), limit=IDS_PER_QUERY_MAX, fields=[])
        ):
            await patiently(partial(collection.delete_ids, ids))


def _ours(collection: str) -> dict[str, dict[str, str]]:
    return {"s": {"$ne": PARTITION}} if collection == DATA else {}


def _ids(rows: Iterable[Document]) -> list[str]:
    return [row["_id"] for row in rows]
