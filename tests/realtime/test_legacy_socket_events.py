"""`/ws/{client_id}`: what is told there, to whom, and how one goes on after a break."""

import httpx

from app.legacy.cursor import TOPICS
from app.settings.settings import Settings
from domain.activity import Severity
from domain.events import NotificationAdded, StatsChanged
from domain.notifications import Notification
from domain.positions import Position
from domain.users import User
from realtime.figures import DROPPED
from resolvers.live_cursors import sign_position
from tests.support.clock import ManualClock
from tests.support.factories import bearer, make_user
from tests.support.live import happened
from tests.support.live_sockets import dialled, listening
from tests.support.outages import flush_all
from tests.support.replicas import Replica, all_left

NEW, NOTICE = "activity:new", "notification:new"
STATUS, FIGURES = "user:status_change", "dashboard:update"


def notice(user: User, name: str) -> NotificationAdded:
    return NotificationAdded.of(
        Notification(
            id=name,
            user_id=user.id,
            title="Hello",
            body="World",
            level=Severity.WARNING,
            link="/inbox",
            created_ms=1_750_500_000_000,
        )
    )


async def test_activity_comes_as_rest_gives_it(
    here: Replica, boss: User, token: str
) -> None:
    async with listening(here, token) as client, httpx.AsyncClient() as http:
        event = {"action": "door.opened", "summary": "The boss opened a door"}
        await http.post(
            f"{here.http}/api/v1/dashboard/activity",
            json={"events": [event]},
            headers=bearer(token),
        )
        frame = await client.hear(NEW)
        while frame["data"]["action"] != "door.opened":
            frame = await client.hear(NEW)

        listed = await http.get(
            f"{here.http}/api/v1/dashboard/activity", headers=bearer(token)
        )
        assert frame["data"] in listed.json()["data"]
        assert frame["data"]["actor"]["name"] == "Boss"
        assert frame["meta"]["timestamp"] == "2025-06-21T10:00:00.000Z"


async def test_a_member_is_told_their_own_activity_alone(
    here: Replica, boss: User, ben: User, token: str, ben_token: str
) -> None:
    async with listening(here, token) as admin, listening(here, ben_token) as one:
        await here.services.live.bus.publish(
            happened("a_1", actor_id=boss.id),
            happened("a_2", actor_id=ben.id),
            happened("a_3", actor_id=boss.id, target_id=ben.id),
        )

        assert await one.hear_ids(NEW, 2) == ["a_2", "a_3"]
        assert await admin.hear_ids(NEW, 3) == ["a_1", "a_2", "a_3"]


async def test_a_notification_comes_to_its_receiver_alone(
    here: Replica, boss: User, ben: User, token: str, ben_token: str
) -> None:
    async with listening(here, token) as admin, listening(here, ben_token) as one:
        await here.services.live.bus.publish(notice(ben, "n_1"), notice(boss, "n_2"))

        assert (await one.hear(NOTICE))["data"] == {
            "id": "n_1",
            "title": "Hello",
            "body": "World",
            "level": "WARNING",
            "link": "/inbox",
            "created_at": "2025-06-21T10:00:00.000Z",
        }
        assert await admin.hear_ids(NOTICE, 1) == ["n_2"]


async def test_who_comes_is_told_to_all(
    here: Replica, token: str, ben: User, ben_token: str
) -> None:
    async with listening(here, token) as client, listening(here, ben_token):
        frame = await client.hear(STATUS)
        while frame["data"]["user_id"] != ben.id:
            frame = await client.hear(STATUS)

        assert frame["data"] == {
            "user_id": ben.id,
            "user": {"id": ben.id, "name": "Ben", "avatar_url": None},
            "status": "ONLINE",
            "at": frame["meta"]["timestamp"],
        }


async def test_figures_come_first_and_whenever_they_change(
    here: Replica, ben_token: str, clock: ManualClock
) -> None:
    async with listening(here, ben_token) as client, httpx.AsyncClient() as http:
        first = await client.hear(FIGURES)
        address = f"{here.http}/api/v1/dashboard/stats"
        stats = (await http.get(address, headers=bearer(ben_token))).json()["data"]
        assert set(first["data"]) == set(stats)

        await make_user(here.services)
        clock.advance(60)
        await here.services.live.bus.publish(StatsChanged(at_ms=clock.now_ms()))

        total = 0
        while total != 2:
            total = (await client.hear(FIGURES))["data"]["total_users"]["value"]


async def test_what_was_missed_is_told_in_order_and_once(
    here: Replica, there: Replica, boss: User, token: str
) -> None:
    bus = here.services.live.bus
    async with listening(here, token) as client:
        await bus.publish(happened("a_1"), notice(boss, "n_1"))
        await client.hear(NEW)
        cursor = (await client.hear(NOTICE))["meta"]["cursor"]
    await bus.publish(*[happened(f"b_{number}") for number in range(600)])
    await bus.publish(notice(boss, "n_2"))

    # On another replica, too.
    async with listening(there, token, after=cursor) as client:
        missed = await client.hear_ids(NEW, 600)
        await bus.publish(happened("c_1"))

        assert missed == [f"b_{number}" for number in range(600)]
        assert await client.hear_ids(NEW, 1) == ["c_1"]
        notices = client.events(NOTICE) or [await client.hear(NOTICE)]
        assert [frame["data"]["id"] for frame in notices] == ["n_2"]
        assert not client.events("gap")


