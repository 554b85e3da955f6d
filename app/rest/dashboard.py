"""`/api/v1/dashboard`."""

from collections.abc import Mapping
from typing import Any

from app.rest import bodies, metric_shapes, present, queries, read, shapes
from app.rest.operation import Answer, Call, NoBody
from app.rest.queries import NoQuery
from domain.activity import ActivityDraft
from domain.metrics import MetricPointInput, MetricResult
from resolvers import activity, metrics, series, stats

# What changes with every look at the same figures: not a reason to send them again.
_PASSING = frozenset({"cached", "version", "as_of", "from", "to"})
LIVE_MAX_AGE_S = 5  # what is still growing is looked at again as often
PAST_MAX_AGE_S = 60  # what is over may still be added to, by an import


async def get_stats(call: Call[queries.Stats, NoBody]) -> Answer[shapes.Stats]:
    said = present.dashboard_stats(await stats.stats(call.ctx, call.query.range))
    return Answer(said, tagged=_lasting(said))


async def get_metrics(
    call: Call[queries.Metrics, NoBody],
) -> Answer[metric_shapes.Metrics]:
    found = await series.metrics(call.ctx, call.query.question())
    said = present.metric_columns(found)
    return Answer(
        said,
        headers={"Cache-Control": f"private, max-age={_max_age_s(found)}"},
        tagged=_lasting(said),
    )


async def record_metrics(
    call: Call[NoQuery, bodies.RecordMetrics],
) -> Answer[shapes.RecordResult]:
    points = [
        MetricPointInput(
            name=one.name,
            value=one.value,
            at_ms=one.at,
            kind=one.kind,
            unit=one.unit,
            tags=one.tags,
            event_id=one.event_id,
        )
        for one in call.body.points
    ]
    key = read.idempotency_key(call.request)
    result = await metrics.record_metrics(call.ctx, points, key)
    return Answer(present.record_result(result))


async def list_activity(
    call: Call[queries.Activity, NoBody],
) -> Answer[list[shapes.Activity]]:
    asked = call.query
    newest = await activity.newest_cursor(call.ctx)  # first: nothing falls between
    page = await activity.list_activity(
        call.ctx, first=asked.limit, after=asked.after, where=asked.where()
    )
    entries = await present.activities(call.ctx, page.items)
    following = entries[-1]["cursor"] if page.has_next else None
    return Answer(
        entries,
        pagination={"limit": asked.limit, "next": following, "newest": newest},
    )


async def record_activity(
    call: Call[NoQuery, bodies.RecordActivity],
) -> Answer[shapes.RecordResult]:
    events = [
        ActivityDraft(
            action=one.action,
            summary=one.summary,
            actor_id=one.actor_id,
            target_type=one.target_type,
            target_id=one.target_id,
            target_label=one.target_label,
            severity=one.severity,
            occurred_ms=one.occurred_at,
            event_id=one.event_id,
        )
        for one in call.body.events
    ]
    key = read.idempotency_key(call.request)
    result = await activity.record_activity(call.ctx, events, key)
    return Answer(present.record_result(result))


def _lasting(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name not in _PASSING}


def _max_age_s(found: MetricResult) -> int:
    """How long a cache may keep these figures: at most to the close of the open
    bucket, when they surely change.
    """
    ends = [row.end_ms for one in found.series[:1] for row in one.points]
    still_open = [end for end in ends if end > found.as_of_ms]
    if ends and not still_open:
        return PAST_MAX_AGE_S
    close_ms = still_open[0] - found.as_of_ms if still_open else 0
    return min(LIVE_MAX_AGE_S, close_ms // 1000)
