"""What is told live about inboxes, and what the service itself puts there."""

from dataclasses import replace

import httpx
import pytest

from app.settings.settings import Settings
from domain.activity import Severity
from domain.errors import BadRefreshToken
from domain.events import NotificationAdded, NotificationsRead
from domain.notifications import NotificationDraft
from domain.users import User
from resolvers import auth
from resolvers.context import Services
from resolvers.notifications import mark_read, notify, untold
from tests.support.clients import GraphQLClient, signed_in
from tests.support.clock import ManualClock
from tests.support.factories import (
    PASSWORD,
    acting,
    bearing,
    make_admin,
    make_user,
    open_session,
)
from tests.support.inbox import head, inbox, mark, send, told_since
from tests.support.outages import flush_all

HELLO = NotificationDraft("Hello", body="Again", level=Severity.NOTICE, link="/")


@pytest.fixture
async def ana(services: Services) -> User:
    return await make_user(services, name="Ana")


@pytest.fixture
async def hers(http: httpx.AsyncClient, services: Services, ana: User) -> GraphQLClient:
    return await signed_in(http, services, ana)


async def test_a_notice_is_told_with_all_that_is_in_it(
    services: Services, ana: User, clock: ManualClock
) -> None:
    start = await head(services)

    await notify(services, ana.id, HELLO)

    (event,) = await told_since(services, start)
    assert isinstance(event, NotificationAdded)
    stored = await services.repos.notifications.get(ana.id, event.id)
    assert event.notification == stored
    assert (event.addresses, event.at_ms) == ((ana.id,), clock.now_ms())


async def test_each_of_many_receivers_is_told(
    http: httpx.AsyncClient, services: Services, ana: User
) -> None:
    bo = await make_user(services)
    boss = await signed_in(http, services, await make_admin(services))
    start = await head(services)

    sent = await send(boss, bo.id, ana.id)

    events = await told_since(services, start)
    assert [event.id for event in events] == sent
    assert [event.addresses for event in events] == [(bo.id,), (ana.id,)]


async def test_reading_is_told_to_the_readers_other_devices(
    services: Services, ana: User, hers: GraphQLClient
) -> None:
    for _ in range(4):
        await notify(services, ana.id, HELLO)
    one, two, *_ = [each["id"] for each in (await inbox(hers))["nodes"]]
    start = await head(services)

    await mark(hers, ids=[two, one, "n_nothing"])
    await mark(hers, ids=[one])  # nothing new: nothing to tell
    await mark(hers, before="2100-01-01T00:00:00Z")
    await mark(hers)

    by_id, by_time = await told_since(services, start)
    assert isinstance(by_id, NotificationsRead)
    assert isinstance(by_time, NotificationsRead)
    assert set(by_id.notification_ids or ()) == {one, two}
    assert (by_id.addresses, by_id.before_ms) == ((ana.id,), None)
    assert by_time.notification_ids is None
    assert by_time.before_ms == 4_102_444_800_000


async def test_reading_all_tells_that_it_was_all(services: Services, ana: User) -> None:
    await notify(services, ana.id, HELLO)
    start = await head(services)

    await mark_read(acting(services, ana))

    (event,) = await told_since(services, start)
    assert isinstance(event, NotificationsRead)
    assert (event.notification_ids, event.before_ms) == (None, None)


async def test_what_was_stored_but_never_told_is_told_by_the_repair_once(
    services: Services, ana: User, clock: ManualClock
) -> None:
    await notify(services, ana.id, HELLO)
    start = await head(services)
    (known,) = await untold(services)
    # As if the process had died after its write.
    lost = replace(known.notification, id="n_lost", created_ms=clock.now_ms())
    await services.repos.notifications.insert([lost], keep_ms=1)

    repaired = [
        await services.live.bus.repair(await untold(services)) for _ in range(2)
    ]

    assert repaired == [1, 0]
    assert [event.id for event in await told_since(services, start)] == ["n_lost"]


async def test_the_repair_leaves_alone_what_was_read_or_is_old(
    services: Services, ana: User, clock: ManualClock
) -> None:
    await notify(services, ana.id, HELLO)
    clock.advance(11 * 60)
    await notify(services, ana.id, HELLO)
    await mark_read(acting(services, ana))
    await notify(services, ana.id, NotificationDraft("New"))

    assert [event.notification.title for event in await untold(services)] == ["New"]


async def test_the_inbox_works_while_redis_knows_nothing(
    settings: Settings, services: Services, ana: User, hers: GraphQLClient
) -> None:
    await notify(services, ana.id, HELLO)
    flush_all(settings)

    assert (await inbox(hers))["unreadCount"] == 1
    assert await mark(hers) == 1


async def test_whose_session_was_stolen_finds_it_in_the_inbox_once(
    services: Services, ana: User, hers: GraphQLClient, clock: ManualClock
) -> None:
    stolen = await open_session(services, ana)
    await auth.refresh(acting(services), stolen.refresh_token)
    clock.advance(11)

    for _ in range(2):
        with pytest.raises(BadRefreshToken):
            await auth.refresh(acting(services), stolen.refresh_token)

    (notice,) = (await inbox(hers))["nodes"]
    assert notice["title"] == "One of your sessions was ended"
    assert notice["level"] == "WARNING"
    assert "Firefox on Linux" in notice["body"]
    assert stolen.refresh_token not in repr(notice)


async def test_who_changes_a_password_is_told_so(services: Services, ana: User) -> None:
    ctx = await bearing(services, (await open_session(services, ana)).access_token)
    new = "a much better battery staple"

    await auth.change_password(ctx, PASSWORD, new)

    (event,) = await untold(services)
    assert event.user_id == ana.id
    assert event.notification.title == "Your password was changed"
    assert new not in repr(event)
