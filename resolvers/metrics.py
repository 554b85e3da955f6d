"""Recording metrics, and which there are. Reading them is `resolvers.series`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from domain.errors import InvalidInput
from domain.metric_rules import PointRefused, Sample, Window, check_point
from domain.metrics import MetricInfo, MetricPointInput, RecordResult, Rejection
from domain.rollups import roll_up
from domain.users import check_search
from persistence.journals import Call
from persistence.rollup_documents import IMPORTED
from resolvers.admission import admit
from resolvers.context import Context, Services
from resolvers.idempotency import once
from resolvers.recording import record_live, record_once, tell

NAMES_MAX = 1_000
FOLDS_PER_BATCH = 100


async def record_metrics(
    ctx: Context,
    points: Sequence[MetricPointInput],
    idempotency_key: str | None = None,
) -> RecordResult:
    """Count the points that are right; the others are told apart by their index.

    With an idempotency key the call, and with an event id the point, counts exactly
    once however often it is sent. Without either it counts as often as it is sent,
    and after `Unavailable` some of it may have been counted.

    Raises:
        NotAllowed: neither an administrator nor an API key.
        InvalidInput: no points, or more than `limits.metrics_points_per_call`.
    """
    ctx.principal.require_recorder()
    most = ctx.limits.metrics_points_per_call
    if not 1 <= len(points) <= most:
        raise InvalidInput.of("points", f"must hold 1 to {most} points")

    async def run(key_id: str) -> Any:
        return await _record(ctx, points, key_id if idempotency_key else None)

    answer = await once(ctx, "metrics", idempotency_key, points, run)
    rejected = [Rejection(*one) for one in answer["rejected"]]
    return RecordResult(answer["accepted"], rejected)


async def metric_names(ctx: Context, search: str | None) -> list[MetricInfo]:
    """Metrics whose name contains `search`, in order of name; at most 1,000."""
    ctx.principal.require_user()
    text = check_search(search)
    return await ctx.repos.metric_catalog.search(text, limit=NAMES_MAX)


async def import_points(
    services: Services, batch_id: str, points: Sequence[MetricPointInput]
) -> int:
    """Count points of any age, for an operator; how many were, none the second time.

    `batch_id` names this batch of points: importing it again, after a crash or on
    purpose, changes nothing for as long as the rollups are kept. Tag sets beyond
    the limit are counted under `__other__`.

    Raises:
        InvalidInput: a point breaks a rule or is of another kind than its metric;
            then nothing of the batch is counted.
    """
    now_ms = services.clock.now_ms()
    samples, refused = _checked(points, Window(now_ms))
    catalog = services.repos.metric_catalog
    if not refused:
        admission = await admit(catalog, samples, now_ms, fold=True)
        refused = admission.refused
    for index, refusal in refused.items():
        raise InvalidInput.of(f"points.{index}", refusal.message)
    digest = hashlib.sha256(batch_id.encode()).hexdigest()[:32]
    rollups = roll_up(admission.samples.values())
    stored = await services.repos.rollups.insert(rollups, IMPORTED + digest, now_ms)
    await services.repos.rollups.folding.run(now_ms, most=FOLDS_PER_BATCH)
    await tell(services.live.bus, (point.name for point in points), now_ms)
    return len(points) if stored else 0


async def _record(
    ctx: Context, points: Sequence[MetricPointInput], key_id: str | None
) -> Any:
    now_ms = ctx.now_ms()
    window = Window(
        now_ms,
        from_ms=now_ms - 1000 * ctx.limits.metrics_past_s,
        to_ms=now_ms + 1000 * ctx.limits.metrics_future_s,
    )
    samples, refused = _checked(points, window)
    admission = await admit(ctx.repos.metric_catalog, samples, now_ms)
    refused |= admission.refused
    answer = {
        "accepted": len(admission.samples),
        "rejected": [
            [index, refused[index].code, refused[index].message]
            for index in sorted(refused)
        ],
    }
    distinct = _distinct(admission.samples)
    if key_id is None and not any(sample.event_id for sample in distinct):
        await record_live(ctx.repos, distinct, now_ms)
    else:
        call = Call(distinct, answer, _hash(points))
        try:
            answer = await record_once(ctx.repos, key_id, call, now_ms)
        except ValueError as err:
            raise InvalidInput.of("points", str(err)) from err
    await tell(ctx.services.live.bus, (one.name for one in distinct), now_ms)
    return answer


def _hash(points: Sequence[MetricPointInput]) -> str:
    # The standard library's JSON: points not yet checked may hold what ours refuses.
    text = json.dumps([asdict(point) for point in points], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _checked(
    points: Sequence[MetricPointInput], window: Window
) -> tuple[dict[int, Sample], dict[int, PointRefused]]:
    """By index: what the points stand for, and why some do not."""
    samples: dict[int, Sample] = {}
    refused: dict[int, PointRefused] = {}
    for index, point in enumerate(points):
        try:
            samples[index] = check_point(point, window)
        except PointRefused as err:
            refused[index] = err
    return samples, refused


def _distinct(samples: Mapping[int, Sample]) -> list[Sample]:
    """All but the repeats of an event within the call."""
    kept: dict[object, Sample] = {}
    for index, sample in samples.items():
        key = (sample.name, sample.event_id) if sample.event_id else index
        kept.setdefault(key, sample)
    return list(kept.values())
