"""The part of MongoDB's language that every supported engine answers alike.

MongoDB, Cosmos DB (RU and vCore) and the embedded server differ in what they do
with the rest, some by refusing and some by answering wrongly, so a call outside
this part is refused here, before it is sent. What may come from a request is only
ever a value; names of fields are the code's own.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

Document = dict[str, Any]
Filter = Mapping[str, Mapping[str, Any]]
Change = Mapping[str, Mapping[str, Any]]

IDS_PER_QUERY_MAX = 500
ROWS_MAX = 25_000
INT_MAX = 2**63 - 1
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ID = re.compile(r"[!-~]{1,200}")
_OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")
# The embedded server reads a text that starts so as a date, and finds nothing.
_DATE = re.compile(
    r"\s*(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}|\d{2}-\d{2}-\d{4}|\d{4}/\d{2}/\d{2})"
)
_RANGE = frozenset({"$gt", "$gte", "$lt", "$lte"})
_COMPARISONS = _RANGE | {"$eq", "$ne"}
_CHANGES = frozenset({"$set", "$unset", "$inc", "$min", "$max", "$setOnInsert"})
_INT_CHANGES = frozenset({"$inc", "$min", "$max"})


class UnsafeOperation(Exception):
    """A bug of ours: a call that not every engine would answer alike."""


def possible_id(document_id: str) -> bool:
    """Whether a document may have this id; no document can be found under another."""
    return (
        _ID.fullmatch(document_id) is not None
        and not _OBJECT_ID.fullmatch(document_id)
        and not _DATE.match(document_id)
    )


def check_id(document_id: object) -> None:
    if not isinstance(document_id, str) or not possible_id(document_id):
        raise UnsafeOperation(
            f"an _id is 1 to 200 printable ASCII characters and reads neither as an "
            f"ObjectId nor as a date: {document_id!r}"
        )


def check_document(document: Mapping[str, Any]) -> None:
    check_id(document.get("_id"))
    for name, value in document.items():
        if name != "_id":
            _check_field(name)
            _check_value(value)


def check_filter(where: Filter) -> None:
    """Conditions on plain fields: `$eq`, `$ne`, and a range on at most one of them."""
    ranges = 0
    for name, conditions in where.items():
        _check_field(name)
        if not isinstance(conditions, Mapping) or not conditions:
            raise UnsafeOperation(f"spell out the comparison of {name}")
        if not conditions.keys() <= _COMPARISONS:
            raise UnsafeOperation(f"{name}: {sorted(conditions)} is not a comparison")
        ranges += not conditions.keys().isdisjoint(_RANGE)
        for value in conditions.values():
            _check_compared(name, value)
    if ranges > 1:
        raise UnsafeOperation("a range is possible on one field only")


def check_change(change: Change, *, upsert: bool) -> None:
    """Operators that set or count whole top-level fields, each field once."""
    if not change or not change.keys() <= _CHANGES:
        raise UnsafeOperation(f"{sorted(change)} is not a change")
    if "$setOnInsert" in change and not upsert:
        raise UnsafeOperation("$setOnInsert without upsert changes nothing")
    seen: set[str] = set()
    for operator, fields in change.items():
        if not fields or not seen.isdisjoint(fields):
            raise UnsafeOperation(f"{operator} names no field, or one named before")
        seen.update(fields)
        for name, value in fields.items():
            _check_field(name)
            if operator in _INT_CHANGES and not _is_int(value):
                raise UnsafeOperation(f"{operator} of {name} takes an integer")
            _check_value(value)


def check_fields(fields: Sequence[str] | None) -> None:
    for name in fields or ():
        if name != "_id":
            _check_field(name)


def check_sort(sort: tuple[str, int] | None, sortable: frozenset[str]) -> None:
    """One field that leads an index: some engines refuse to sort by any other."""
    if sort is not None and (sort[0] not in sortable or sort[1] not in (1, -1)):
        raise UnsafeOperation(f"no index to sort by {sort}")


def check_limit(limit: int) -> None:
    if not 1 <= limit <= ROWS_MAX:
        raise UnsafeOperation(f"a limit lies between 1 and {ROWS_MAX}: {limit}")


def is_idempotent(change: Change) -> bool:
    """Whether applying `change` twice to one document is as good as once."""
    return "$inc" not in change


def _check_field(name: str) -> None:
    # A field called `id` is taken for `_id` by the embedded server.
    if not _FIELD.fullmatch(name) or name == "id":
        raise UnsafeOperation(f"{name!r} is no field name")


def _check_compared(name: str, value: object) -> None:
    if not (_is_int(value) or isinstance(value, str)):
        raise UnsafeOperation(f"{name} is compared with {value!r}")
    if isinstance(value, str) and ("\x00" in value or _DATE.match(value)):
        raise UnsafeOperation(f"{name}: {value!r} holds a NUL or reads as a date")


def _check_value(value: object) -> None:
    if isinstance(value, bool | float):
        # Set on its own, the embedded server makes 1 of True and keeps 15 digits.
        raise UnsafeOperation(f"{value!r} is exact in a sub-object only: use integers")
    _check_inner(value)


def _check_inner(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise UnsafeOperation(f"{key!r} is no key of a sub-object")
            _check_inner(inner)
    elif isinstance(value, list | tuple):
        for text in value:
            if not isinstance(text, str):
                raise UnsafeOperation("an array holds texts only")
            _check_scalar(text)
    else:
        _check_scalar(value)


def _check_scalar(value: object) -> None:
    if isinstance(value, str):
        safe = "\x00" not in value
    elif isinstance(value, float):
        safe = math.isfinite(value)
    else:
        safe = value is None or isinstance(value, bool) or _is_int(value)
    if not safe:
        raise UnsafeOperation(f"cannot be stored everywhere: {value!r}")


def _is_int(value: object) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and -INT_MAX - 1 <= value <= INT_MAX
    )
