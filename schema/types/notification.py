"""The inbox."""

import strawberry

from domain import activity, notifications
from resolvers import notifications as inbox
from resolvers.context import Context
from schema.info import Info
from schema.scalars import DateTime
from schema.types.node import Node
from schema.types.page import Connection


@strawberry.type(description="A notice in your inbox.")
class Notification(Node):
    id: strawberry.ID
    title: str
    body: str | None = strawberry.field(description="Plain text, of several lines.")
    level: activity.Severity
    link: str | None = strawberry.field(
        description="Where to look: an https address, or a path within this service."
    )
    created_at: DateTime
    read: bool
    read_at: DateTime | None

    @classmethod
    def of(cls, record: notifications.Notification) -> "Notification":
        read_ms = record.read_ms
        return cls(
            id=strawberry.ID(record.id),
            title=record.title,
            body=record.body,
            level=record.level,
            link=record.link,
            created_at=DateTime(record.created_ms),
            read=read_ms is not None,
            read_at=None if read_ms is None else DateTime(read_ms),
        )


@strawberry.type
class NotificationConnection(Connection[Notification]):
    newest_cursor: str = strawberry.field(
        description="An `after` for `notificationReceived`: none falls between this "
        "page and that subscription."
    )

    @classmethod
    async def read(
        cls, ctx: Context, *, first: int | None, after: str | None, unread_only: bool
    ) -> "NotificationConnection":
        newest = await inbox.newest_cursor(ctx)  # first: nothing falls between
        page = await inbox.list_notifications(
            ctx, first=first, after=after, unread_only=unread_only
        )
        return cls(
            page=page,
            list_name=inbox.LIST,
            nodes=[Notification.of(record) for record in page.items],
            newest_cursor=newest,
        )

    @strawberry.field(description="Of the whole inbox, whatever the page shows.")
    async def unread_count(self, info: Info) -> int:
        return await inbox.unread_count(info.context)


@strawberry.input(description="A notice to up to 1,000 people.")
class NotificationInput:
    user_ids: list[strawberry.ID]
    title: str = strawberry.field(description="One line, at most 120 characters.")
    body: str | None = strawberry.field(
        default=None, description="Plain text, at most 2,000 characters."
    )
    level: activity.Severity | None = activity.Severity.INFO
    link: str | None = strawberry.field(
        default=None, description="An https address, or a path starting with `/`."
    )

    def to_record(self) -> notifications.NotificationDraft:
        return notifications.NotificationDraft(
            title=self.title,
            body=self.body,
            level=self.level or activity.Severity.INFO,
            link=self.link,
        )
