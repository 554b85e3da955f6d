"""What happened, told to another system: signed, in order, until it was taken."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from kit.standard_webhooks import read_secret, signature_headers
from resolvers import forwarding
from resolvers.context import Services
from resolvers.forward_sending import RETRY_AFTER_MAX_S
from resolvers.forward_turn import BEAT_S
from tests.support.clock import ManualClock
from tests.support.forwarding import (
    LONGEST_PAUSE_S,
    OTHER_SECRET,
    Process,
    happen,
    numbered,
)
from tests.support.webhook_receiver import SECRET, WebhookReceiver


@pytest.fixture
async def receiver() -> AsyncIterator[WebhookReceiver]:
    async with WebhookReceiver() as receiver:
        yield receiver


async def test_an_entry_is_told_as_a_signed_cloud_event(
    services: Services, receiver: WebhookReceiver
) -> None:
    made = await Process(services, receiver).begin()
    (stored,) = await happen(services, "Did a thing")

    await made.until_idle()

    (call,) = receiver.taken
    event = call.event
    assert call.headers["content-type"].startswith("application/cloudevents+json")
    assert call.target == "/events?key=hush"
    assert call.headers["webhook-id"] == event["id"] == stored.id
    assert {
        key: event[key] for key in ("specversion", "type", "source", "subject")
    } == {
        "specversion": "1.0",
        "type": "thing.done",
        "source": "test",
        "subject": "thing/t1",
    }
    assert event["data"]["summary"] == "Did a thing"
    assert not {"address", "session_id"} & set(event["data"])
    assert "late" not in event
    assert call.is_signed(SECRET)
    assert call.is_signed(OTHER_SECRET)
    assert not call.is_signed("whsec_" + "QUJD" * 12)


def test_signatures_are_those_of_the_published_example() -> None:
    headers = signature_headers(
        [read_secret(SECRET)],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330_000,
        b'{"test": 2432232314}',
    )

    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-signature"] == expected


async def test_every_subject_keeps_its_order_though_several_are_told_at_a_time(
    services: Services, receiver: WebhookReceiver
) -> None:
    made = await Process(services, receiver).begin()
    names = ("a", "b", "c", "d", "e")
    await asyncio.gather(
        *(happen(services, *numbered(name, 12), target=name) for name in names)
    )

    await made.until_idle()

    assert len(receiver.calls) == 60
    assert 1 < receiver.connections <= 5
    for name in names:
        assert receiver.heard(f"thing/{name}") == numbered(name, 12)
    order = [call.event["sequence"] for call in receiver.taken]
    assert len(set(order)) == 60


async def test_only_what_is_wanted_is_told_and_never_what_is_quiet(
    services: Services, receiver: WebhookReceiver
) -> None:
    made = Process(services, receiver, actions=("shop.*", "thing.done"))
    await made.forwarder.round()
    for action in ("shop.sold", "shopping.done", "thing.undone", "audit.read"):
        await happen(services, action, action=action)
    await happen(services, "thing.done")

    await made.until_idle()
    assert receiver.heard() == ["shop.sold", "thing.done"]

    await made.forwarder._turn.leave()
    everything = await Process(services, receiver).begin()
    await happen(services, "quiet", action="auth.refreshed")
    await happen(services, "loud", action="auth.login")
    await everything.until_idle()
    assert receiver.heard() == ["shop.sold", "thing.done", "loud"]


@pytest.mark.parametrize(
    "answers",
    [
        ["500 Oh"],
        ["404 None"],
        ["302 Found\r\nlocation: http://127.0.0.1:9/elsewhere"],
        [None, None],  # the first may be the end of an old connection
        ["garbage"],
        ["silence"],
    ],
    ids=lambda answers: str(answers[0])[:7],
)
async def test_what_was_not_taken_is_told_again_before_what_came_after(
    services: Services,
    receiver: WebhookReceiver,
    clock: ManualClock,
    answers: list[str | None],
) -> None:
    made = Process(services, receiver, timeout_s=0.3, parallel=1)
    await made.forwarder.round()
    receiver.answers = ["204 No Content", *answers]
    await happen(services, "one", "two", "three")

    await made.until_idle()
    assert receiver.heard() == ["one"]
    clock.advance(LONGEST_PAUSE_S)
    await made.until_idle()

    told = [call.event["data"]["summary"] for call in receiver.calls]
    assert told == ["one", *["two"] * len(answers), "two", "three"]


async def test_a_receiver_that_says_when_is_left_alone_until_then(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    made = await Process(services, receiver).begin()
    at = "Sat, 21 Jun 2025 10:06:40 GMT"  # 400 s from when the clock starts
    receiver.answers = [
        "429 Slow\r\nretry-after: 300",
        f"503 Later\r\nretry-after: {at}",
        "503 Later\r\nretry-after: 99999999",
    ]
    await happen(services, "one")

    waited = []
    for _ in range(3):
        await made.until_idle()
        calls = len(receiver.calls)
        start_s = clock.steady_s()
        while len(receiver.calls) == calls:
            clock.advance(20)
            await made.until_idle()
        waited.append(clock.steady_s() - start_s)

    assert waited == [300, 100, RETRY_AFTER_MAX_S]
    assert receiver.heard() == ["one"]


async def test_a_receiver_that_is_gone_is_asked_no_more(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    made = await Process(services, receiver).begin()
    receiver.answers = ["410 Gone"]
    await happen(services, "one", "two")

    await made.until_idle()
    clock.advance(LONGEST_PAUSE_S)
    await made.until_idle()
    assert len(receiver.calls) == 1
    # Whoever watches is told: it grows.
    assert forwarding.LAG.value() >= LONGEST_PAUSE_S

    # After a restart it is asked again: nothing was passed over.
    await (await Process(services, receiver).begin()).until_idle()
    assert receiver.heard() == ["one", "two"]


async def test_what_happened_before_it_was_switched_on_is_told_only_if_wanted(
    services: Services, receiver: WebhookReceiver
) -> None:
    await happen(services, "before")
    await (await Process(services, receiver).begin()).until_idle()
    assert receiver.calls == []

    await services.repos.forwarding._data.delete("forward_turn")
    made = Process(services, receiver, from_oldest=True)
    await made.forwarder.round()
    await made.until_idle()
    assert receiver.heard() == ["before"]


async def test_while_nothing_happens_nothing_is_written(
    services: Services, receiver: WebhookReceiver, clock: ManualClock
) -> None:
    made = await Process(services, receiver).begin()
    before = await services.repos.forwarding.look()
    await made.forwarder.round()
    assert await services.repos.forwarding.look() == before

    clock.advance(BEAT_S)
    await made.forwarder.round()
    assert await services.repos.forwarding.look() != before
