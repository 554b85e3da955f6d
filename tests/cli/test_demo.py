"""The demo workspace: made once, deterministically, and kept alive."""

import asyncio
from collections.abc import Sequence

import pytest

from app.background import owned
from app.cli.main import main
from app.demo import workspace as demo
from app.demo.activity import history
from app.demo.metrics import points_of, slots
from app.demo.people import DEMO, PEOPLE
from app.settings.rules import PREFIX
from domain.metrics import Interval, MetricSeries, MetricsQuery, RangeInput
from domain.stats import TimeRange
from domain.users import AccountStatus, UserFilter
from kit.times import DAY_MS, HOUR_MS, MINUTE_MS
from resolvers.activity import list_activity
from resolvers.auth import login
from resolvers.context import Context, Services
from resolvers.metrics import metric_names
from resolvers.series import metrics
from resolvers.stats import stats
from resolvers.users import count_users, list_users
from tests.support.clock import ManualClock
from tests.support.commands import ADMIN
from tests.support.factories import acting

# Two days by the hour: as good for a promise, and made in a moment.
BRIEF = ((2 * DAY_MS, HOUR_MS),)


async def figures(services: Services) -> Sequence[MetricSeries]:
    now_ms = services.clock.now_ms()
    ctx = Context(services, ADMIN)
    names = tuple(info.name for info in await metric_names(ctx, None))
    query = MetricsQuery(
        names=names,
        range=RangeInput(now_ms - 15 * DAY_MS, now_ms + MINUTE_MS),
        interval=Interval.PT1H,
    )
    return (await metrics(ctx, query)).series


async def test_the_workspace_has_people_figures_and_a_past(services: Services) -> None:
    sign_in = await demo.seed(services, BRIEF)

    ctx = Context(services, ADMIN)
    people = (await list_users(ctx, first=100)).items
    assert {person.name for person in people} == {person.name for person in PEOPLE}
    assert len(people) == 20
    assert sum(person.seen_ms > 0 for person in people) > 10
    disabled = UserFilter(status=AccountStatus.DISABLED)
    assert await count_users(ctx, disabled) == 1
    entries = (await list_activity(ctx, first=100)).items
    assert len(entries) > 20
    assert all(entry.occurred_ms <= services.clock.now_ms() for entry in entries)
    by_name = {series.name: series for series in await figures(services)}
    assert set(by_name) == {
        "api.requests",
        "api.errors",
        "api.response_ms",
        "shop.orders",
        "shop.revenue",
        "shop.signups",
        "system.cpu",
    }
    hours = [point for point in by_name["api.requests"].points if point.count]
    assert len(hours) == 2 * 24
    shown = await stats(ctx, TimeRange.LAST_24_HOURS)
    assert shown.requests.value > 10_000
    assert shown.requests.previous is not None
    assert sign_in.email == "demo@example.com"


async def test_the_demo_sign_in_works_and_is_an_administrators(
    services: Services,
) -> None:
    sign_in = await demo.seed(services, BRIEF)

    assert sign_in.password is not None
    signed_in = await login(acting(services), sign_in.email, sign_in.password)
    assert signed_in.user.id == DEMO.id
    assert signed_in.user.role is DEMO.role


async def test_a_second_start_adds_nothing(
    services: Services, clock: ManualClock
) -> None:
    first = await demo.seed(services, BRIEF)
    before = await figures(services)
    ctx = Context(services, ADMIN)
    people = (await list_users(ctx, first=100)).items
    entries = (await list_activity(ctx, first=100)).items

    again = await demo.seed(services, BRIEF)

    assert again == first
    assert await figures(services) == before
    assert (await list_users(ctx, first=100)).items == people
    assert (await list_activity(ctx, first=100)).items == entries


async def test_a_start_cut_short_is_made_good_by_the_next(
    services: Services, clock: ManualClock
) -> None:
    made = asyncio.create_task(demo.seed(services, BRIEF))
    # Somewhere in the middle: the people are there, the administrator is not yet.
    while not await services.repos.users.get(PEOPLE[-1].id):  # noqa: ASYNC110
        await asyncio.sleep(0)
    made.cancel()
    await asyncio.wait([made])
    assert await services.repos.users.get(DEMO.id) is None
    clock.advance(5)

    await demo.seed(services, BRIEF)

    requests = next(s for s in await figures(services) if s.name == "api.requests")
    end_ms = services.clock.now_ms() - 5_000
    expected = sum(
        point.value
        for span in slots(end_ms, BRIEF)
        for point in points_of(*span)
        if point.name == "api.requests"
    )
    assert requests.summary.sum == expected


async def test_a_password_somebody_has_set_is_neither_told_nor_changed(
    services: Services,
) -> None:
    await demo.seed(services, BRIEF)
    stored = await services.passwords.hash("a password of their own")
    await services.repos.users.set_password(DEMO.id, stored, services.clock.now_ms())

    assert (await demo.seed(services, BRIEF)).password is None
    found = await services.repos.users.credentials(DEMO.id)
    assert found is not None
    assert found[1] == stored


def test_production_refuses_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "ENV": "production",
        "JWT_SECRET": "7c1f0ab2e94d4c6d8a35b1e07f2496cd",
        "MONGODB_URI": "mongodb://mongo.invalid",
        "REDIS_URL": "rediss://redis.invalid:6380",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)

    assert main(["serve", "--demo"]) == 1
    assert "not for production" in capsys.readouterr().err


def test_the_same_moment_has_the_same_past(clock: ManualClock) -> None:
    now_ms = clock.now_ms()

    past = (now_ms - 14 * DAY_MS, now_ms)
    assert list(history(*past)) == list(history(*past))
    assert list(points_of(now_ms, MINUTE_MS)) == list(points_of(now_ms, MINUTE_MS))


async def test_life_goes_on_until_it_is_stopped(
    services: Services, clock: ManualClock
) -> None:
    ctx = Context(services, ADMIN)

    async with owned("demo", demo.keep_moving(services, tick_s=0.001)):
        while not (await list_activity(ctx)).items:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0.001)

    moved = {series.name for series in await figures(services)}
    assert {"api.requests", "system.cpu"} <= moved
