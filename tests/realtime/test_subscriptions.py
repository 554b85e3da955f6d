"""What each subscription tells, and whom."""

from domain.events import Topic
from domain.metrics import MetricKind, MetricPointInput
from domain.notifications import NotificationDraft
from domain.principal import Role
from domain.users import User, UserChange, UserDraft
from resolvers import metrics, users
from resolvers.notifications import notify
from tests.support.clock import ManualClock
from tests.support.factories import acting, make_user
from tests.support.graphql_sockets import GraphQLConnection, connected, started
from tests.support.replicas import Replica

ACTIVITY = """subscription ($filter: ActivityFilter) { activityAdded(filter: $filter) {
  __typename ... on ActivityAdded { cursor activity { action actor { id name email } } }
} }"""
STATUS = """subscription ($ids: [ID!]) { userStatusChanged(userIds: $ids) {
  userId user { name email } status
} }"""
METRIC = """subscription { metricUpdated(names: ["shop.orders"]) {
  name unit kind aggregate interval points { start value count partial }
} }"""
INBOX = """subscription { notificationReceived { __typename
  ... on NotificationAdded { cursor notification { id title read } }
  ... on NotificationsRead { ids before }
} }"""
STATS = """subscription { dashboardUpdated(minIntervalMs: 100) {
  totalUsers { value } version
} }"""


async def test_what_happens_on_one_replica_is_told_once_on_another(
    here: Replica, there: Replica, boss: User, client: GraphQLConnection
) -> None:
    await started(client, "log", ACTIVITY)
    await client.subscribe("stats", STATS)
    before = await client.data("stats")

    await there.did(boss, "shop.opened", "shop.closed")
    draft = UserDraft(
        "new@example.com", "a password nobody guesses", "New", Role.MEMBER, None
    )
    await users.create_user(acting(there.services, boss), draft)

    heard = [(await client.data("log"))["activity"]["action"] for _ in range(3)]
    assert heard == ["shop.opened", "shop.closed", "user.created"]
    after = await client.data("stats")
    assert after["totalUsers"]["value"] == before["totalUsers"]["value"] + 1
    await client.settled()
    assert client.others == []


async def test_a_filter_lets_through_what_the_list_would_show(
    here: Replica, boss: User, client: GraphQLConnection
) -> None:
    await started(client, "log", ACTIVITY, filter={"actions": ["shop.*"]})

    await here.did(boss, "ship.sunk", "shop.opened")

    event = await client.data("log")
    assert event["activity"]["action"] == "shop.opened"


async def test_a_member_hears_of_their_own_alone(here: Replica, boss: User) -> None:
    ana = await make_user(here.services, name="Ana")
    async with connected(here, await here.token_of(ana)) as client:
        await started(client, "log", ACTIVITY)

        await here.did(boss, "secret.kept")
        await here.did(boss, "shop.opened", by=ana)

        event = await client.data("log")
        actor = {"id": ana.id, "name": "Ana", "email": ana.email}
        assert event["activity"] == {"action": "shop.opened", "actor": actor}


async def test_each_event_is_told_with_what_is_stored_at_that_moment(
    here: Replica, boss: User, client: GraphQLConnection
) -> None:
    await started(client, "log", ACTIVITY)
    names = []
    for name in ("First", "Second"):
        change = UserChange(name=name)
        await users.update_user(acting(here.services, boss), boss.id, change)
        event = await client.data("log")
        names.append(event["activity"]["actor"]["name"])

    assert names == ["First", "Second"]


async def test_a_changed_role_is_felt_by_the_next_event(
    here: Replica, there: Replica, boss: User
) -> None:
    ana = await make_user(here.services, name="Ana")
    async with connected(here, await here.token_of(ana)) as client:
        await started(client, "log", ACTIVITY)
        change = UserChange(role=Role.ADMIN)
        await users.update_user(acting(there.services, boss), ana.id, change)
        told = await client.data("log")  # as it is about her
        assert told["activity"]["action"].startswith("user.")

        await there.did(boss, "secret.told")
        assert (await client.data("log"))["activity"]["action"] == "secret.told"

        change = UserChange(role=Role.MEMBER)
        await users.update_user(acting(there.services, boss), ana.id, change)
        await client.data("log")
        await there.did(boss, "secret.kept")
        await there.did(boss, "shop.opened", by=ana)

        assert (await client.data("log"))["activity"]["action"] == "shop.opened"


async def test_the_open_bucket_is_told_as_it_fills_and_late_points_mend_older_ones(
    here: Replica, boss: User, client: GraphQLConnection, clock: ManualClock
) -> None:
    async def sold(value: float, at_ms: int | None = None) -> None:
        point = MetricPointInput("shop.orders", value, at_ms, MetricKind.COUNTER)
        await metrics.record_metrics(acting(here.services, boss), [point])

    await sold(1)
    await client.subscribe("m", METRIC)
    first = await client.data("m")
    assert (first["kind"], first["aggregate"]) == ("COUNTER", "SUM")
    empty = {"value": None, "count": 0, "partial": False}
    open_one = {"value": 1.0, "count": 1, "partial": True}
    assert first["points"] == [
        {"start": "2025-06-21T09:59:00.000Z", **empty},
        {"start": "2025-06-21T10:00:00.000Z", **open_one},
    ]

    await sold(2, clock.now_ms() - 1_800_000)

    mended = (await client.data("m"))["points"]
    late = {"value": 2.0, "count": 1, "partial": False}
    assert mended[0] == {"start": "2025-06-21T09:30:00.000Z", **late}
    assert mended[-1] == first["points"][-1]


async def test_presence_begins_with_who_is_online(
    here: Replica, there: Replica, client: GraphQLConnection
) -> None:
    ana = await make_user(here.services, name="Ana")
    await client.subscribe("s", STATUS)
    assert (await client.data("s"))["user"]["name"] == "Boss"
    await client.subscribe("only", STATUS, ids=[ana.id])

    async with connected(there, await there.token_of(ana)):
        for name in ("s", "only"):
            told = await client.data(name)
            assert told["userId"] == ana.id
            assert told["status"] == "ONLINE"
            assert told["user"] == {"name": "Ana", "email": ana.email}


async def test_a_notice_reaches_its_person_and_nobody_else(
    here: Replica, there: Replica, boss: User, client: GraphQLConnection
) -> None:
    ana = await make_user(here.services)
    await started(client, "inbox", INBOX, Topic.NOTIFICATIONS)

    for user in (ana, boss):
        draft = NotificationDraft(title=f"For {user.name}")
        await notify(there.services, user.id, draft)

    told = (await client.data("inbox"))["notification"]
    assert (told["title"], told["read"]) == ("For Boss", False)
    await client.subscribe("read", "mutation { markNotificationsRead }")
    await client.about("read")
    assert (await client.data("inbox"))["__typename"] == "NotificationsRead"
