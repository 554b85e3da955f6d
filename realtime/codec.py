"""Events as bytes: JSON that newer and older replicas read as far as they know it.

A kind ends in its version. Fields may be added to it at any time, with defaults; a
change that would mislead an older replica is a new version, which that one leaves
unread, as it does with kinds it has never heard of.
"""

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


def encode(event: Event) -> bytes:
    """The fields of `event` as JSON; its kind travels beside them."""
    return jsonio.dumps(event)


def decode(kind: str, payload: bytes) -> Event | None:
    """The event; None, counted, when this replica cannot read it."""
    try:
        return _READERS[kind].validate_json(payload)
    except (KeyError, ValidationError):
        UNREAD.inc()
        return None
