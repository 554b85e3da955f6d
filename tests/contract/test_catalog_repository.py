"""The catalogue of metrics: who comes first decides, and tag sets are capped."""

import asyncio

import pytest

from domain.limits import Limits
from domain.metrics import OTHER, MetricInfo, MetricKind
from domain.rollups import TagPairs
from kit.times import DAY_MS
from persistence.metric_catalog import MetricCatalogRepository
from persistence.mongo import Mongo
from tests.support.database_ops import DatabaseOps

NOW = 1_750_500_000_000
LIMITS = Limits(metrics_tag_sets_per_metric=3)
ORDERS = MetricInfo("shop.orders", MetricKind.COUNTER, "orders", (), NOW)


@pytest.fixture
def catalog(mongo: Mongo) -> MetricCatalogRepository:
    return MetricCatalogRepository(mongo.collection("dashboard_data"), LIMITS)


@pytest.fixture
def elsewhere(mongo: Mongo) -> MetricCatalogRepository:
    """The same catalogue, seen by another process."""
    return MetricCatalogRepository(mongo.collection("dashboard_data"), LIMITS)


def tags(value: str) -> TagPairs:
    return (("shop", value),)


async def test_a_metric_is_what_its_first_point_said(
    catalog: MetricCatalogRepository, elsewhere: MetricCatalogRepository
) -> None:
    other = MetricInfo("shop.orders", MetricKind.GAUGE, "pieces", (), NOW + 1)

    await catalog.register([ORDERS])

    assert await elsewhere.register([other]) == {"shop.orders": ORDERS}


async def test_of_two_processes_that_make_it_at_once_both_believe_one(
    catalog: MetricCatalogRepository, elsewhere: MetricCatalogRepository
) -> None:
    other = MetricInfo("shop.orders", MetricKind.GAUGE, None, (), NOW)

    one, two = await asyncio.gather(
        catalog.register([ORDERS]), elsewhere.register([other])
    )

    assert one == two


async def test_an_older_point_moves_the_beginning(
    catalog: MetricCatalogRepository,
) -> None:
    await catalog.register([ORDERS])
    older = MetricInfo("shop.orders", MetricKind.COUNTER, None, (), NOW - DAY_MS)

    found = await catalog.register([older])

    assert found["shop.orders"].first_ms == NOW - DAY_MS
    assert found["shop.orders"].unit == "orders"


async def test_what_is_known_is_not_asked_again(
    catalog: MetricCatalogRepository, database_ops: DatabaseOps
) -> None:
    await catalog.register([ORDERS])
    await catalog.admit("shop.orders", [tags("a")], NOW)
    database_ops.clear()

    await catalog.register([ORDERS])
    await catalog.admit("shop.orders", [tags("a")], NOW)

    assert database_ops == []


async def test_tag_sets_are_let_in_up_to_the_limit(
    catalog: MetricCatalogRepository, elsewhere: MetricCatalogRepository
) -> None:
    await catalog.register([ORDERS])
    first = {tags("a"), tags("b")}
    assert await catalog.admit("shop.orders", first, NOW) == first

    more = [tags("b"), tags("c"), tags("d"), (), tags(OTHER)]
    admitted = await elsewhere.admit("shop.orders", more, NOW)

    assert admitted == {tags("b"), tags("c"), (), tags(OTHER)}
    assert await catalog.admit("shop.orders", [tags("d")], NOW + DAY_MS) == set()


async def test_a_set_nobody_used_for_as_long_as_days_are_kept_makes_room(
    catalog: MetricCatalogRepository, mongo: Mongo
) -> None:
    await catalog.register([ORDERS])
    await catalog.admit("shop.orders", [tags("a"), tags("b"), tags("c")], NOW)
    later = NOW + 400 * DAY_MS
    await catalog.admit("shop.orders", [tags("a"), tags("b")], later)

    swept = NOW + 800 * DAY_MS
    await mongo.collection("dashboard_data").delete_all({"exp": {"$lt": swept}})

    wanted = {tags("a"), tags("b"), tags("d")}
    assert await catalog.admit("shop.orders", wanted, swept) == wanted


async def test_names_are_found_by_any_part_in_order(
    catalog: MetricCatalogRepository,
) -> None:
    names = ["shop.orders", "api.requests", "shop.visits", "http.requests"]
    for name in names:
        await catalog.register([MetricInfo(name, MetricKind.COUNTER, None, (), NOW)])
    await catalog.admit("shop.orders", [(("b", "1"), ("a", "2"))], NOW)

    requests = await catalog.search("requests", limit=10)
    everything = await catalog.search(None, limit=10)

    assert [one.name for one in requests] == ["api.requests", "http.requests"]
    assert [one.name for one in everything] == sorted(names)
    assert everything[2].tag_keys == ("a", "b")
    assert await catalog.search("nothing", limit=10) == []
    assert len(await catalog.search(None, limit=2)) == 2
