"""The receiver that the settings name, and who forwards to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.forwarding.http_post import Poster
from app.forwarding.service_bus import CannotForward, ServiceBus
from app.forwarding.webhook import Webhook
from app.settings.settings import Settings
from resolvers.context import Services
from resolvers.forwarding import Forwarder, Wishes

__all__ = ["CannotForward", "forwarder"]


@asynccontextmanager
async def forwarder(
    settings: Settings, services: Services
) -> AsyncIterator[Forwarder | None]:
    """None where activity is not forwarded.

    Raises:
        CannotForward: the extra or the identity that is asked for is not here.
    """
    wishes = Wishes(
        actions=settings.forward_actions,
        parallel=settings.forward_parallel,
        pause_max_s=settings.forward_pause_max_s,
        from_oldest=settings.forward_from == "oldest",
    )
    source, timeout_s = settings.forward_source, float(settings.forward_timeout_s)
    if url := settings.forward_webhook_url:
        poster = Poster(url, timeout_s=timeout_s)
        keys = settings.forward_keys
        webhook = Webhook(poster, keys, source=source, clock=services.clock)
        try:
            yield Forwarder(services, webhook, wishes)
        finally:
            poster.close()
    elif connection := settings.forward_service_bus_connection:
        bus = ServiceBus(
            connection.get_secret_value(),
            settings.forward_service_bus_entity or "",
            source=source,
            timeout_s=timeout_s,
        )
        try:
            yield Forwarder(services, bus, wishes)
        finally:
            await bus.close()
    else:
        yield None
