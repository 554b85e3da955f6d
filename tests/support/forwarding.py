"""Things that happen, and who forwards them to a receiver of the test's."""

from dataclasses import replace
from typing import Any

from app.forwarding.http_post import Poster
from app.forwarding.webhook import Webhook
from domain.activity import Activity
from domain.forwarding import Receiver
from kit.standard_webhooks import read_secret
from resolvers.context import Services
from resolvers.forwarding import Forwarder, Wishes
from tests.support.records import entry
from tests.support.webhook_receiver import SECRET, WebhookReceiver

OTHER_SECRET = "whsec_" + "QUJDRA" * 6
LONGEST_PAUSE_S = 60.0


class Process:
    """One of several that forward; it closes with the receiver."""

    def __init__(
        self,
        services: Services,
        receiver: WebhookReceiver,
        *,
        timeout_s: float = 30,
        **wishes: Any,
    ) -> None:
        keys = [read_secret(SECRET), read_secret(OTHER_SECRET)]
        poster = Poster(receiver.url, timeout_s=timeout_s)
        receiver.on_close.append(poster.close)
        webhook = Webhook(poster, keys, source="test", clock=services.clock)
        self.forwarder = forwarder(services, webhook, **wishes)

    async def begin(self) -> "Process":
        """From now on things count; it has the turn if it is free."""
        await self.forwarder.round()
        await self.until_idle()
        return self

    async def until_idle(self) -> None:
        await until_idle(self.forwarder)


def forwarder(services: Services, receiver: Receiver, **wishes: Any) -> Forwarder:
    return Forwarder(services, receiver, Wishes(**wishes))


async def until_idle(forwarder: Forwarder) -> None:
    """Until a round finds nothing to do, or something in the way."""
    for _ in range(50):
        if await forwarder.round():
            return
    raise AssertionError("it never rests")


async def happen(
    services: Services, *summaries: str, target: str = "t1", action: str = "thing.done"
) -> list[Activity]:
    """These, one after the other."""
    now_ms = services.clock.now_ms()
    entries = [
        replace(
            entry(now_ms),
            action=action,
            summary=summary,
            target_type="thing",
            target_id=target,
        )
        for summary in summaries
    ]
    for one in entries:
        await services.repos.activity.append([one])
    return entries


def numbered(name: str, count: int) -> list[str]:
    return [f"{name} {number}" for number in range(count)]
