"""Recording metrics: who may, what is taken, how often it counts."""

import asyncio

import pytest

from domain.errors import (
    IdempotencyConflict,
    InvalidInput,
    NotAllowed,
    NotAuthenticated,
)
from domain.metrics import (
    MetricKind,
    MetricPointInput,
    MetricsQuery,
    RangeInput,
)
from domain.principal import Role
from resolvers.context import Context, Services
from resolvers.metrics import metric_names, record_metrics
from resolvers.series import metrics
from tests.support.factories import acting, bearing, make_admin, make_api_key, make_user
from tests.support.readings import orders, total

COUNTER, GAUGE, DISTRIBUTION = MetricKind


@pytest.fixture
async def admin(services: Services) -> Context:
    return acting(services, await make_admin(services))


async def test_administrators_and_machines_record_others_do_not(
    services: Services, admin: Context
) -> None:
    user = await make_admin(services)
    machine = await bearing(services, await make_api_key(services, user))
    member = acting(services, await make_user(services, role=Role.MEMBER))

    for may in (admin, machine):
        assert (await record_metrics(may, [orders()])).accepted == 1
    with pytest.raises(NotAllowed):
        await record_metrics(member, [orders()])
    with pytest.raises(NotAuthenticated):
        await record_metrics(acting(services), [orders()])
    assert await total(member) == 2


async def test_machines_do_not_read(services: Services) -> None:
    user = await make_admin(services)
    machine = await bearing(services, await make_api_key(services, user))

    with pytest.raises(NotAllowed):
        await metrics(machine, MetricsQuery(("shop.orders",)))
    with pytest.raises(NotAllowed):
        await metric_names(machine, None)


@pytest.mark.parametrize("count", [0, 1_001])
async def test_a_call_has_1_to_1000_points(admin: Context, count: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await record_metrics(admin, [orders()] * count)

    assert refusal.value.problems[0].field == "points"


async def test_good_points_count_and_bad_ones_are_told_apart(admin: Context) -> None:
    await record_metrics(admin, [orders(5)])

    result = await record_metrics(
        admin,
        [
            orders(1),
            MetricPointInput("no_dots", 1),
            orders(1, at_ms=0),
            MetricPointInput("shop.orders", 1, kind=GAUGE),
            MetricPointInput("shop.orders", 2),
            orders(float("nan")),
        ],
    )

    assert result.accepted == 2
    assert [(one.index, one.code) for one in result.rejected] == [
        (1, "VALIDATION_ERROR"),
        (2, "OUT_OF_WINDOW"),
        (3, "KIND_MISMATCH"),
        (5, "VALIDATION_ERROR"),
    ]
    assert result.rejected[2].message == "kind: shop.orders is a COUNTER, not a GAUGE"
    assert await total(admin) == 8


async def test_tag_sets_beyond_the_limit_are_rejected(admin: Context) -> None:
    most = admin.limits.metrics_tag_sets_per_metric
    points = [orders(1, tags={"shop": str(n)}) for n in range(most + 2)]

    result = await record_metrics(admin, [*points, orders(1)])
    again = await record_metrics(admin, [points[0], points[-1]])

    assert result.accepted == most + 1
    assert [one.index for one in result.rejected] == [most, most + 1]
    assert {one.code for one in result.rejected} == {"CARDINALITY_LIMIT"}
    assert (again.accepted, [one.index for one in again.rejected]) == (1, [1])


@pytest.mark.parametrize(
    "value",
    [
        *("2025-01-01", "a|b,c=d", "$where", "507f1f77bcf86cd799439011", "true", "12"),
        *('O\'Brien "x" \\', "naïve ☃ \U0001f600", "x" * 100, "{}", "%s", "a.b"),
    ],
)
async def test_any_text_is_a_tag_value(admin: Context, value: str) -> None:
    await record_metrics(admin, [orders(1, tags={"id": value})])
    await record_metrics(admin, [orders(2, tags={"id": value})], "key")

    result = await metrics(
        admin,
        MetricsQuery(("shop.orders",), RangeInput(last="PT1H"), group_by=("id",)),
    )

    assert [(one.tags, one.summary.sum) for one in result.series] == [
        ({"id": value}, 3)
    ]


async def test_without_a_key_each_call_counts(admin: Context) -> None:
    for _ in range(3):
        await record_metrics(admin, [orders(2)])

    assert await total(admin) == 6


async def test_with_a_key_a_call_counts_once(admin: Context) -> None:
    points = [orders(2), MetricPointInput("no_dots", 1)]

    results = await asyncio.gather(
        *(record_metrics(admin, points, "key") for _ in range(5))
    )

    assert all(one == results[0] for one in results)
    assert (results[0].accepted, results[0].rejected[0].index) == (1, 1)
    assert await total(admin) == 2


async def test_a_key_used_with_other_points_is_a_conflict(admin: Context) -> None:
    await record_metrics(admin, [orders(2)], "key")

    with pytest.raises(IdempotencyConflict):
        await record_metrics(admin, [orders(3)], "key")


async def test_an_event_counts_once_in_and_across_calls(admin: Context) -> None:
    event = orders(2, event_id="order-1")

    first = await record_metrics(admin, [event, event, orders(1, event_id="order-2")])
    again = await record_metrics(admin, [event, orders(4)], "key")

    assert (first.accepted, again.accepted) == (3, 2)
    assert await total(admin) == 7
