"""What happened, as every replica and every open socket is told.

Each topic is a log (`domain.positions`). Of the log topics every event counts and can
be asked for again; of the state topics the newest per key is enough, so that whoever
is slow gets fewer of them, never a stale one.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Self

from domain.activity import Activity
from domain.notifications import Notification
from domain.users import Presence
from kit.ids import random_id


class Topic(StrEnum):
    """CONTROL stands first: what ends an access is heard before what it would show."""

    CONTROL = "control"
    ACTIVITY = "activity"
    NOTIFICATIONS = "notifications"
    STATS = "stats"
    METRICS = "metrics"
    PRESENCE = "presence"

    @property
    def is_log(self) -> bool:
        """Whether every event counts."""
        return self in {Topic.CONTROL, Topic.ACTIVITY, Topic.NOTIFICATIONS}


@dataclass(frozen=True, kw_only=True)
class Event:
    """`id` names the event for good: publishing it again changes nothing.

    `addresses` are the people it is about, for finding who listens; `merge_key` is
    None where every event counts.
    """

    topic: ClassVar[Topic]
    at_ms: int
    id: str = field(default_factory=lambda: random_id("e"))

    @property
    def addresses(self) -> tuple[str, ...]:
        return ()

    @property
    def merge_key(self) -> Hashable | None:
        return None

    def merged_into(self, newer: Self) -> Self:
        """What to tell somebody who has been told neither; same `merge_key`."""
        return newer


@dataclass(frozen=True, kw_only=True)
class ActivityHappened(Event):
    """Carries the whole entry, as entries never change: nobody reads it again."""

    topic = Topic.ACTIVITY
    activity: Activity

    @classmethod
    def of(cls, activity: Activity) -> Self:
        return cls(activity=activity, at_ms=activity.recorded_ms, id=activity.id)

    @property
    def addresses(self) -> tuple[str, ...]:
        """As `Activity.concerns`: who did it, and the person it was done to."""
        entry = self.activity
        target_id = entry.target_id if entry.target_type == "user" else None
        return tuple(one for one in (entry.actor_id, target_id) if one)


@dataclass(frozen=True, kw_only=True)
class AboutUser(Event):
    """An event about one person."""

    user_id: str

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.user_id,)


@dataclass(frozen=True, kw_only=True)
class NotificationAdded(Event):
    """Carries the whole notification, as it was when it was new: unread."""

    topic = Topic.NOTIFICATIONS
    notification: Notification

    @classmethod
    def of(cls, notification: Notification) -> Self:
        return cls(
            notification=notification,
            at_ms=notification.created_ms,
            id=notification.id,
        )

    @property
    def user_id(self) -> str:
        return self.notification.user_id

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.user_id,)


@dataclass(frozen=True, kw_only=True)
class NotificationsRead(AboutUser):
    """Those of `notification_ids`, or those from before `before_ms`, or, when both
    are None, all that there were.
    """

    topic = Topic.NOTIFICATIONS
    notification_ids: tuple[str, ...] | None = None
    before_ms: int | None = None


@dataclass(frozen=True, kw_only=True)
class StatsChanged(Event):
    topic = Topic.STATS

    @property
    def merge_key(self) -> Hashable:
        return "stats"


@dataclass(frozen=True, kw_only=True)
class MetricsChanged(Event):
    """Points were recorded under these names."""

    topic = Topic.METRICS
    names: tuple[str, ...]

    @property
    def merge_key(self) -> Hashable:
        return "metrics"

    def merged_into(self, newer: Self) -> Self:
        return replace(newer, names=tuple(sorted({*self.names, *newer.names})))


@dataclass(frozen=True, kw_only=True)
class StatusChanged(AboutUser):
    """Made by `realtime.presence` alone, once per change."""

    topic = Topic.PRESENCE
    status: Presence

    @property
    def merge_key(self) -> Hashable:
        return self.user_id


@dataclass(frozen=True, kw_only=True)
class AccessChanged(AboutUser):
    """The user's role, status or sessions are others now, or the account is gone."""

    topic = Topic.CONTROL
