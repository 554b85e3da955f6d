"""Events to a queue or topic of Azure Service Bus; takes the extra `servicebus`.

The session and the partition key are the subject, so that whoever reads with sessions
has each subject in order; the message id is the entry's, for duplicate detection.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from app.forwarding.cloud_event import CONTENT_TYPE, cloud_event
from app.forwarding.managed_identity import ManagedIdentity, NoIdentity, NoToken
from domain.forwarding import Happening, NotTaken

SESSION_MAX = 128  # characters of a session id
PER_CALL = 100
_SHUT_S = 3.0
# In a connection string, instead of a key.
BY_IDENTITY = "Authentication=ManagedIdentity"


class CannotForward(Exception):
    """What is set takes something that is not here; the text says what."""


class ServiceBus:
    """Connects at the first call, and anew after each failure."""

    at_once = PER_CALL

    def __init__(
        self, connection: str, entity: str, *, source: str, timeout_s: float
    ) -> None:
        try:
            from azure.servicebus import aio  # noqa: PLC0415  an extra
        except ImportError as err:
            raise CannotForward(
                "DASHBOARD_FORWARD_SERVICE_BUS_CONNECTION takes the extra "
                "'servicebus': pip install 'user-dashboard[servicebus]'"
            ) from err
        self._aio = aio
        self._connection = connection
        self._identity: ManagedIdentity | None = None
        if BY_IDENTITY in connection:
            try:
                self._identity = ManagedIdentity(timeout_s=timeout_s)
            except NoIdentity as err:
                raise CannotForward(
                    f"DASHBOARD_FORWARD_SERVICE_BUS_CONNECTION has {BY_IDENTITY}, "
                    f"and {err}"
                ) from err
        self._entity = entity
        self._source = source
        self._timeout_s = timeout_s
        self._client: Any = None
        self._sender: Any = None
        self._turn = asyncio.Lock()  # a sender is one link: it has one user at a time

    async def take(self, happenings: Sequence[Happening]) -> None:
        from azure.servicebus import exceptions  # noqa: PLC0415

        messages = [message_of(one, self._source) for one in happenings]
        async with self._turn:
            try:
                async with asyncio.timeout(self._timeout_s):
                    await self._send(messages)
            except (
                exceptions.ServiceBusError,
                OSError,
                ValueError,
                TimeoutError,
            ) as err:
                await self.close()
                cause = getattr(err, "inner_exception", None)
                why = cause if isinstance(cause, NoToken) else type(err).__name__
                raise NotTaken(f"Service Bus: {why}") from err

    async def close(self) -> None:
        both, self._sender, self._client = (self._sender, self._client), None, None
        for one in both:
            with suppress(Exception):  # it may be broken: that is why it is closed
                async with asyncio.timeout(_SHUT_S):
                    if one is not None:
                        await one.close()

    def _connected(self) -> Any:
        # Who calls tries again, with pauses that all events share.
        client: Any = self._aio.ServiceBusClient
        if self._identity is None:
            return client.from_connection_string(self._connection, retry_total=0)
        return client(
            _host(self._connection),
            self._identity,
            retry_total=0,
            use_tls="UseDevelopmentEmulator" not in self._connection,
        )

    async def _send(self, messages: Sequence[Any]) -> None:
        from azure.servicebus.exceptions import MessageSizeExceededError  # noqa: PLC0415

        if self._sender is None:
            self._client = self._connected()
            # The same for topics: an address is all there is to either.
            self._sender = self._client.get_queue_sender(self._entity)
        try:
            await self._sender.send_messages(list(messages))
        except MessageSizeExceededError:
            if len(messages) == 1:
                raise
            for message in messages:
                await self._sender.send_messages(message)


def _host(connection: str) -> str:
    """With its port, where one is given."""
    return connection.partition("Endpoint=sb://")[2].partition(";")[0].rstrip("/")


def message_of(happening: Happening, source: str) -> Any:
    """The CloudEvent as a message; its `type` is the label, for rules of topics."""
    from azure.servicebus import ServiceBusMessage  # noqa: PLC0415

    subject = session_of(happening.subject)
    return ServiceBusMessage(
        cloud_event(happening, source),
        message_id=happening.entry.id,
        session_id=subject,
        partition_key=subject,
        subject=happening.entry.action,
        content_type=CONTENT_TYPE,
        application_properties={"source": source, "sequence": happening.sequence},
    )


def session_of(subject: str) -> str:
    """The subject, or what stands for one that is too long."""
    if len(subject) <= SESSION_MAX:
        return subject
    return hashlib.sha256(subject.encode()).hexdigest()
