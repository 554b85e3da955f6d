"""What the wrapper refuses before anything is sent."""

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persistence.indexes import INDEXES, sortable
from persistence.subset import (
    INT_MAX,
    UnsafeOperation,
    check_change,
    check_document,
    check_fields,
    check_filter,
    check_limit,
    check_sort,
    possible_id,
)

ID = {"_id": "u_1"}


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"st": {"$eq": 1}},
        {"st": {"$ne": -INT_MAX}, "email_lc": {"$eq": "=2025-01-01"}},
        {"st": {"$eq": 1}, "b": {"$gte": "=é", "$lt": "=\U0010ffff"}},
        {"b": {"$gt": 2**40, "$lte": INT_MAX, "$ne": 7}},
    ],
)
def test_comparisons_of_plain_fields_pass(where: Mapping[str, Any]) -> None:
    check_filter(where)


@pytest.mark.parametrize(
    "where",
    [
        {"st": 1},
        {"st": {}},
        {"st": None},
        {"st": {"$eq": None}},
        {"st": {"$eq": True}},
        {"st": {"$eq": 1.5}},
        {"st": {"$eq": 2**63}},
        {"st": {"$eq": [1]}},
        {"st": {"$eq": {"a": 1}}},
        {"st": {"$in": ["a"]}},
        {"st": {"$not": {"$eq": 1}}},
        {"st": {"$regex": "a"}},
        {"st": {"$exists": True}},
        {"$or": [{"st": {"$eq": 1}}]},
        {"$and": {"$eq": 1}},
        {"_id": {"$gt": "a"}},
        {"_id": {"$eq": "a"}},
        {"id": {"$eq": "a"}},
        {"d.name": {"$eq": "a"}},
        {"$where": {"$eq": "a"}},
        {'x") = ? --': {"$eq": "a"}},
        {"Name": {"$eq": "a"}},
        {"": {"$eq": "a"}},
        {"b": {"$gt": 1}, "c": {"$lt": 1}},
        {"s": {"$eq": "a\x00b"}},
        {"s": {"$eq": "2025-01-01 Ana"}},
        {"s": {"$gt": " 2025/01/01"}},
        {"s": {"$lt": "01-02-2025"}},
        {"s": {"$ne": "01/02/2025"}},
        {"s": {"$eq": "\u0662\u0660\u0662\u0665-\u0660\u0661-\u0660\u0661"}},
    ],
)
def test_any_other_filter_is_refused(where: Any) -> None:
    with pytest.raises(UnsafeOperation):
        check_filter(where)


@pytest.mark.parametrize(
    "change",
    [
        {
            "$set": {
                "a": None,
                "b": {"k": {"deep": 1.5, "flag": True}},
                "c": ["x", "2025-01-01"],
            }
        },
        {"$unset": {"a": ""}, "$inc": {"b": -1}, "$min": {"c": 0}, "$max": {"d": 9}},
        {"$set": {"a": 1}, "$setOnInsert": {"b": "2025-01-01"}},
    ],
)
def test_setting_and_counting_whole_fields_passes(change: Mapping[str, Any]) -> None:
    check_change(change, upsert=True)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"a": 1},
        {"$set": {}},
        {"$set": {"_id": "x"}},
        {"$set": {"id": "x"}},
        {"$set": {"a.b": 1}},
        {"$set": {"a": 1}, "$inc": {"a": 1}},
        {"$push": {"a": "x"}},
        {"$rename": {"a": "b"}},
        {"$inc": {"a": 0.5}},
        {"$inc": {"a": True}},
        {"$inc": {"a": 2**63}},
        {"$max": {"a": "x"}},
        {"$min": {"a": None}},
        {"$set": {"a": True}},
        {"$set": {"a": 0.5}},
        {"$set": {"a": {"k": math.nan}}},
        {"$set": {"a": {"k": math.inf}}},
        {"$set": {"a": "x\x00"}},
        {"$set": {"a": [{"k": 1}]}},
        {"$set": {"a": [1]}},
        {"$set": {"a": {"k.l": 1}}},
        {"$set": {"a": {"$k": 1}}},
        {"$set": {"a": {"": 1}}},
        {"$set": {"a": {1: 1}}},
        {"$set": {"a": b"x"}},
        {"$set": {"a": {1, 2}}},
    ],
)
def test_any_other_change_is_refused(change: Any) -> None:
    with pytest.raises(UnsafeOperation):
        check_change(change, upsert=True)


def test_what_only_an_insert_sets_needs_an_upsert() -> None:
    with pytest.raises(UnsafeOperation):
        check_change({"$setOnInsert": {"a": 1}}, upsert=False)


@pytest.mark.parametrize(
    "document_id",
    ["", "é", "a b", "a\n", "x" * 201, "0123456789abcdefABCDEF01", "2025-01-01|cpu"],
)
def test_an_id_that_some_engine_takes_for_something_else_is_refused(
    document_id: str,
) -> None:
    assert not possible_id(document_id)
    with pytest.raises(UnsafeOperation):
        check_document({"_id": document_id})


@pytest.mark.parametrize("document", [{}, {"_id": 1}, {"_id": None}, ID | {"id": 1}])
def test_a_document_has_a_text_as_its_id_and_no_field_called_so(document: Any) -> None:
    with pytest.raises(UnsafeOperation):
        check_document(document)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=199))
def test_ids_of_our_own_making_pass(rest: str) -> None:
    check_document({"_id": f"u{rest}" if len(rest) != 23 else f"uu{rest}"})


@pytest.mark.parametrize("limit", [0, -1, 25_001])
def test_a_read_has_a_bound(limit: int) -> None:
    with pytest.raises(UnsafeOperation):
        check_limit(limit)


def test_lists_are_sorted_by_one_indexed_field() -> None:
    check_sort(None, sortable("users"))
    check_sort(("csk", -1), sortable("users"))
    for sort in (("st", 1), ("csk", 0), ("_id", 1)):
        with pytest.raises(UnsafeOperation):
            check_sort(sort, sortable("users"))


def test_only_plain_fields_are_asked_for() -> None:
    check_fields(None)
    check_fields(["_id", "csk"])
    with pytest.raises(UnsafeOperation):
        check_fields(["d.name"])


def test_no_two_indexes_share_a_name_on_any_engine() -> None:
    names = [
        "_".join((collection, *index.fields))
        for collection, indexes in INDEXES.items()
        for index in indexes
    ]

    assert len(names) == len(set(names))


def test_unique_indexes_come_first_and_none_holds_the_id() -> None:
    for indexes in INDEXES.values():
        unique = [index.unique for index in indexes]
        assert unique == sorted(unique, reverse=True)
        assert all("_id" not in index.fields for index in indexes)
