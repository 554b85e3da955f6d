"""Identical subscriptions are executed once, and cost nothing while nothing happens."""

from contextlib import AsyncExitStack

from app.graphql.live import EXECUTIONS
from app.settings.settings import Settings
from domain.events import Topic
from domain.principal import Role
from domain.users import User
from realtime.figures import SHARED
from resolvers.stats import touch_stats
from tests.support.clock import ManualClock
from tests.support.database_ops import Recorder
from tests.support.factories import acting, make_admin, make_user
from tests.support.graphql_sockets import GraphQLConnection, connected, started
from tests.support.live import until
from tests.support.replicas import Replica, replica

STATS = "subscription S { dashboardUpdated(minIntervalMs: 100) { version } }"
STATUS = "subscription { userStatusChanged { user { name } status } }"
ACTIVITY = """subscription {
  activityAdded { ... on ActivityAdded { activity { actor { email } } } }
}"""
METRIC = 'subscription { metricUpdated(names: ["a.b"]) { name } }'
SOCKETS, EACH = 20, 50


async def test_a_thousand_identical_subscribers_cost_one_execution_per_event(
    here: Replica, boss: User
) -> None:
    """Members and administrators alike: these figures are the same for everybody."""
    people = [boss, await make_user(here.services)]
    executed = EXECUTIONS.value("dashboardUpdated")
    async with AsyncExitStack() as stack:
        clients: list[GraphQLConnection] = []
        for number in range(SOCKETS):
            token = await here.token_of(people[number % 2])
            clients.append(await stack.enter_async_context(connected(here, token)))
        for client in clients:
            for name in range(EACH):
                await client.subscribe(str(name), STATS)
            for name in range(EACH):
                await client.data(str(name))
        assert EXECUTIONS.value("dashboardUpdated") == executed + 1

        await touch_stats(acting(here.services, boss))

        versions = {
            (await client.data(str(name)))["version"]
            for client in clients
            for name in range(EACH)
        }
    assert len(versions) == 1
    assert EXECUTIONS.value("dashboardUpdated") == executed + 2


async def test_what_depends_on_who_asks_is_shared_by_those_alike_alone(
    here: Replica, boss: User
) -> None:
    ana = await make_user(here.services)
    other = await make_admin(here.services)
    executed = EXECUTIONS.value("activityAdded")
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(connected(here, await here.token_of(one)))
            for one in (boss, ana, other, ana)
        ]
        for client in clients[:2]:
            await started(client, "1", ACTIVITY)
        for client in clients[2:]:
            members = SHARED.value("members")
            await client.subscribe("1", ACTIVITY)
            await until(lambda: SHARED.value("members") > members)  # noqa: B023

        await here.did(boss, "shop.opened", by=ana)

        for client in clients:
            told = await client.data("1")
            assert told["activity"]["actor"]["email"] == ana.email
    assert EXECUTIONS.value("activityAdded") == executed + 2


async def test_those_who_resume_share_too_once_they_have_caught_up(
    here: Replica, boss: User
) -> None:
    text = """subscription ($from: String) { activityAdded(after: $from) {
      ... on ActivityAdded { cursor activity { action } }
    } }"""
    async with connected(here, await here.token_of(boss)) as client:
        cursors = []
        for number in range(3):
            await client.subscribe("q", "{ activity { newestCursor } }")
            cursors.append((await client.data("q"))["newestCursor"])
            await client.about("q")
            await here.did(boss, f"shop.sold_{number}")
        for number, cursor in enumerate(cursors):
            await client.subscribe(str(number), text, **{"from": cursor})
            for sold in range(number, 3):
                told = await client.data(str(number))
                assert told["activity"]["action"] == f"shop.sold_{sold}"
        executed = EXECUTIONS.value("activityAdded")

        await here.did(boss, "shop.closed")

        for number in range(3):
            told = await client.data(str(number))
            assert told["activity"]["action"] == "shop.closed"
        assert EXECUTIONS.value("activityAdded") == executed + 1


async def test_who_joins_late_sees_who_is_online(here: Replica, boss: User) -> None:
    ana = await make_user(here.services, name="Ana", role=Role.ADMIN)
    async with (
        connected(here, await here.token_of(boss)) as first,
        connected(here, await here.token_of(ana)) as second,
    ):
        await first.subscribe("s", STATUS)
        names = {(await first.data("s"))["user"]["name"] for _ in range(2)}
        assert names == {"Boss", "Ana"}

        await second.subscribe("s", STATUS)
        names = {(await second.data("s"))["user"]["name"] for _ in range(2)}
        assert names == {"Boss", "Ana"}


async def test_nothing_is_read_while_nothing_happens(
    settings: Settings, clock: ManualClock, recorder: Recorder
) -> None:
    async with replica(settings, clock, listeners=[recorder]) as here:
        boss = await make_admin(here.services)
        async with connected(here, await here.token_of(boss)) as client:
            await started(client, "a", ACTIVITY)
            await started(client, "m", METRIC, Topic.METRICS)
            await client.subscribe("s", STATS)
            await client.data("s")
            await client.subscribe("p", STATUS)
            await client.data("p")
            recorder.ops.clear()

            for _ in range(100):
                await client.settled()

            of_figures = {"users", "audit_logs"}
            assert [op for op in recorder.ops if op.collection in of_figures] == []
            assert client.others == []


async def test_who_leaves_is_listened_for_no_more(here: Replica, boss: User) -> None:
    hub = here.services.live.hub
    async with connected(here, await here.token_of(boss)) as client:
        await started(client, "a", ACTIVITY)
        await client.subscribe("s", STATS)
        await client.data("s")
        assert hub.hears(Topic.STATS)

    await until(lambda: not hub.hears(Topic.STATS))
    await until(lambda: not hub.hears(Topic.ACTIVITY))
