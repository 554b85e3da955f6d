"""A collection as repositories see it: the safe subset, with its failures tamed."""

from collections.abc import Sequence

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from persistence import subset
from persistence.bulk import Duplicate, Update, in_batches, insert_missing, update_many
from persistence.reading import READ_MS, Reading
from persistence.subset import Change, Document, Filter, UnsafeOperation

__all__ = [
    "Change",
    "Document",
    "Duplicate",
    "Filter",
    "SafeCollection",
    "UnsafeOperation",
    "Update",
]
_UPSERT_ATTEMPTS = 3


class SafeCollection(Reading):
    """One MongoDB collection behind the operations that every engine answers alike.

    A call outside the subset (`persistence.subset`) raises `UnsafeOperation` before
    it is sent. What does no harm done twice is tried again when the connection is
    lost, as the first call after a restart of the server finds it; the rest, and
    what stays unanswered, is `domain.errors.Unavailable`. An id no document can
    have is found by no operation, so ids from outside need no check of their own.
    """

    async def insert(self, document: Document) -> None:
        """Store a new document.

        Raises:
            Duplicate: its `_id`, or one of its unique fields, is taken.
        """
        subset.check_document(document)
        matching = {"_id": {"$eq": document["_id"]}}

        async def write(attempt: int) -> None:
            try:
                await self._driver.insert_one(dict(document))
            except DuplicateKeyError as err:
                # The lost first attempt may have been the one that got through.
                if attempt and await self._driver.find_one(matching) == document:
                    return
                raise Duplicate from err

        await self._ask(write)

    async def insert_new(self, documents: Sequence[Document]) -> set[str]:
        """Store those whose `_id` is not taken; their ids come back.

        Exact even when the connection is lost halfway: each call stamps what it
        writes (field `ws`) and so knows its own. After `Unavailable` some may be
        stored; calling again is safe.
        """
        for document in documents:
            subset.check_document(document)
        return await insert_missing(self._driver, self._ask, documents)

    async def update(
        self,
        document_id: str,
        change: Change,
        *,
        where: Filter | None = None,
        upsert: bool = False,
    ) -> bool:
        """Change one document if `where` holds of it; whether it was there and did.

        `upsert` makes a missing document (and answers False). With a condition or
        an `$inc` a lost connection is not tried again: nobody could tell then
        whether it was done.

        Raises:
            Duplicate: the change would take a unique field of another document.
        """
        _check(Update(document_id, change, where, upsert))
        if not subset.possible_id(document_id):
            return False
        matching = {"_id": {"$eq": document_id}, **(where or {})}
        repeatable = where is None and subset.is_idempotent(change)

        async def write(_: int) -> bool:
            result = await self._driver.update_one(matching, change, upsert=upsert)
            return bool(result.matched_count)

        # Two upserts of one id may meet; the second try finds a document there.
        attempts = _UPSERT_ATTEMPTS if upsert else 1
        while True:
            attempts -= 1
            try:
                return await self._ask(write, idempotent=repeatable)
            except DuplicateKeyError as err:
                if not attempts:
                    raise Duplicate from err

    async def update_all(self, where: Filter, change: Change) -> int:
        """Change every match; how many there were (fewer, perhaps, if tried again)."""
        subset.check_filter(where)
        subset.check_change(change, upsert=False)

        async def write(_: int) -> int:
            return int((await self._driver.update_many(where, change)).matched_count)

        return await self._ask(write, idempotent=subset.is_idempotent(change))

    async def bulk(self, updates: Sequence[Update]) -> None:
        """Apply many updates in no order, 100 a call; conditions may fail silently.

        Only what failed is tried again: upserts that met, and throttled ones. With
        an `$inc` among a batch a lost connection is not tried again; after
        `Unavailable` some of the updates may have been applied.

        Raises:
            Duplicate: a unique field of another document is in the way.
        """
        for update in updates:
            _check(update)
        possible = [one for one in updates if subset.possible_id(one.id)]
        await update_many(self._driver, self._ask, possible)

    async def swap(
        self, document_id: str, where: Filter, change: Change
    ) -> Document | None:
        """Change the document if `where` holds of it, and see it as it is then.

        None when it does not hold. Not for unique fields, whose refusal some
        engines swallow here: use `update`. Never tried again on a lost connection.
        """
        subset.check_filter(where)
        subset.check_change(change, upsert=False)
        if not subset.possible_id(document_id):
            return None
        matching = {"_id": {"$eq": document_id}, **where}

        async def write(_: int) -> Document | None:
            found: Document | None = await self._driver.find_one_and_update(
                matching,
                change,
                return_document=ReturnDocument.AFTER,
                maxTimeMS=READ_MS,
            )
            return found

        return await self._ask(write, idempotent=False)

    async def delete(self, document_id: str) -> bool:
        """Remove one document; whether it was there (no, perhaps, if tried again)."""
        if not subset.possible_id(document_id):
            return False
        return await self._delete({"_id": {"$eq": document_id}}) > 0

    async def delete_ids(self, ids: Sequence[str]) -> int:
        """Remove those that exist; how many (fewer, perhaps, if tried again)."""
        possible = [one for one in ids if subset.possible_id(one)]
        batches = in_batches(possible, subset.IDS_PER_QUERY_MAX)
        return sum([await self._delete({"_id": {"$in": [*one]}}) for one in batches])

    async def delete_all(self, where: Filter) -> int:
        """Remove every match; how many there were (fewer, perhaps, if tried again)."""
        subset.check_filter(where)
        if not where:
            raise UnsafeOperation("say what to delete")
        return await self._delete(where)

    async def _delete(self, where: Filter) -> int:
        async def write(_: int) -> int:
            return int((await self._driver.delete_many(where)).deleted_count)

        return await self._ask(write)


def _check(update: Update) -> None:
    subset.check_filter(update.where or {})
    subset.check_change(update.change, upsert=update.upsert)
    if update.upsert:
        subset.check_id(update.id)
        if update.where:
            raise UnsafeOperation("an upsert finds its document by the id alone")
