"""Series by tag values: which tag sets make one, and which are shown."""

from collections.abc import Mapping, Sequence

from domain.metrics import OTHER, MetricKind, TagFilter
from domain.rollups import Rollup, TagPairs, merged

Groups = Mapping[TagPairs, Sequence[Rollup]]


def group(
    by_tags: Groups, keys: Sequence[str], filters: Sequence[TagFilter]
) -> dict[TagPairs, list[Rollup]]:
    """The tag sets that pass all filters, merged by their values of `keys`.

    A tag set without one of the keys has the value "" there.
    """
    groups: dict[TagPairs, list[Rollup]] = {}
    for pairs, rollups in by_tags.items():
        tags = dict(pairs)
        if all(tags.get(one.key) in one.values for one in filters):
            key = tuple((name, tags.get(name, "")) for name in keys)
            _merge_into(groups, key, rollups)
    return groups


def fold(
    groups: Groups, keep: Sequence[TagPairs], keys: Sequence[str]
) -> dict[TagPairs, list[Rollup]]:
    """The groups to keep, in their order, then the rest as one, if there is any."""
    rest = tuple((name, OTHER) for name in keys)
    folded: dict[TagPairs, list[Rollup]] = {}
    for key in keep:
        if key in groups:
            _merge_into(folded, key, groups[key])
    for key in groups:
        if key not in keep:
            _merge_into(folded, rest, groups[key])
    return folded


def ranked(groups: Groups, kind: MetricKind) -> list[TagPairs]:
    """The largest first: by sum for a COUNTER, by number of points for others."""

    def size(key: TagPairs) -> tuple[int, TagPairs]:
        whole = merged(groups[key])
        return -(whole.total if kind is MetricKind.COUNTER else whole.n), key

    return sorted(groups, key=size)


def _merge_into(
    groups: dict[TagPairs, list[Rollup]], key: TagPairs, rollups: Sequence[Rollup]
) -> None:
    if key not in groups:
        groups[key] = [Rollup() for _ in rollups]
    for mine, more in zip(groups[key], rollups, strict=True):
        mine.merge(more)
