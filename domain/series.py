"""The series of an answer, made from the rollups of its buckets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.calendar import Buckets
from domain.grouping import fold, group, ranked
from domain.metrics import (
    MetricComparison,
    MetricInfo,
    MetricSeries,
    MetricsQuery,
)
from domain.points import check_aggregate, points, summary
from domain.rollups import Rollup, TagPairs, merged
from domain.stats import Stat


@dataclass(frozen=True)
class Stretch:
    """A metric's rollups for each bucket of a range, by tag set or under None."""

    buckets: Buckets
    rollups: Mapping[TagPairs | None, Sequence[Rollup]]

    def grouped(self, query: MetricsQuery) -> dict[TagPairs, list[Rollup]]:
        """By the values grouped by, which are none without `group_by`."""
        if not query.by_tags:
            return {(): list(self.rollups[None])}
        by_tags = {tags or (): rollups for tags, rollups in self.rollups.items()}
        groups = group(by_tags, query.group_by, query.filters)
        return groups if query.group_by else groups or {(): self.empty()}

    def empty(self) -> list[Rollup]:
        return [Rollup() for _ in range(len(self.buckets))]


def build_series(
    metric: MetricInfo,
    query: MetricsQuery,
    asked: Stretch,
    before: Stretch | None,
    now_ms: int,
) -> list[MetricSeries]:
    """One series, or one for each group: the largest first, the rest as the last.

    Groups that have points only in the stretch to compare with come after those
    that have some in the range.
    """
    groups = asked.grouped(query)
    earlier = {} if before is None else before.grouped(query)
    shown = ranked(groups, metric.kind)
    shown += [key for key in ranked(earlier, metric.kind) if key not in groups]
    shown = shown[: query.top_series]
    groups = fold(groups, shown, query.group_by)
    earlier = fold(earlier, shown, query.group_by)
    drawing = _Drawing(metric, query, now_ms)
    series = []
    for key in dict.fromkeys([*shown, *groups, *earlier]):
        one = drawing.series(key, asked.buckets, groups.get(key) or asked.empty())
        if before is not None:
            rollups = earlier.get(key) or before.empty()
            value = drawing.figure(asked.buckets, groups.get(key) or ())
            compared = drawing.comparison(before.buckets, rollups, value)
            one = replace(one, comparison=compared)
        series.append(one)
    return series


@dataclass(frozen=True)
class _Drawing:
    """What all series of one metric have in common."""

    metric: MetricInfo
    query: MetricsQuery
    now_ms: int

    def series(
        self, key: TagPairs, buckets: Buckets, rollups: Sequence[Rollup]
    ) -> MetricSeries:
        aggregate = check_aggregate(self.query.aggregate, self.metric)
        return MetricSeries(
            name=self.metric.name,
            unit=self.metric.unit,
            kind=self.metric.kind,
            aggregate=aggregate,
            tags=dict(key) if self.query.group_by else None,
            points=points(buckets, rollups, aggregate, self.query.fill, self.now_ms),
            summary=summary(merged(rollups)),
        )

    def comparison(
        self, buckets: Buckets, rollups: Sequence[Rollup], value: float | None
    ) -> MetricComparison:
        """The earlier stretch, and how `value` changed from there."""
        aggregate = check_aggregate(self.query.aggregate, self.metric)
        earlier = self.figure(buckets, rollups)
        return MetricComparison(
            from_ms=buckets.edges[0],
            to_ms=buckets.edges[-1],
            points=points(buckets, rollups, aggregate, self.query.fill, self.now_ms),
            summary=summary(merged(rollups)),
            change_pct=None if value is None else Stat(value, earlier).change_pct,
        )

    def figure(self, buckets: Buckets, rollups: Sequence[Rollup]) -> float | None:
        """The aggregate over all the buckets."""
        aggregate = check_aggregate(self.query.aggregate, self.metric)
        seconds = (buckets.edges[-1] - buckets.edges[0]) / 1000
        return merged(rollups).value(aggregate, seconds)