async def test_a_burst_is_told_whole_though_it_does_not_fit_anywhere(
    here: Replica, token: str
) -> None:
    dropped = DROPPED.value("activity")
    async with listening(here, token) as client:
        for start in range(0, 3_000, 500):
            burst = [happened(f"a_{start + number}") for number in range(500)]
            await here.services.live.bus.publish(*burst)

        expected = [f"a_{number}" for number in range(3_000)]
        assert await client.hear_ids(NEW, 3_000) == expected
        assert not client.events("gap")
    assert DROPPED.value("activity") > dropped


async def test_every_frame_s_cursor_goes_on_right_after_it(
    here: Replica, boss: User, token: str
) -> None:
    async with listening(here, token) as client:
        cursors = [client.heard[0]["data"]["cursor"]]
        for number in range(5):
            pair = happened(f"a_{number}"), notice(boss, f"n_{number}")
            await here.services.live.bus.publish(*pair)
        frames = [await client.hear(NEW, NOTICE) for _ in range(10)]
    cursors += [frame["meta"]["cursor"] for frame in frames]
    told = [frame["data"]["id"] for frame in frames]

    for seen, cursor in enumerate(cursors):
        await here.services.live.bus.publish(happened(f"last_{seen}"))
        async with listening(here, token, after=cursor) as client:
            again = []
            while f"last_{seen}" not in again:
                again.append((await client.hear(NEW))["data"]["id"])
            again += [frame["data"]["id"] for frame in client.events(NOTICE)]
            assert not set(again).intersection(told[:seen])
            assert {name for name in told[seen:] if name[0] == "a"} <= {*again}


async def test_the_cursor_of_a_pong_covers_what_was_not_for_one_s_eyes(
    here: Replica, boss: User, ben: User, ben_token: str
) -> None:
    bus = here.services.live.bus
    async with listening(here, ben_token) as client:
        before = client.heard[0]["data"]["cursor"]
        await bus.publish(happened("a_1", actor_id=boss.id))
        await bus.publish(happened("a_2", actor_id=ben.id))
        await client.hear(NEW)
        await bus.publish(happened("a_3", actor_id=boss.id))
        cursor = before
        while cursor == before or not client.events("pong"):
            await client.say(type="ping")
            cursor = (await client.hear("pong"))["meta"]["cursor"]

        assert cursor != before


async def test_one_may_ask_again_on_the_same_socket(here: Replica, token: str) -> None:
    bus = here.services.live.bus
    async with listening(here, token) as client:
        cursor = client.heard[0]["data"]["cursor"]
        await bus.publish(happened("a_1"), happened("a_2"))
        assert await client.hear_ids(NEW, 2) == ["a_1", "a_2"]

        await client.say(type="resume", after=cursor)
        await client.hear("ready")

        assert await client.hear_ids(NEW, 2) == ["a_1", "a_2"]
        await bus.publish(happened("a_3"))
        assert await client.hear_ids(NEW, 1) == ["a_3"]


async def test_the_cursor_of_the_activity_list_does_as_well(
    here: Replica, token: str
) -> None:
    bus = here.services.live.bus
    await bus.publish(happened("a_1"))
    head = await bus.head(happened().topic)
    assert head
    cursor = sign_position(here.services, happened().topic, head)
    await bus.publish(happened("a_2"))

    async with listening(here, token, after=cursor) as client:
        assert client.heard[0]["data"]["cursor"]
        assert await client.hear_ids(NEW, 1) == ["a_2"]


async def test_who_was_away_too_long_is_told_of_the_gap(
    here: Replica, token: str
) -> None:
    topic = happened().topic
    await here.services.live.bus.publish(happened("a_1"))
    other_log = sign_position(here.services, topic, Position("0ther", 1, 1))

    async with dialled(here, token, query=f"?after={other_log}") as client:
        gap = await client.hear("gap")

        assert gap["data"] == {"topic": "activity", "reason": "EPOCH"}
        assert "a_1" in await client.hear_ids(NEW, 2)  # after the sign-in's own entry


async def test_a_log_that_is_lost_is_a_gap_on_open_sockets(
    here: Replica, settings: Settings, token: str
) -> None:
    bus = here.services.live.bus
    async with listening(here, token) as client:
        await bus.publish(happened("a_1"))
        await client.hear(NEW)
        flush_all(settings)
        await bus.publish(happened("a_2"))

        assert (await client.hear("gap"))["data"]["reason"] == "EPOCH"
        while not client.events(NEW)[1:]:
            await client.hear(NEW)
        assert client.events(NEW)[1]["data"]["id"] == "a_2"


async def test_who_has_left_leaves_nothing_behind(here: Replica, token: str) -> None:
    async with listening(here, token) as client:
        await client.hear(FIGURES)
    await all_left(here.sockets)

    live, source = here.services.live, here.app.state.live_source
    assert not any(live.hub.hears(topic) for topic in TOPICS)
    assert not source.dashboards._executions
    assert not here.sockets._admitted
