"""Whether checked points fit what is known of their metrics."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.metric_rules import CARDINALITY_LIMIT, KIND_MISMATCH, PointRefused, Sample
from domain.metrics import OTHER, MetricInfo, MetricKind
from domain.rollups import TagPairs
from persistence.metric_catalog import MetricCatalogRepository


@dataclass
class Admission:
    """By the index of their point: samples with their kind, and refusals."""

    samples: dict[int, Sample] = field(default_factory=dict)
    refused: dict[int, PointRefused] = field(default_factory=dict)


async def admit(
    catalog: MetricCatalogRepository,
    samples: Mapping[int, Sample],
    now_ms: int,
    *,
    fold: bool = False,
) -> Admission:
    """Make the metrics that are new, and see which points fit theirs.

    A point without a kind has its metric's, GAUGE if that is new. The unit that
    came first stays. Tag sets beyond the limit are refused, or with `fold` counted
    under `__other__`.
    """
    known = await catalog.register(list(_infos(samples).values()))
    admission = Admission()
    for index, sample in samples.items():
        kind = known[sample.name].kind
        if sample.kind in (None, kind):
            admission.samples[index] = replace(sample, kind=kind)
        else:
            message = f"kind: {sample.name} is a {kind}, not a {sample.kind}"
            admission.refused[index] = PointRefused(KIND_MISMATCH, message)
    for name, wanted in _tag_sets(admission.samples).items():
        room = await catalog.admit(name, wanted, now_ms)
        if len(room) < len(wanted):
            await _limit(catalog, admission, name, room, now_ms, fold=fold)
    return admission


async def _limit(
    catalog: MetricCatalogRepository,
    admission: Admission,
    name: str,
    room: set[TagPairs],
    now_ms: int,
    *,
    fold: bool,
) -> None:
    for index, sample in list(admission.samples.items()):
        if sample.name != name or sample.tags in room:
            continue
        if fold:
            rest = tuple((key, OTHER) for key, _ in sample.tags)
            await catalog.admit(name, [rest], now_ms)
            admission.samples[index] = replace(sample, tags=rest)
        else:
            del admission.samples[index]
            message = f"tags: {name} has as many tag sets as it may"
            admission.refused[index] = PointRefused(CARDINALITY_LIMIT, message)


def _infos(samples: Mapping[int, Sample]) -> dict[str, MetricInfo]:
    """What each metric would be if it were new: its first point decides."""
    infos: dict[str, MetricInfo] = {}
    for sample in samples.values():
        kind = sample.kind or MetricKind.GAUGE
        info = MetricInfo(sample.name, kind, sample.unit, (), sample.at_ms)
        first = infos.setdefault(sample.name, info)
        if sample.at_ms < first.first_ms:
            infos[sample.name] = replace(first, first_ms=sample.at_ms)
    return infos


def _tag_sets(samples: Mapping[int, Sample]) -> dict[str, dict[TagPairs, None]]:
    """Those of each metric, in the order they came: the first ones get in."""
    sets: dict[str, dict[TagPairs, None]] = {}
    for sample in samples.values():
        sets.setdefault(sample.name, {})[sample.tags] = None
    return sets
