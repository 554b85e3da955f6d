"""The service's own traffic: recorded beside the requests, never in their way."""

import asyncio
from dataclasses import replace

import pytest

from domain.limits import Limits
from domain.metrics import (
    Aggregate,
    Fill,
    MetricKind,
    MetricPointInput,
    MetricSeries,
    MetricsQuery,
    RangeInput,
)
from persistence.mongo import open_mongo
from persistence.repositories import make_repositories
from resolvers import traffic as traffic_module
from resolvers.context import Context, Services
from resolvers.metrics import record_metrics
from resolvers.series import metrics
from resolvers.traffic import TrafficRecorder
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, make_admin

ROUTE = {"route": "/api/v1/users"}


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services))


async def recorded(ctx: Context, name: str, **more: object) -> dict[str, MetricSeries]:
    """The series of the last hour by route."""
    query = MetricsQuery((name,), RangeInput(last="PT1H"), group_by=("route",))
    result = await metrics(ctx, replace(query, **more))  # type: ignore[arg-type]
    return {(one.tags or {})["route"]: one for one in result.series}


async def test_nothing_is_stored_before_the_flush_and_everything_by_it(
    services: Services, admin: Context, database_ops: DatabaseOps
) -> None:
    traffic = services.traffic
    database_ops.clear()
    for milliseconds in range(1, 101):
        traffic.count("api.requests", ROUTE)
        traffic.observe("api.response_ms", ROUTE, milliseconds)
    assert database_ops == []

    await traffic.flush()

    requests = await recorded(admin, "api.requests")
    times = await recorded(admin, "api.response_ms", aggregate=Aggregate.P95)
    assert requests[ROUTE["route"]].summary.sum == 100
    assert times[ROUTE["route"]].unit == "ms"
    assert times[ROUTE["route"]].points[-1].value == pytest.approx(95, rel=0.05)


async def test_a_flush_with_nothing_to_store_costs_nothing(
    services: Services, database_ops: DatabaseOps
) -> None:
    await services.traffic.flush()

    assert database_ops == []


async def test_flushes_add_up(services: Services, admin: Context) -> None:
    for _ in range(3):
        services.traffic.count("api.requests", ROUTE, 2)
        await asyncio.gather(services.traffic.flush(), services.traffic.flush())

    assert (await recorded(admin, "api.requests"))[ROUTE["route"]].summary.sum == 6


async def test_too_many_routes_are_counted_as_one(
    services: Services, admin: Context, clock: ManualClock
) -> None:
    limits = replace(services.limits, metrics_tag_sets_per_metric=3)
    traffic = TrafficRecorder(services.repos, services.live.bus, clock, limits)
    for n in range(5):
        traffic.count("api.requests", {"route": f"graphql:Q{n}"})
    await traffic.flush()

    found = await recorded(admin, "api.requests")

    assert {route: one.summary.sum for route, one in found.items()} == {
        "__other__": 2,
        **{f"graphql:Q{n}": 1 for n in range(3)},
    }
    assert traffic.dropped == 0


@pytest.mark.parametrize(
    ("tags", "value"),
    [
        ({"route": "a\x00"}, 1),
        ({"Route": "a"}, 1),
        ({"route": "x" * 101}, 1),
        ({}, float("nan")),
        ({}, float("inf")),
        ({}, "many"),
    ],
)
def test_what_cannot_be_recorded_is_counted_and_never_raised(
    services: Services, tags: dict[str, str], value: float
) -> None:
    services.traffic.count("api.requests", tags, value)

    assert services.traffic.dropped == 1


async def test_a_name_that_others_took_for_another_kind_is_dropped(
    services: Services, admin: Context
) -> None:
    gauge = MetricPointInput("api.requests", 7, kind=MetricKind.GAUGE)
    await record_metrics(admin, [gauge])

    services.traffic.count("api.requests", ROUTE)
    services.traffic.count("api.errors", ROUTE)
    await services.traffic.flush()

    assert services.traffic.dropped == 1
    assert (await recorded(admin, "api.errors"))[ROUTE["route"]].summary.sum == 1


async def test_what_cannot_be_stored_is_kept_and_stored_later(
    services: Services, admin: Context, clock: ManualClock
) -> None:
    nowhere = open_mongo("mongodb://127.0.0.1:1/", "none", timeout_ms=50)
    away = make_repositories(nowhere, clock, Limits())
    traffic = TrafficRecorder(away, services.live.bus, clock, Limits())
    traffic.count("api.requests", ROUTE, 2)
    await traffic.flush()
    clock.advance(60)
    traffic.count("api.requests", ROUTE, 3)
    await traffic.flush()
    nowhere.close()

    traffic._repos = services.repos  # MongoDB is back
    await traffic.flush()

    series = (await recorded(admin, "api.requests", fill=Fill.NONE))[ROUTE["route"]]
    assert [point.value for point in series.points] == [2, 3]


def test_memory_is_bounded_while_nothing_can_be_stored(
    services: Services, clock: ManualClock
) -> None:
    traffic = TrafficRecorder(services.repos, services.live.bus, clock, services.limits)
    for _ in range(traffic_module.CELLS_MAX + 10):
        traffic.count("api.requests", ROUTE)
        clock.advance(60)

    assert len(traffic._minutes) == traffic_module.CELLS_MAX
    assert traffic.dropped == 10


async def test_a_background_flush_cut_short_is_finished_first(
    services: Services, admin: Context
) -> None:
    services.traffic.count("api.requests", ROUTE)
    running = asyncio.ensure_future(services.traffic.run())
    await asyncio.sleep(0)  # the flush has begun

    running.cancel()
    await asyncio.wait([running])

    assert running.cancelled()
    assert (await recorded(admin, "api.requests"))[ROUTE["route"]].summary.sum == 1
