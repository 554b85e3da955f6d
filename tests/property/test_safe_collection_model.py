"""The wrapper against a plain model: some 2,000 random calls, the same answers."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.settings.settings import Settings
from persistence.mongo import Mongo, ensure_indexes, open_mongo
from persistence.safe import Duplicate, SafeCollection, Update
from persistence.subset import INT_MAX, possible_id
from tests.support.model_collection import ModelCollection
from tests.support.servers import empty

# Few ids and few values, so that the calls meet each other.
IDS = ["u_1", "u_2", "0", "~!'\"$.{}%&", "x" * 200, "null", "1e5", "s|b|000"]
MARKED = ["=", "=a", "=2025-01-01", "=a\t", "=é", "=\U0001f600", "=" + "f" * 24, "=A"]
FAR = 10_000
ids = st.sampled_from(IDS) | st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8
).filter(possible_id)
ints = st.integers(-3, 3) | st.integers(-(2**40), 2**40)
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8
) | st.sampled_from(["2025-01-01", "2025-01-01T00:00:00Z", "f" * 24, "null", "1"])
# A field keeps its type, inside of sub-objects too: one engine takes a False that is
# set over a 0 for no change.
typed: dict[str, st.SearchStrategy[Any]] = {
    "text": texts | st.none(),
    "whole": st.integers(-INT_MAX - 1, INT_MAX),
    "list": st.lists(texts, max_size=3),
}
exact_inside = typed | {
    "flag": st.booleans() | st.none(),
    "real": st.floats(allow_nan=False, allow_infinity=False).map(lambda one: one + 0.0),
}
inner = st.fixed_dictionaries({}, optional=exact_inside | {"id": texts, "Key-1": texts})
objects = st.fixed_dictionaries({}, optional=exact_inside | {"inner": inner})
fields = typed | {"obj": objects}


# Every document carries what is filtered and sorted by: `s` text, `v` int, and `b`,
# which is its own id and so unique.
documents = st.builds(
    lambda one, s, v, more: {"_id": one, "b": f"={one}", "s": s, "v": v, **more},
    ids,
    st.sampled_from(MARKED),
    ints,
    st.fixed_dictionaries({}, optional=fields),
)


def _range(operands: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    comparisons = st.sampled_from(["$gt", "$gte", "$lt", "$lte", "$eq", "$ne"])
    return st.dictionaries(comparisons, operands, min_size=1, max_size=2)


equalities = st.dictionaries(
    st.sampled_from(["$eq", "$ne"]), st.sampled_from(MARKED), min_size=1
)


def _some(choice: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=choice).filter(bool)


filters = st.fixed_dictionaries({}, optional={"s": equalities, "v": _range(ints)}) | (
    st.fixed_dictionaries(
        {"b": _range(st.sampled_from(IDS).map(lambda one: f"={one}"))},
        optional={"s": equalities},
    )
)
# Each operator has fields of its own: naming one twice is refused.
changes = st.fixed_dictionaries(
    {"$set": _some({"s": st.just("=a"), "obj": objects})},
    optional={
        "$inc": st.dictionaries(st.sampled_from(["n", "v"]), ints, min_size=1),
        "$min": st.fixed_dictionaries({"lo": ints}),
        "$max": st.fixed_dictionaries({"hi": ints}),
        "$unset": st.just({"text": ""}),
    },
) | st.fixed_dictionaries({"$set": _some(fields)})


def _upsert(document_id: str, change: dict[str, Any], v: int) -> Update:
    """An upsert that leaves a whole document, whether it finds one or not."""
    born = {"b": f"={document_id}", "s": "=a", "v": v}
    for named in change.values():
        born = {name: value for name, value in born.items() if name not in named}
    return Update(document_id, {**change, "$setOnInsert": born}, upsert=True)


upserts = st.builds(_upsert, ids, changes, ints)
updates = upserts | st.builds(Update, ids, changes, st.none() | filters)
sorts = st.sampled_from([("b", 1), ("b", -1)])
shown = st.none() | st.lists(st.sampled_from(["s", "v", "obj", "none"]), unique=True)


def _call(name: str, *arguments: Any, **named: Any) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(name), st.tuples(*arguments), st.fixed_dictionaries(named))


calls = st.one_of(
    _call("get", ids, shown),
    _call("by_ids", st.lists(ids, max_size=6), shown),
    _call("find", filters, limit=st.integers(1, 5), sort=sorts, fields=shown),
    _call("find", filters, limit=st.just(FAR)),
    _call("count", filters),
    _call("count", filters, limit=st.integers(1, 3)),
    _call("insert", documents),
    _call("insert_new", st.lists(documents, max_size=4)),
    _call("update_one", updates),
    _call("update_all", filters, changes),
    _call("bulk", st.lists(updates, max_size=5, unique_by=lambda one: one.id)),
    _call("swap", ids, filters, changes),
    _call("delete", ids),
    _call("delete_ids", st.lists(ids, max_size=3, unique=True)),
    _call("delete_all", filters.filter(bool)),
)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def mongo(servers: Settings, loop: asyncio.AbstractEventLoop) -> Iterator[Mongo]:
    async def opened() -> Mongo:
        mongo = open_mongo(servers.mongodb_uri or "", servers.mongodb_database)
        await ensure_indexes(mongo)
        return mongo

    empty(servers)
    mongo = loop.run_until_complete(opened())
    yield mongo
    mongo.close()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(script=st.lists(calls, min_size=30, max_size=60))
def test_every_call_answers_as_a_plain_model_does(
    mongo: Mongo, loop: asyncio.AbstractEventLoop, script: list[Any]
) -> None:
    loop.run_until_complete(_play(mongo.collection("dashboard_data"), script))


async def _play(real: SafeCollection, script: list[Any]) -> None:
    await real.delete_all({"v": {"$lte": INT_MAX}})
    model = ModelCollection()
    for name, arguments, named in script:
        got = await _answer(real, name, arguments, named)
        expected = await _answer(model, name, arguments, named)
        ordered = "sort" in named
        assert _plain(got, ordered=ordered) == _plain(expected, ordered=ordered), (
            name,
            arguments,
        )
    everything = await real.find({}, limit=FAR)
    assert _plain(everything) == _plain(list(model.documents.values()))


async def _answer(
    collection: Any, name: str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> Any:
    if name == "update_one":
        (one,) = arguments
        name, arguments = "update", (one.id, one.change)
        named = {"where": one.where, "upsert": one.upsert}
    try:
        answer = getattr(collection, name)(*arguments, **named)
        return await answer if asyncio.iscoroutine(answer) else answer
    except Duplicate:
        return Duplicate


def _plain(answer: Any, *, ordered: bool = False) -> Any:
    """Comparable, types told apart (1 from True from 1.0), our stamp left out."""
    if isinstance(answer, dict):
        return repr(sorted((k, _plain(v)) for k, v in answer.items() if k != "ws"))
    if isinstance(answer, list):
        rows = [_plain(row) for row in answer]
        documents = any(isinstance(row, dict) for row in answer)
        return rows if ordered or not documents else sorted(rows)
    return answer if isinstance(answer, set | type) else repr(answer)
