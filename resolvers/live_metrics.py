"""Live buckets of metrics: the open one, and those that late points still change."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.calendar import WIDTHS_MS, cut
from domain.errors import InvalidInput
from domain.events import Event, MetricsChanged, Topic
from domain.metric_queries import check_query
from domain.metrics import (
    Aggregate,
    Interval,
    MetricKind,
    MetricPoint,
    MetricSeries,
    MetricsQuery,
    RangeInput,
)
from domain.positions import Gap
from realtime.subscriber import Subscriber
from resolvers.context import Context
from resolvers.live import patiently
from resolvers.series import metrics

CONFLATED_S = 1.0
# A change is told again with each update for this long: a listener that was skipped
# meanwhile has missed nothing, and one that reads nothing for longer is gone.
TOLD_FOR_S = 60.0
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class MetricUpdate:
    """The buckets of a metric that changed lately, oldest first; the open one last."""

    name: str
    unit: str | None
    kind: MetricKind
    aggregate: Aggregate
    interval: Interval
    points: Sequence[MetricPoint]


async def watch_metrics(
    ctx: Context, names: Sequence[str], interval: Interval = Interval.PT1M
) -> AsyncGenerator[MetricUpdate, None]:
    """The open bucket of each metric and the one before it, then each that changes,
    at most once a second; buckets are those of UTC. Never ends.

    Raises:
        InvalidInput: `names` are none, too many or misspelt; `interval` is AUTO.
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    ctx.principal.require_user()
    every = wanted = tuple(dict.fromkeys(names))
    check_query(MetricsQuery(names=every))
    if interval is Interval.AUTO:
        raise InvalidInput.of("interval", "must say how wide a bucket is")

    def accept(event: Event) -> bool:
        return isinstance(event, MetricsChanged) and not known.isdisjoint(event.names)

    known = frozenset(every)
    panel = _Panel(ctx, interval)
    with ctx.services.live.hub.join({Topic.METRICS}, accept=accept) as changes:
        while True:
            looked_for = wanted
            for update in await patiently(lambda: panel.look(looked_for)):  # noqa: B023
                yield update
            await asyncio.sleep(CONFLATED_S)
            changed = await _names(changes)
            wanted = tuple(one for one in every if not changed or one in changed)


async def _names(changes: Subscriber) -> set[str]:
    """Those of all the changes that wait, of one at least; empty means any."""
    item = await anext(changes)
    if isinstance(item, Gap) or not isinstance(item.event, MetricsChanged):
        return set()
    return set(item.event.names)


class _Panel:
    """What one watcher has been told."""

    def __init__(self, ctx: Context, interval: Interval) -> None:
        self._ctx = ctx
        self._interval = interval
        self._points: dict[str, dict[int, MetricPoint]] = {}
        self._told_s: dict[str, dict[int, float]] = {}

    async def look(self, names: Sequence[str]) -> list[MetricUpdate]:
        """What is new under these names."""
        query = MetricsQuery(
            names=tuple(names), range=self._window(), interval=self._interval
        )
        result = await metrics(self._ctx, query)
        updates = [self._update(series) for series in result.series]
        return [update for update in updates if update.points]

    def _window(self) -> RangeInput:
        """Whole buckets, as far back as points are still taken."""
        now_ms, width_ms = self._ctx.now_ms(), WIDTHS_MS[self._interval]
        past_ms = now_ms - 1_000 * self._ctx.limits.metrics_past_s
        margin_ms = 2 * width_ms
        found = cut(
            _UTC, self._interval, max(past_ms - margin_ms, 0), now_ms + margin_ms
        )
        # Its first and last edge are ours, not the calendar's.
        edges = found.edges[1:-1]
        from_ms = max((one for one in edges if one <= past_ms), default=edges[0])
        return RangeInput(
            from_ms=from_ms, to_ms=min(one for one in edges if one > now_ms)
        )

    def _update(self, series: MetricSeries) -> MetricUpdate:
        now_s = asyncio.get_running_loop().time()
        before = self._points.get(series.name)
        points = {point.start_ms: point for point in series.points}
        told = self._told_s.setdefault(series.name, {})
        if before is None:
            fresh = set(sorted(points)[-2:])
        else:
            fresh = {
                start
                for start, point in points.items()
                if point.count and point != before.get(start)
            }
        told.update(dict.fromkeys(fresh, now_s))
        for start in [s for s, at in told.items() if at < now_s - TOLD_FOR_S]:
            del told[start]
        self._points[series.name] = points
        shown = {*told, max(points)} & points.keys() if fresh else set()
        return MetricUpdate(
            name=series.name,
            unit=series.unit,
            kind=series.kind,
            aggregate=series.aggregate,
            interval=self._interval,
            points=[points[start] for start in sorted(shown)],
        )
