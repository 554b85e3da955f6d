"""What a collection is expected to do, over a plain dictionary."""

import copy
import operator
from collections.abc import Callable, Sequence
from typing import Any

from persistence.safe import Change, Document, Duplicate, Filter, Update

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "$eq": operator.eq,
    "$ne": operator.ne,
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
}


class ModelCollection:
    """The same methods as `SafeCollection`, answered from memory."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}

    def get(self, document_id: str, fields: Sequence[str] | None = None) -> Any:
        found = self.documents.get(document_id)
        return None if found is None else _shown(found, fields)

    def by_ids(self, ids: Sequence[str], fields: Sequence[str] | None = None) -> Any:
        distinct = dict.fromkeys(ids)
        return [_shown(self.documents[i], fields) for i in distinct if i in self]

    def find(
        self,
        where: Filter,
        *,
        limit: int,
        sort: tuple[str, int] | None = None,
        fields: Sequence[str] | None = None,
    ) -> Any:
        found = self._matching(where)
        if sort is not None:
            field, direction = sort
            found.sort(key=lambda document: document[field], reverse=direction < 0)
        return [_shown(document, fields) for document in found[:limit]]

    def count(self, where: Filter, *, limit: int | None = None) -> int:
        return len(self._matching(where)[:limit])

    def insert(self, document: Document) -> None:
        if document["_id"] in self:
            raise Duplicate
        self.documents[document["_id"]] = copy.deepcopy(document)

    def insert_new(self, documents: Sequence[Document]) -> set[str]:
        inserted: set[str] = set()
        for document in documents:
            if document["_id"] not in self:
                self.insert(document)
                inserted.add(document["_id"])
        return inserted

    def update(
        self,
        document_id: str,
        change: Change,
        *,
        where: Filter | None = None,
        upsert: bool = False,
    ) -> bool:
        if document_id in self:
            if not _holds(where or {}, self.documents[document_id]):
                return False
            self._apply(document_id, change)
            return True
        if upsert:
            self.documents[document_id] = {"_id": document_id}
            self._apply(document_id, change)
            self.documents[document_id] |= change.get("$setOnInsert", {})
        return False

    def update_all(self, where: Filter, change: Change) -> int:
        matching = self._matching(where)
        for document in matching:
            self._apply(document["_id"], change)
        return len(matching)

    def bulk(self, updates: Sequence[Update]) -> None:
        for one in updates:
            self.update(one.id, one.change, where=one.where, upsert=one.upsert)

    def swap(self, document_id: str, where: Filter, change: Change) -> Document | None:
        if not self.update(document_id, change, where=where):
            return None
        return self.documents[document_id]

    def delete(self, document_id: str) -> bool:
        return self.documents.pop(document_id, None) is not None

    def delete_ids(self, ids: Sequence[str]) -> int:
        return sum(self.delete(one) for one in ids)

    def delete_all(self, where: Filter) -> int:
        return self.delete_ids([one["_id"] for one in self._matching(where)])

    def __contains__(self, document_id: str) -> bool:
        return document_id in self.documents

    def _matching(self, where: Filter) -> list[Document]:
        return [one for one in self.documents.values() if _holds(where, one)]

    def _apply(self, document_id: str, change: Change) -> None:
        document = self.documents[document_id]
        document |= copy.deepcopy(dict(change.get("$set", {})))
        for field in change.get("$unset", {}):
            document.pop(field, None)
        for field, value in change.get("$inc", {}).items():
            document[field] = document.get(field, 0) + value
        for field, value in change.get("$min", {}).items():
            document[field] = min(document.get(field, value), value)
        for field, value in change.get("$max", {}).items():
            document[field] = max(document.get(field, value), value)


def _shown(document: Document, fields: Sequence[str] | None) -> Document:
    if fields is None:
        return document
    return {k: v for k, v in document.items() if k in {"_id", *fields}}


def _holds(where: Filter, document: Document) -> bool:
    return all(
        _COMPARE[comparison](document[field], value)
        for field, conditions in where.items()
        for comparison, value in conditions.items()
    )
