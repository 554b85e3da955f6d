"""The figures at the head of the dashboard: right, young, and counted rarely."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.settings.settings import Settings
from domain.errors import NotAllowed, NotAuthenticated, Unavailable
from domain.metrics import MetricKind, MetricPointInput
from domain.principal import Role
from domain.stats import DashboardStats, Stat, TimeRange
from persistence.mongo import open_mongo
from persistence.repositories import make_repositories
from resolvers.context import Context, Services
from resolvers.metrics import import_points
from resolvers.stats import sample, stats, touch_stats
from tests.support.clock import ManualClock
from tests.support.database_ops import DatabaseOps
from tests.support.factories import acting, bearing, make_api_key, make_user
from tests.support.outages import flush_all, without_redis

DAY = TimeRange.LAST_24_HOURS
DAY_S = 86_400


@pytest.fixture
async def member(services: Services) -> Context:
    return acting(services, await make_user(services, role=Role.MEMBER))


@contextmanager
def without_mongodb(services: Services) -> Iterator[Services]:
    """A replica that cannot reach MongoDB."""
    nowhere = open_mongo("mongodb://127.0.0.1:1/", "none", timeout_ms=50)
    yield replace(
        services, repos=make_repositories(nowhere, services.clock, services.limits)
    )
    nowhere.close()


async def traffic(
    services: Services, requests: int, errors: int, response_ms: float
) -> None:
    """So many requests, all now."""
    now_ms = services.clock.now_ms()
    counter, distribution = MetricKind.COUNTER, MetricKind.DISTRIBUTION
    points = [
        MetricPointInput("api.requests", requests, now_ms, counter),
        MetricPointInput("api.errors", errors, now_ms, counter),
        MetricPointInput("api.response_ms", response_ms, now_ms, distribution),
    ]
    await import_points(services, f"traffic at {now_ms}", points)


def figures(made: DashboardStats) -> tuple[Stat, Stat, Stat]:
    return made.requests, made.error_rate, made.response_time_ms


async def test_people_ask_machines_do_not(services: Services) -> None:
    user = await make_user(services, role=Role.ADMIN)
    machine = await bearing(services, await make_api_key(services, user))

    with pytest.raises(NotAllowed):
        await stats(machine, DAY)
    with pytest.raises(NotAuthenticated):
        await stats(acting(services), DAY)


async def test_a_fresh_installation_has_zeros_and_nothing_before(
    member: Context,
) -> None:
    made = await stats(member, DAY)

    assert made.total_users == Stat(1, 0)
    assert made.new_users == Stat(1, 0)
    assert made.active_users == Stat(0, None)
    assert figures(made) == (Stat(0, None),) * 3
    assert made.as_of_ms == member.now_ms()
    assert not made.cached


async def test_traffic_is_set_beside_the_period_before(
    services: Services, member: Context, clock: ManualClock
) -> None:
    await traffic(services, 100, 10, 50)
    clock.advance(DAY_S)
    await traffic(services, 150, 3, 80)

    made = await stats(member, DAY)

    assert made.requests == Stat(150, 100)
    assert made.requests.change_pct == 50.0
    assert made.error_rate == Stat(0.02, 0.1)
    assert made.response_time_ms.value == pytest.approx(80, rel=0.02)
    assert made.response_time_ms.previous == pytest.approx(50, rel=0.02)


async def test_people_are_counted_and_set_beside_what_was_sampled(
    services: Services, member: Context, clock: ManualClock
) -> None:
    users = [await make_user(services) for _ in range(3)]
    await services.repos.users.touch({user.id: clock.now_ms() for user in users[:2]})
    presence = services.live.presence
    async with presence.connection(users[0].id, "s_1"):
        await sample(services)
        clock.advance(DAY_S + 1)
        late = await make_user(services)
        await services.repos.users.touch({late.id: clock.now_ms()})
        async with presence.connection(late.id, "s_2"):
            made = await stats(member, DAY)

    assert made.total_users == Stat(5, 4)
    assert made.new_users == Stat(1, 4)
    assert made.active_users == Stat(1, 2)
    assert made.online_users == Stat(2, 1)


@pytest.mark.parametrize("time_range", TimeRange)
async def test_samples_of_the_right_moment_count_for_every_range(
    services: Services, member: Context, clock: ManualClock, time_range: TimeRange
) -> None:
    user = await make_user(services)
    length_s = time_range.length_ms / 1000
    await sample(services)
    clock.advance(length_s)
    async with services.live.presence.connection(user.id, "s_1"):
        await sample(services)

        assert (await stats(member, time_range)).online_users == Stat(1, 0)

        clock.advance(length_s)
        assert (await stats(member, time_range)).online_users == Stat(1, 1)


async def test_figures_are_counted_once_and_then_kept_for_seconds(
    member: Context, clock: ManualClock, database_ops: DatabaseOps
) -> None:
    first = await stats(member, DAY)
    database_ops.clear()

    kept = await stats(member, DAY)

    assert database_ops == []
    assert kept == replace(first, cached=True)
    clock.advance(member.limits.stats_fresh_s)
    again = await stats(member, DAY)
    assert not again.cached
    assert again.version > first.version


async def test_what_one_asked_for_is_there_for_everybody(
    services: Services, member: Context, database_ops: DatabaseOps
) -> None:
    other = acting(services, await make_user(services))
    first = await stats(member, DAY)
    database_ops.clear()

    assert await stats(other, DAY) == replace(first, cached=True)
    assert not (await stats(other, TimeRange.LAST_HOUR)).cached
    assert {op.name for op in database_ops.writes} == set()


async def test_a_write_that_changes_figures_makes_kept_ones_stale(
    services: Services, member: Context
) -> None:
    await stats(member, DAY)
    await make_user(services)

    await touch_stats(member)

    made = await stats(member, DAY)
    assert (made.total_users.value, made.cached) == (2, False)


async def test_20_who_ask_at_once_have_it_counted_once(
    services: Services, member: Context, database_ops: DatabaseOps
) -> None:
    await stats(member, DAY)
    await touch_stats(member)
    database_ops.clear()
    await stats(member, DAY)
    cost = len(database_ops)
    await touch_stats(member)
    database_ops.clear()

    made = await asyncio.gather(*(stats(member, DAY) for _ in range(20)))

    assert len(database_ops) == cost
    assert len({one.version for one in made}) == 1


async def test_without_redis_figures_are_counted_each_time(
    services: Services, member: Context, clock: ManualClock
) -> None:
    alone = replace(member, services=without_redis(services))

    first = await stats(alone, DAY)
    clock.advance(1)
    second = await stats(alone, DAY)

    assert (first.cached, second.cached) == (False, False)
    assert second.version > first.version


async def test_versions_grow_although_redis_forgets_everything(
    settings: Settings, services: Services, member: Context, clock: ManualClock
) -> None:
    versions = []
    for _ in range(3):
        versions.append((await stats(member, DAY)).version)
        flush_all(settings)
        clock.advance(1)

    assert versions == sorted(set(versions))
    assert versions[-1] < 2**31


async def test_while_mongodb_is_away_the_last_figures_are_given(
    services: Services, member: Context, clock: ManualClock
) -> None:
    known = await stats(member, DAY)
    clock.advance(60)

    with without_mongodb(services) as cut_off:
        ctx = replace(member, services=cut_off)
        assert await stats(ctx, DAY) == replace(known, cached=True)
        with pytest.raises(Unavailable):
            await stats(ctx, TimeRange.LAST_HOUR)
