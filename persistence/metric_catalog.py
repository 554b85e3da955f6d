"""Which metrics there are: partition `catalog` of `dashboard_data`, one each.

The tag sets of a metric are documents of partition `tagset.{metric}`, so that they
can be counted. What is known is kept in the process: kind and unit never change,
and a tag set that was let in stays in.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.limits import Limits
from domain.metrics import LATEST_MS, OTHER, MetricInfo, MetricKind
from domain.rollups import TagPairs, tag_key
from kit.ids import derived_id
from kit.times import DAY_MS
from persistence.safe import Document, SafeCollection, Update

PARTITION = "catalog"
METRICS_MAX = 10_000
_KEY = "k_"  # fields named so say which tag keys were seen
_SLACK = 1_000  # sets beyond the limit that processes may have let in at once
_RELOAD_MS = 5_000  # a full metric is looked at again: its oldest sets may be gone


@dataclass
class _TagSets:
    """When each known set may be swept, by its key; and when all were last read."""

    expires_ms: dict[str, int] = field(default_factory=dict)
    loaded_ms: int = -_RELOAD_MS


class MetricCatalogRepository:
    """Names, kinds, units and tag sets."""

    def __init__(self, data: SafeCollection, limits: Limits) -> None:
        self._data = data
        self._most = limits.metrics_tag_sets_per_metric
        self._keep_ms = limits.metrics_keep_days_days * DAY_MS
        self._known: dict[str, MetricInfo] = {}
        self._sets: dict[str, _TagSets] = {}

    async def known(self, names: Iterable[str]) -> Mapping[str, MetricInfo]:
        """Those that exist, by name; their tag keys may be out of date."""
        wanted = set(names)
        missing = {_id(name) for name in wanted if name not in self._known}
        for document in await self._data.by_ids(sorted(missing)) if missing else ():
            self._remember(_info(document))
        return {name: self._known[name] for name in wanted if name in self._known}

    async def register(self, infos: Sequence[MetricInfo]) -> Mapping[str, MetricInfo]:
        """As `known`, with those made that did not exist; who comes first decides."""
        known = await self.known(info.name for info in infos)
        new = [info for info in infos if info.name not in known]
        if new:
            await self._data.insert_new([_document(info) for info in new])
        for info in infos:
            if info.name in known and info.first_ms < known[info.name].first_ms:
                change = {"$min": {"first": info.first_ms}}
                await self._data.update(_id(info.name), change)
                self._known.pop(info.name, None)
        return await self.known(info.name for info in infos)

    async def admit(
        self, name: str, tag_sets: Collection[TagPairs], now_ms: int
    ) -> set[TagPairs]:
        """Those of the sets that the metric has, or has room for.

        The empty set and the one that stands for the rest are always let in. When
        several processes meet the limit at once, a few sets more may be.
        """
        wanted = {tag_key(tags): tags for tags in tag_sets if tags}
        sets = await self._tag_sets(name, wanted, now_ms)
        room = self._most - len(sets.expires_ms)
        admitted: dict[str, TagPairs] = {}
        for key, tags in wanted.items():
            if key in sets.expires_ms or _is_rest(tags):
                admitted[key] = tags
            elif room > 0:
                room -= 1
                admitted[key] = tags
        await self._keep(name, admitted, sets, now_ms)
        return {tags for tags in tag_sets if not tags or tag_key(tags) in admitted}

    async def search(self, text: str | None, *, limit: int) -> list[MetricInfo]:
        """Metrics whose name contains `text`, by name; at most `limit`."""
        found: list[MetricInfo] = []
        bounds: dict[str, str] = {"$gte": ""}
        while len(found) < limit:
            where = {"s": {"$eq": PARTITION}, "b": bounds}
            page = await self._data.find(where, sort=("b", 1), limit=METRICS_MAX)
            found += [_info(one) for one in page if not text or text in one["b"]]
            if len(page) < METRICS_MAX:
                break
            bounds = {"$gt": page[-1]["b"]}
        return found[:limit]

    async def _tag_sets(
        self, name: str, wanted: Iterable[str], now_ms: int
    ) -> _TagSets:
        sets = self._sets.setdefault(name, _TagSets())
        unknown = any(key not in sets.expires_ms for key in wanted)
        if unknown and now_ms - sets.loaded_ms >= _RELOAD_MS:
            where = {"s": {"$eq": _partition(name)}, "b": {"$gte": ""}}
            fields = ("b", "exp")
            rows = await self._data.find(
                where, limit=self._most + _SLACK, fields=fields
            )
            sets.expires_ms = {row["b"]: row["exp"] for row in rows}
            sets.loaded_ms = now_ms
        return sets

    async def _keep(
        self, name: str, tag_sets: Mapping[str, TagPairs], sets: _TagSets, now_ms: int
    ) -> None:
        """Store sets that are new, and put off the end of those in use."""
        stale_ms = now_ms + self._keep_ms // 2
        due = [key for key in tag_sets if sets.expires_ms.get(key, 0) < stale_ms]
        if not due:
            return
        expires_ms = now_ms + self._keep_ms
        place = _partition(name)
        await self._data.bulk(
            [
                Update(
                    derived_id("ts", place, key),
                    {
                        "$setOnInsert": {"s": place, "b": key},
                        "$max": {"exp": expires_ms},
                    },
                    upsert=True,
                )
                for key in due
            ]
        )
        keys = {_KEY + key: 1 for one in due for key, _ in tag_sets[one]}
        await self._data.update(_id(name), {"$set": keys})
        sets.expires_ms |= dict.fromkeys(due, expires_ms)

    def _remember(self, info: MetricInfo) -> None:
        if len(self._known) >= METRICS_MAX:
            self._known.clear()
            self._sets.clear()
        self._known[info.name] = info


def _id(name: str) -> str:
    return derived_id("mc", name)


def _partition(name: str) -> str:
    return f"tagset.{name}"


def _is_rest(tags: TagPairs) -> bool:
    return all(value == OTHER for _, value in tags)


def _document(info: MetricInfo) -> Document:
    return {
        "_id": _id(info.name),
        "s": PARTITION,
        "b": info.name,
        "exp": LATEST_MS,
        "kind": info.kind.value,
        "unit": info.unit,
        "first": info.first_ms,
    }


def _info(document: Document) -> MetricInfo:
    keys = (name[len(_KEY) :] for name in document if name.startswith(_KEY))
    return MetricInfo(
        name=document["b"],
        kind=MetricKind(document["kind"]),
        unit=document["unit"],
        tag_keys=tuple(sorted(keys)),
        first_ms=document["first"],
    )
