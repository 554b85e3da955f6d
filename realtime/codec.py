"""Events as bytes: JSON that newer and older replicas read as far as they know it.

A kind ends in its version. Fields may be added to it at any time, with defaults; a
change that would mislead an older replica is a new version, which that one leaves
unread, as it does with kinds it has never heard of.
"""

import re
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from domain.events import (
    AccessChanged,
    ActivityHappened,
    Event,
    MetricsChanged,
    NotificationAdded,
    NotificationsRead,
    StatsChanged,
    StatusChanged,
)
from kit import jsonio
from persistence import keys
from realtime.figures import UNREAD


@dataclass(frozen=True)
class Wire:
    """How a class of events travels; `channel` and `name` are for the outside world,
    empty for what is nobody else's business.
    """

    kind: str
    channel: str = ""
    name: str = ""


WIRE: dict[type[Event], Wire] = {
    ActivityHappened: Wire("activity/1", keys.UPDATES_CHANNEL, "activity:new"),
    StatsChanged: Wire("stats/1", keys.UPDATES_CHANNEL, "dashboard:update"),
    MetricsChanged: Wire("metrics/1", keys.UPDATES_CHANNEL, "dashboard:update"),
    NotificationAdded: Wire(
        "notification/1", keys.NOTIFICATIONS_CHANNEL, "notification:new"
    ),
    NotificationsRead: Wire(
        "notifications-read/1", keys.NOTIFICATIONS_CHANNEL, "notification:read"
    ),
    StatusChanged: Wire("status/1", keys.STATUS_CHANNEL, "user:status_change"),
    AccessChanged: Wire("access/1"),
}
_READERS = {wire.kind: TypeAdapter(event) for event, wire in WIRE.items()}


# At the end, where nothing that somebody wrote can be: quotes in a text are escaped.
_TRACE = re.compile(rb',"trace":"([0-9a-f-]{55})"}$')


def encode(event: Event, cause: str | None = None) -> bytes:
    """The fields of `event` as JSON, and the `traceparent` of what caused it where
    that is recorded; its kind travels beside them.
    """
    sealed = jsonio.dumps(event)
    return (
        sealed if cause is None else b'%b,"trace":"%b"}' % (sealed[:-1], cause.encode())
    )


def cause_of(payload: bytes) -> str | None:
    """The `traceparent` of what caused an event."""
    found = _TRACE.search(payload[-70:])
    return found[1].decode() if found else None


def decode(kind: str, payload: bytes) -> Event | None:
    """The event; None, counted, when this replica cannot read it."""
    try:
        return _READERS[kind].validate_json(payload)
    except (KeyError, ValidationError):
        UNREAD.inc()
        return None
