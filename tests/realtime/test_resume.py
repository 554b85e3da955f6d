"""Going on where one stopped: nothing lost, nothing twice, gaps told."""

import pytest
import redis

from app.settings.settings import Settings
from domain.events import Topic
from domain.notifications import NotificationDraft
from domain.users import User
from resolvers.notifications import notify
from tests.support.activity_log import Log
from tests.support.clock import ManualClock
from tests.support.factories import make_user
from tests.support.graphql_sockets import GraphQLConnection, connected, started
from tests.support.replicas import Replica, replica

ACTIVITY = """subscription ($after: String) { activityAdded(after: $after) {
  __typename
  ... on ActivityAdded { cursor activity { action } }
  ... on Gap { from to reason }
} }"""
INBOX = """subscription ($after: String) { notificationReceived(after: $after) {
  ... on NotificationAdded { cursor notification { title } }
} }"""
NEWEST = "{ activity { nodes { action } newestCursor } }"


@pytest.fixture
def log(settings: Settings) -> Log:
    return Log(redis.Redis.from_url(settings.redis_url or ""))


def numbered(start: int, end: int) -> list[str]:
    return [f"shop.sold_{number}" for number in range(start, end)]


async def actions(client: GraphQLConnection, name: str, count: int) -> list[str]:
    return [(await client.data(name))["activity"]["action"] for _ in range(count)]


async def test_nothing_falls_between_the_query_and_the_subscription(
    here: Replica, boss: User, client: GraphQLConnection
) -> None:
    await here.did(boss, "shop.before")
    await client.subscribe("q", NEWEST)
    page = await client.data("q")
    assert "shop.before" in [node["action"] for node in page["nodes"]]

    await here.did(boss, *numbered(0, 3))
    await client.subscribe("log", ACTIVITY, after=page["newestCursor"])
    await here.did(boss, *numbered(3, 5))

    assert await actions(client, "log", 5) == numbered(0, 5)


async def test_a_cursor_resumes_on_any_replica_without_loss_or_repetition(
    here: Replica,
    boss: User,
    client: GraphQLConnection,
    settings: Settings,
    clock: ManualClock,
) -> None:
    await started(client, "log", ACTIVITY)
    await here.did(boss, *numbered(0, 3))
    cursors = [(await client.data("log"))["cursor"] for _ in range(3)]
    await client.connection.close()
    await here.did(boss, *numbered(3, 700))

    async with (
        replica(settings, clock) as there,
        connected(there, await here.token_of(boss)) as again,
    ):
        # All at once: the one in the middle of what it knew, too.
        await again.subscribe("log", ACTIVITY, after=cursors[-1])
        await again.subscribe("twin", ACTIVITY, after=cursors[0])
        await here.did(boss, *numbered(700, 710))

        skipped = "auth.login"  # the sign-in of this test
        heard = await actions(again, "log", 708)
        assert [one for one in heard if one != skipped] == numbered(3, 710)
        heard = await actions(again, "twin", 710)
        assert [one for one in heard if one != skipped] == numbered(1, 710)


async def test_what_the_log_has_dropped_is_a_gap_and_the_rest_follows(
    here: Replica, boss: User, client: GraphQLConnection, log: Log
) -> None:
    await started(client, "log", ACTIVITY)
    await here.did(boss, *numbered(0, 10))
    first = (await client.data("log"))["cursor"]
    log.trim(2)

    await client.subscribe("again", ACTIVITY, after=first)

    gap = await client.data("again")
    assert gap == {
        "__typename": "Gap",
        "from": first,
        "to": gap["to"],
        "reason": "TRIMMED",
    }
    assert await actions(client, "again", 2) == numbered(8, 10)
    await client.subscribe("rest", ACTIVITY, after=gap["to"])
    assert await actions(client, "rest", 2) == numbered(8, 10)


async def test_a_lost_log_is_a_gap_too(
    here: Replica, boss: User, client: GraphQLConnection, log: Log
) -> None:
    await started(client, "log", ACTIVITY)
    await here.did(boss, "shop.before")
    before = (await client.data("log"))["cursor"]
    log.lose()
    await here.did(boss, "shop.after")

    await client.subscribe("again", ACTIVITY, after=before)

    gap = await client.data("again")
    assert (gap["__typename"], gap["reason"]) == ("Gap", "EPOCH")
    assert await actions(client, "again", 1) == ["shop.after"]


async def test_a_member_resumes_what_is_theirs(
    here: Replica, boss: User, client: GraphQLConnection
) -> None:
    ana = await make_user(here.services)
    await client.subscribe("q", NEWEST)
    newest = (await client.data("q"))["newestCursor"]
    await here.did(boss, "shop.secret")
    await here.did(boss, "shop.mine", by=ana)

    async with connected(here, await here.token_of(ana)) as hers:
        await hers.subscribe("log", ACTIVITY, after=newest)
        assert await actions(hers, "log", 1) == ["shop.mine"]


async def test_notices_to_who_was_away_are_told_on_return(
    here: Replica, boss: User, client: GraphQLConnection
) -> None:
    await started(client, "inbox", INBOX, Topic.NOTIFICATIONS)
    await notify(here.services, boss.id, NotificationDraft(title="One"))
    cursor = (await client.data("inbox"))["cursor"]
    await client.connection.close()
    await notify(here.services, boss.id, NotificationDraft(title="Two"))

    async with connected(here, await here.token_of(boss)) as again:
        await again.subscribe("inbox", INBOX, after=cursor)
        assert (await again.data("inbox"))["notification"]["title"] == "Two"


async def test_a_cursor_of_another_list_is_refused(client: GraphQLConnection) -> None:
    await client.subscribe("q", "{ activity { pageInfo { endCursor } newestCursor } }")
    newest = (await client.data("q"))["newestCursor"]

    await client.subscribe("inbox", INBOX, after=newest)

    (error,) = (await client.about("inbox"))["payload"]
    assert error["extensions"]["details"]["field"] == "after"
