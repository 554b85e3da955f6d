"""The `metrics` query: series of buckets, true to a time zone's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.calendar import WIDTHS_MS, Buckets, check_zone
from domain.metric_queries import check_query
from domain.metrics import (
    Grain,
    Interval,
    MetricInfo,
    MetricResult,
    MetricSeries,
    MetricsQuery,
)
from domain.points import check_aggregate
from domain.ranges import Range, check_range, choose_buckets, earlier
from domain.series import Stretch, build_series
from kit.tasks import together
from persistence.rollups import Budget
from resolvers.context import Context
from resolvers.rollup_reading import read_buckets

ROLLUPS_MAX = 100_000  # about a second's work
# The coarsest first.
_INTERVALS = {Grain.DAY: Interval.P1D, Grain.HOUR: Interval.PT1H}
_STOOD_IN = {
    Grain.HOUR: "A part of this range is exact to the hour only",
    Grain.DAY: "A part of this range is exact to the day (UTC) only",
}


@dataclass(frozen=True)
class _Question:
    """A checked query, at a moment, and what may still be read for it."""

    ctx: Context
    query: MetricsQuery
    zone: ZoneInfo
    within: Range
    now_ms: int
    budget: Budget


@dataclass(frozen=True)
class _Answer:
    """`stood_in` is the coarsest grain that stood in for rollups no longer kept."""

    interval: Interval
    series: Sequence[MetricSeries]
    stood_in: Grain | None


async def metrics(ctx: Context, query: MetricsQuery) -> MetricResult:
    """Series in the order of the names, groups by size with the rest last.

    Buckets that are grouped or filtered are read by tag set, others from totals. A
    name nothing was ever recorded under is left out, with a warning. AUTO is not
    finer than what is still kept of the range.

    Raises:
        InvalidInput: names the argument (`range.to`, `interval`, `names`, …).
        QueryTooComplex: it takes more than 100,000 rollups.
    """
    ctx.principal.require_user()
    check_query(query)
    zone, now_ms = check_zone(query.time_zone), ctx.now_ms()
    within = check_range(query.range, zone, now_ms)
    question = _Question(ctx, query, zone, within, now_ms, Budget(ROLLUPS_MAX))
    cut = choose_buckets(zone, within, query.interval, query.max_points)
    names = list(dict.fromkeys(query.names))
    known = await ctx.repos.metric_catalog.known(names)
    found = [known[name] for name in names if name in known]
    answer = await _answer(question, found, *cut)
    if query.interval is Interval.AUTO and answer.stood_in is not None:
        kept = _INTERVALS[answer.stood_in]
        if WIDTHS_MS[kept] > WIDTHS_MS[answer.interval]:
            cut = choose_buckets(zone, within, kept, query.max_points)
            answer = await _answer(question, found, *cut)
    warnings = [f"Nothing was ever recorded as {n}" for n in names if n not in known]
    if answer.stood_in is not None:
        warnings.append(_STOOD_IN[answer.stood_in])
    return MetricResult(
        *within, answer.interval, query.time_zone, now_ms, answer.series, warnings
    )


async def _answer(
    question: _Question,
    found: Sequence[MetricInfo],
    interval: Interval,
    buckets: Buckets,
) -> _Answer:
    query = question.query
    before: Buckets | None = None
    if query.compare_to is not None:
        edges = earlier(question.zone, buckets.edges, query.compare_to)
        before = Buckets(edges, buckets.cut_start, buckets.cut_end)
    for metric in found:
        check_aggregate(query.aggregate, metric)
    answers = await together(_series(question, one, buckets, before) for one in found)
    stood_in = {grain for _, grains in answers for grain in grains}
    return _Answer(
        interval,
        series=[one for series, _ in answers for one in series],
        stood_in=next((grain for grain in _INTERVALS if grain in stood_in), None),
    )


async def _series(
    question: _Question, metric: MetricInfo, buckets: Buckets, before: Buckets | None
) -> tuple[list[MetricSeries], set[Grain | None]]:
    cuts = [buckets] if before is None else [buckets, before]
    readings = await together(
        read_buckets(
            question.ctx.repos,
            metric.name,
            cut,
            question.now_ms,
            budget=question.budget,
            by_tags=question.query.by_tags,
        )
        for cut in cuts
    )
    stretches = [
        Stretch(cut, reading.series)
        for cut, reading in zip(cuts, readings, strict=True)
    ]
    earlier_one = stretches[1] if before is not None else None
    series = build_series(
        metric, question.query, stretches[0], earlier_one, question.now_ms
    )
    return series, {reading.stood_in for reading in readings}
