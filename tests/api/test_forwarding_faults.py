"""What happened is told whatever dies: nothing left out, each subject in order."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.lifespan import Platform
from kit.times import DAY_MS
from persistence.activity_documents import to_document
from persistence.trail import GRACE_MS
from resolvers import forwarding
from resolvers.context import Services
from resolvers.forward_turn import LEASE_S
from tests.support.clock import ManualClock
from tests.support.forwarding import LONGEST_PAUSE_S, Process, happen, numbered
from tests.support.live import until
from tests.support.records import entry
from tests.support.webhook_receiver import WebhookReceiver


@pytest.fixture
async def receiver() -> AsyncIterator[WebhookReceiver]:
    async with WebhookReceiver() as receiver:
        yield receiver


async def test_a_dead_receiver_loses_nothing_and_holds_up_nobody(
    services: Services, clock: ManualClock
) -> None:
    async with WebhookReceiver() as receiver:
        made = await Process(services, receiver).begin()
    await happen(services, *numbered("while away", 3))
    for _ in range(3):
        clock.advance(LONGEST_PAUSE_S)
        await made.until_idle()

    assert forwarding.WAITING.value() == 3
    assert forwarding.LAG.value() == 3 * LONGEST_PAUSE_S
    async with receiver:
        clock.advance(LONGEST_PAUSE_S)
        await made.until_idle()
        await made.until_idle()
    assert receiver.heard() == numbered("while away", 3)
    assert (forwarding.WAITING.value(), forwarding.LAG.value()) == (0, 0)


async def test_of_several_replicas_one_tells_and_the_next_goes_on_where_it_died(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    first = await Process(services, receiver).begin()
    second = Process(services, receiver)
    await happen(services, "one", "two")
    await second.forwarder.round()
    assert receiver.calls == []
    await first.until_idle()
    assert receiver.heard() == ["one", "two"]
    await second.forwarder.round()

    await happen(services, "three")  # and the first one is killed
    clock.advance(LEASE_S - 1)
    await second.forwarder.round()
    assert receiver.heard() == ["one", "two"]
    clock.advance(1)
    await second.forwarder.round()
    await second.until_idle()

    assert receiver.heard() == ["one", "two", "three"]
    assert len(receiver.calls) == 3


async def test_who_lost_the_turn_unawares_stores_nothing_and_disorders_nothing(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    first = await Process(services, receiver).begin()
    second = Process(services, receiver)
    await second.forwarder.round()
    clock.advance(LEASE_S)
    await second.forwarder.round()  # it has the turn now
    clock.advance(-LEASE_S)  # the first one does not know how late it is
    await happen(services, *numbered("event", 5))

    await first.forwarder.round()
    clock.advance(LEASE_S)
    await second.until_idle()
    await first.forwarder.round()

    assert receiver.heard() == numbered("event", 5)
    assert len(receiver.calls) == 10  # twice, as nobody could know
    await second.until_idle()
    assert len(receiver.calls) == 10


async def test_who_leaves_lets_the_next_go_on_at_once(
    services: Services, receiver: WebhookReceiver
) -> None:
    first = await Process(services, receiver).begin()
    running = asyncio.create_task(first.forwarder.run())
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    await happen(services, "one")

    await Process(services, receiver).until_idle()

    assert receiver.heard() == ["one"]


async def test_a_crash_in_the_middle_tells_again_and_leaves_nothing_out(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    first = await Process(services, receiver).begin()
    await happen(services, *numbered("a", 5), target="a")
    await happen(services, *numbered("b", 5), target="b")
    receiver.answers = [*["204 No Content"] * 4, *["silence"] * 3]
    telling = asyncio.create_task(first.forwarder.round())
    await until(lambda: len(receiver.calls) >= 6)
    telling.cancel()
    await asyncio.wait([telling])

    second = Process(services, receiver)
    await second.forwarder.round()
    clock.advance(LEASE_S)
    receiver.answers = []
    await second.until_idle()

    assert receiver.heard("thing/a") == numbered("a", 5)
    assert receiver.heard("thing/b") == numbered("b", 5)


async def test_an_entry_that_was_linked_late_is_told_late(
    platform: Platform, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    services = platform.services
    made = await Process(services, receiver).begin()
    orphan = replace(entry(clock.now_ms()), summary="never acknowledged")
    # Its process died here, before the link.
    await platform.mongo.collection("audit_logs").insert(to_document(orphan))
    await happen(services, "acknowledged")
    await made.until_idle()
    assert receiver.heard() == ["acknowledged"]

    clock.advance(GRACE_MS / 1_000 + 1)
    await services.repos.trail.settle(clock.now_ms(), lambda text: [f"signed {text}"])
    await made.until_idle()

    assert receiver.heard() == ["acknowledged", "never acknowledged"]
    assert receiver.taken[-1].event["late"] is True


async def test_what_was_swept_before_it_was_told_is_counted_and_the_rest_told(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    made = await Process(services, receiver).begin()
    await happen(services, *numbered("old", 4))
    clock.advance(100 * DAY_MS / 1_000)
    await happen(services, "new", "newer")
    before = forwarding.LOST.value()
    await services.repos.trail.retire(
        clock.now_ms() - 90 * DAY_MS, lambda text: [f"signed {text}"]
    )

    await made.until_idle()

    assert receiver.heard() == ["new", "newer"]
    assert forwarding.LOST.value() - before == 4


@pytest.mark.parametrize("count", [1, 8])  # before and beyond the place
async def test_after_a_restore_what_came_since_is_told(
    platform: Platform, receiver: WebhookReceiver, clock: ManualClock, count: int
) -> None:
    services = platform.services
    made = await Process(services, receiver).begin()
    await happen(services, *numbered("kept", 3))
    await made.until_idle()
    clock.advance(3_600)
    await happen(services, *numbered("not in the backup", 3))
    await made.until_idle()
    data = platform.mongo.collection("dashboard_data")
    await data.delete_ids([f"link_{number:012d}" for number in (4, 5, 6)])
    services.repos.chain._end = None
    clock.advance(3_600)

    since = numbered("since the restore", count)
    await happen(services, *since)
    await made.until_idle()

    assert receiver.heard()[-count:] == since
    assert receiver.heard()[:6] == [
        *numbered("kept", 3),
        *numbered("not in the backup", 3),
    ]
