"""Every document of a collection, once each, along an index, while others write.

A page is a read of keys and some reads of documents by their ids: memory is bounded
whatever the documents hold. What is written meanwhile may come or not; what was there
before and is there still always comes.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from persistence.bulk import in_batches
from persistence.safe import Document, SafeCollection
from persistence.subset import ROWS_MAX

KEYS_PER_READ = 2_000
# Of up to 2 MB each, though most have some hundred bytes.
ROWS_PER_READ = 50
Pages = AsyncGenerator[Sequence[Document], None]


class TooManyAlike(Exception):
    """More documents share one key than can be read at once."""


async def by_unique_key(collection: SafeCollection, key: str) -> Pages:
    """Along an indexed text that no two documents share and that never changes."""
    last = ""
    while True:
        rows = await collection.find(
            {key: {"$gt": last}}, sort=(key, 1), limit=KEYS_PER_READ, fields=[key]
        )
        async with aclosing(whole(collection, [row["_id"] for row in rows])) as pages:
            async for page in pages:
                yield page
        if len(rows) < KEYS_PER_READ:
            return
        last = rows[-1][key]


async def keys_by(collection: SafeCollection, key: str, *fields: str) -> Pages:
    """`{_id, key, fields}` along an indexed text that documents may share."""
    last, seen, size = "", set[str](), KEYS_PER_READ
    while True:
        rows = await collection.find(
            {key: {"$gte": last}}, sort=(key, 1), limit=size, fields=[key, *fields]
        )
        yield [row for row in rows if row["_id"] not in seen]
        if len(rows) < size:
            return
        # Those with the last key come again, with the rest of them.
        end = rows[-1][key]
        seen = {row["_id"] for row in rows if row[key] == end}
        if end == last and size == ROWS_MAX:
            raise TooManyAlike(f"{len(rows)} documents with {key} {end!r}")
        size = min(size * 4, ROWS_MAX) if end == last else KEYS_PER_READ
        last = end


async def whole(collection: SafeCollection, ids: Sequence[str]) -> Pages:
    """The documents with these ids that are still there."""
    for batch in in_batches(ids, ROWS_PER_READ):
        yield await collection.by_ids(batch)
