"""What subscriptions tell."""

from typing import Annotated

import strawberry

from domain import events, positions
from domain.metrics import Aggregate, Interval, MetricKind
from domain.users import Presence
from resolvers import live_metrics
from resolvers.live_cursors import sign_position
from resolvers.users import get_user
from schema.info import Info
from schema.scalars import DateTime
from schema.types.activity import Activity
from schema.types.metrics import MetricPoint
from schema.types.notification import Notification
from schema.types.user import User


@strawberry.type(
    description="Events are missing here: look again at what they changed. Those after "
    "it still follow."
)
class Gap:
    record: strawberry.Private[positions.Gap]
    reason: positions.GapReason

    @classmethod
    def of(cls, record: positions.Gap) -> "Gap":
        return cls(record=record, reason=record.reason)

    @strawberry.field(
        name="from",
        description="The last event before the gap; null when none was known.",
    )
    def from_(self, info: Info) -> str | None:
        after = self.record.after
        if after is None:
            return None
        return sign_position(info.context.services, self.record.topic, after)

    @strawberry.field(description="An `after` for the rest.")
    def to(self, info: Info) -> str:
        gap = self.record
        return sign_position(info.context.services, gap.topic, gap.until)


@strawberry.type
class ActivityAdded:
    cursor: str = strawberry.field(
        description="An `after` for the events past this one, on any transport."
    )
    activity: Activity

    @classmethod
    def of(cls, cursor: str, event: events.ActivityHappened) -> "ActivityAdded":
        return cls(cursor=cursor, activity=Activity.of(event.activity))


ActivityEvent = Annotated[
    ActivityAdded | Gap,
    strawberry.union("ActivityEvent", description="A new entry, or a gap."),
]


@strawberry.type
class NotificationAdded:
    cursor: str = strawberry.field(
        description="An `after` for the events past this one, on any transport."
    )
    notification: Notification

    @classmethod
    def of(cls, cursor: str, event: events.NotificationAdded) -> "NotificationAdded":
        return cls(cursor=cursor, notification=Notification.of(event.notification))


@strawberry.type(description="Some of your notifications were read, on some device.")
class NotificationsRead:
    cursor: str
    ids: list[strawberry.ID] | None = strawberry.field(
        description="Null means all from before `before`."
    )
    before: DateTime | None = strawberry.field(
        description="Null, with no `ids` either, means all that there were."
    )

    @classmethod
    def of(cls, cursor: str, event: events.NotificationsRead) -> "NotificationsRead":
        ids, before_ms = event.notification_ids, event.before_ms
        return cls(
            cursor=cursor,
            ids=None if ids is None else [strawberry.ID(one) for one in ids],
            before=None if before_ms is None else DateTime(before_ms),
        )


NotificationEvent = Annotated[
    NotificationAdded | NotificationsRead | Gap,
    strawberry.union(
        "NotificationEvent", description="A new notice, some were read, or a gap."
    ),
]


@strawberry.type(description="Somebody came or went.")
class UserStatusChange:
    user_id: strawberry.ID
    status: Presence
    at: DateTime

    @classmethod
    def of(cls, event: events.StatusChanged) -> "UserStatusChange":
        return cls(
            user_id=strawberry.ID(event.user_id),
            status=event.status,
            at=DateTime(event.at_ms),
        )

    @strawberry.field(description="Null when the account is gone.")
    async def user(self, info: Info) -> User | None:
        found = await get_user(info.context, self.user_id)
        return None if found is None else User.of(found)


@strawberry.type(description="Buckets of a metric that changed.")
class MetricUpdate:
    name: str
    unit: str | None
    kind: MetricKind
    aggregate: Aggregate
    interval: Interval
    points: list[MetricPoint] = strawberry.field(
        description="Put each in the place of the one with its `start`. Oldest first; "
        "the last one is the open bucket."
    )

    @classmethod
    def of(cls, record: live_metrics.MetricUpdate) -> "MetricUpdate":
        return cls(
            name=record.name,
            unit=record.unit,
            kind=record.kind,
            aggregate=record.aggregate,
            interval=record.interval,
            points=[MetricPoint.of(point) for point in record.points],
        )
