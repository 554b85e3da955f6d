"""The figures of the demo workspace: a web shop with days, nights and weekends.

Everything follows from the moment alone, so that the same moment always has the
same figures.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence

from domain.metrics import MetricKind, MetricPointInput
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS, to_datetime

ROUTES = {  # share of the requests, and their usual time in ms
    "/api/v1/dashboard/stats": (0.5, 38.0),
    "/api/v1/dashboard/metrics": (0.3, 64.0),
    "/api/v1/users": (0.2, 19.0),
}
REGIONS = (("eu", 0.6), ("us", 0.4))
REQUESTS_PER_S = 4.0  # at the busiest hour of a workday
ERROR_SHARE = 0.008
WEEKEND = 0.45  # of a workday's load
NIGHT = 0.2  # of the busiest hour's
BUSIEST_HOUR = 14
SATURDAY = 5
RESPONSES_SHOWN = 8  # of each slot
Plan = Sequence[tuple[int, int]]
# From how long ago on, one slot for each so many milliseconds: as fine as charts of
# such a range show it, and so few that a first start takes seconds (20,000 documents).
PLAN: Plan = (
    (14 * DAY_MS, HOUR_MS),
    (2 * DAY_MS, 5 * MINUTE_MS),
    (HOUR_MS, MINUTE_MS),
)


def load_at(at_ms: int) -> float:
    """How busy the shop is, from 0 to 1."""
    at = to_datetime(at_ms)
    hours_off = at.hour + at.minute / 60 - BUSIEST_HOUR
    day = (1 + math.cos(hours_off / 24 * 2 * math.pi)) / 2
    week = WEEKEND if at.weekday() >= SATURDAY else 1.0
    return (NIGHT + (1 - NIGHT) * day) * week


def slots(end_ms: int, plan: Plan = PLAN) -> Iterator[tuple[int, int]]:
    """Start and width of each stretch that gets points, oldest first."""
    ends = [end_ms - age_ms for age_ms, _ in plan[1:]] + [end_ms]
    for (age_ms, width_ms), until_ms in zip(plan, ends, strict=True):
        for at_ms in range(end_ms - age_ms, until_ms, width_ms):
            yield at_ms, width_ms


def points_of(at_ms: int, width_ms: int) -> Iterator[MetricPointInput]:
    """All that happened in the `width_ms` from `at_ms` on."""
    chance = random.Random(f"demo {at_ms}")  # noqa: S311  figures, not secrets
    load = load_at(at_ms) * chance.uniform(0.85, 1.15)
    requests = REQUESTS_PER_S * load * width_ms / 1000
    for points in (
        _traffic(at_ms, requests, load, chance),
        _business(at_ms, requests, chance),
        _machine(at_ms, load, chance),
    ):
        yield from (point for point in points if point.value)


def _traffic(
    at_ms: int, requests: float, load: float, chance: random.Random
) -> Iterator[MetricPointInput]:
    for route, (share, _) in ROUTES.items():
        hits = _about(requests * share, chance)
        yield _count("api.requests", at_ms, hits, {"route": route})
    # Of one route each time, as every tag set costs a document.
    route = chance.choice(list(ROUTES))
    tags = {"route": route}
    yield _count("api.errors", at_ms, _about(requests * ERROR_SHARE, chance), tags)
    for _ in range(RESPONSES_SHOWN if requests > RESPONSES_SHOWN else 1):
        taken_ms = ROUTES[route][1] * (1 + load) * chance.lognormvariate(0, 0.5)
        kind = MetricKind.DISTRIBUTION
        yield MetricPointInput(
            "api.response_ms", round(taken_ms, 2), at_ms, kind, "ms", tags
        )


def _business(
    at_ms: int, requests: float, chance: random.Random
) -> Iterator[MetricPointInput]:
    orders = {region: _about(requests * n * 0.01, chance) for region, n in REGIONS}
    for region, made in orders.items():
        yield _count("shop.orders", at_ms, made, {"region": region})
    earned = round(sum(orders.values()) * chance.uniform(20, 90), 2)
    counter = MetricKind.COUNTER
    yield MetricPointInput("shop.revenue", earned, at_ms, counter, "EUR")
    yield _count("shop.signups", at_ms, _about(requests * 0.001, chance), {})


def _machine(
    at_ms: int, load: float, chance: random.Random
) -> Iterator[MetricPointInput]:
    cpu = min(max(12 + 60 * load + chance.gauss(0, 4), 1), 99)
    gauge, tags = MetricKind.GAUGE, {"host": "web-1"}
    yield MetricPointInput("system.cpu", round(cpu, 1), at_ms, gauge, "%", tags)


def _count(
    name: str, at_ms: int, value: int, tags: Mapping[str, str]
) -> MetricPointInput:
    return MetricPointInput(name, value, at_ms, MetricKind.COUNTER, None, tags)


def _about(expected: float, chance: random.Random) -> int:
    """A whole number around `expected`, which it is on average."""
    whole = math.floor(expected)
    return whole + (chance.random() < expected - whole)
