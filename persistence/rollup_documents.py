"""How rollups lie in `dashboard_data`, and how a bucket is put together again.

Partition `m:{grain}:{metric}` holds the totals of a metric, `g:{grain}:{metric}` the
same by tag set. A bucket is the sum of its contributions, a document each, at
position `{start}|{tag key}|{contribution}`:

* `+`       counts live, by `$inc`
* `k{id}`   one call with an idempotency key or event ids, inserted once
* `i{id}`   one batch of an import, inserted once
* `~`       contributions folded into one; `f` names those it stands for, with the
            time of folding. It sorts last: who reads a bucket in order and finds a
            folded contribution gone, or there still, finds it named in `f` as well.

The sum is kept in two integers that no realistic count can overflow: `si` whole
thousands and `sf` the millionths beyond them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.metrics import Grain
from domain.rollups import Cell, Rollup, TagPairs, tag_key
from domain.sketch import is_counter
from kit.ids import derived_id
from persistence.safe import Document

LIVE, KEYED, IMPORTED, FOLDED = "+", "k", "i", "~"
_SPLIT = 1_000_000_000
_FIGURES = ("n", "si", "sf", "lo", "hi", "lv", "lt")
ByTags = dict[TagPairs | None, dict[int, Rollup]]


@dataclass(frozen=True)
class Bucket:
    """Where the contributions to one cell lie."""

    partition: str
    prefix: str

    def position(self, contribution: str) -> str:
        return self.prefix + contribution

    def document_id(self, contribution: str) -> str:
        return derived_id("r", self.partition, self.prefix + contribution)


def bucket_of(cell: Cell) -> Bucket:
    partition = partition_of(cell.metric, cell.grain, by_tags=cell.tags is not None)
    return Bucket(partition, f"{cell.start_ms:013d}|{tag_key(cell.tags)}|")


def partition_of(metric: str, grain: Grain, *, by_tags: bool) -> str:
    return f"{'g' if by_tags else 'm'}:{grain}:{metric}"


def contribution_of(document: Document) -> str:
    """The part of its position that tells it from others to the same bucket."""
    return str(document["b"].rpartition("|")[2])


def added(rollup: Rollup) -> dict[str, int]:
    """The fields that add up."""
    thousands, rest = divmod(rollup.total, _SPLIT)
    return {"n": rollup.n, "si": thousands, "sf": rest, **rollup.sketch}


def figures(rollup: Rollup) -> dict[str, int]:
    """All fields of a rollup."""
    last = {"lv": rollup.last, "lt": rollup.last_ms}
    return {**added(rollup), "lo": rollup.lo, "hi": rollup.hi, **last}


def figure_names(document: Document) -> list[str]:
    """Which of the document's fields are `figures`."""
    return [name for name in document if name in _FIGURES or is_counter(name)]


def rollup_of(document: Document) -> Rollup:
    return Rollup(
        n=document["n"],
        total=document["si"] * _SPLIT + document["sf"],
        lo=document["lo"],
        hi=document["hi"],
        last=document["lv"],
        last_ms=document["lt"],
        sketch={name: count for name, count in document.items() if is_counter(name)},
    )


def place_fields(cell: Cell, contribution: str) -> dict[str, Any]:
    """Partition and position, and the tags where the partition is by tags."""
    bucket = bucket_of(cell)
    fields = {"s": bucket.partition, "b": bucket.position(contribution)}
    return {**fields, **({} if cell.tags is None else {"t": dict(cell.tags)})}


def folded_names(document: Document) -> dict[str, int]:
    """The contributions a `~` document stands for, and when each was folded."""
    pairs = (entry.partition("|") for entry in document.get("f", ()))
    return {name: int(at_ms) for at_ms, _, name in pairs}


def by_bucket(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """The documents of a partition under the prefix of their bucket."""
    buckets: dict[str, list[Document]] = {}
    for document in documents:
        prefix = document["b"].rpartition("|")[0] + "|"
        buckets.setdefault(prefix, []).append(document)
    return buckets


def counting(contributions: Iterable[Document]) -> list[Document]:
    """Those of one bucket that are not in its `~` already."""
    whole = {contribution_of(one): one for one in contributions}
    gone = folded_names(whole[FOLDED]) if FOLDED in whole else {}
    return [one for name, one in whole.items() if name not in gone]


def assemble(buckets: Mapping[str, list[Document]]) -> ByTags:
    """Each bucket's rollup, by tag set (None in totals) and start."""
    assembled: ByTags = {}
    for prefix, contributions in buckets.items():
        tags = contributions[0].get("t")
        pairs = None if tags is None else tuple(sorted(tags.items()))
        start_ms = int(prefix.partition("|")[0])
        rollup = assembled.setdefault(pairs, {}).setdefault(start_ms, Rollup())
        for document in counting(contributions):
            rollup.merge(rollup_of(document))
    return assembled
