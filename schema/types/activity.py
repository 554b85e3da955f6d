"""The trail of what happened."""

from collections.abc import Awaitable, Callable

import strawberry

from domain import activity
from domain.activity_privacy import shown_changes
from domain.ids import USER
from domain.paging import Page
from domain.principal import Principal
from resolvers import activity as trail
from resolvers.context import Context
from resolvers.users import get_user
from schema.info import Info
from schema.scalars import DateTime
from schema.types.node import Node
from schema.types.page import Connection
from schema.types.user import User


@strawberry.type(description="What became of one field; secrets are redacted.")
class FieldChange:
    field: str
    before: str | None
    after: str | None


@strawberry.type(
    description="One entry of the trail. Labels are those of the time, so that "
    "history survives renaming and deleting."
)
class Activity(Node):
    record: strawberry.Private[activity.Activity]
    id: strawberry.ID
    action: str = strawberry.field(description="Dotted, such as `user.created`.")
    actor_label: str
    target_type: str | None
    target_id: strawberry.ID | None
    target_label: str | None
    summary: str
    severity: activity.Severity
    occurred_at: DateTime

    @classmethod
    def of(cls, record: activity.Activity) -> "Activity":
        target = record.target_id
        return cls(
            record=record,
            id=strawberry.ID(record.id),
            action=record.action,
            actor_label=record.actor_label,
            target_type=record.target_type,
            target_id=None if target is None else strawberry.ID(target),
            target_label=record.target_label,
            summary=record.summary,
            severity=record.severity,
            occurred_at=DateTime(record.occurred_ms),
        )

    @strawberry.field(
        description="Who did it; null for the system, an API key or a deleted account."
    )
    async def actor(self, info: Info) -> User | None:
        actor_id = self.record.actor_id
        if actor_id is None or not actor_id.startswith(f"{USER}_"):
            return None
        found = await get_user(info.context, actor_id)
        return None if found is None else User.of(found)

    @strawberry.field
    def changes(self, info: Info) -> list[FieldChange]:
        return [
            FieldChange(field=one.field, before=one.before, after=one.after)
            for one in shown_changes(info.context.principal, self.record)
        ]

    @strawberry.field(
        description="Whether it was done or refused; null but for administrators."
    )
    def outcome(self) -> activity.Result | None:
        return self.record.result

    @strawberry.field(
        description="The session it was done in; null but for administrators, and "
        "where it was done in none."
    )
    def session_id(self) -> strawberry.ID | None:
        found = self.record.session_id
        return None if found is None else strawberry.ID(found)

    def shows_private(self, principal: Principal) -> bool:
        """Whether `principal` looks after the trail, rather than being in it."""
        return principal.is_admin

    @strawberry.field(description="Its place in every list of the trail.")
    def cursor(self, info: Info) -> str:
        return trail.cursor_of(info.context, self.record)


@strawberry.type
class ActivityConnection(Connection[Activity]):
    newest_cursor: str = strawberry.field(
        description="An `after` for `activityAdded`: no event falls between this page "
        "and that subscription."
    )

    @classmethod
    async def read(
        cls, ctx: Context, fetch: Callable[[], Awaitable[Page[activity.Activity]]]
    ) -> "ActivityConnection":
        """The page that `fetch` reads, after the cursor nothing slips behind."""
        newest = await trail.newest_cursor(ctx)
        page = await fetch()
        return cls(
            page=page,
            list_name=trail.LIST,
            nodes=[Activity.of(record) for record in page.items],
            newest_cursor=newest,
        )


@strawberry.input(description="All given conditions hold together.")
class ActivityFilter:
    actor_ids: list[strawberry.ID] | None = None
    actions: list[str] | None = strawberry.field(
        default=None, description='Whole actions, or prefixes such as "user.*".'
    )
    target_type: str | None = None
    target_id: strawberry.ID | None = None
    severity: activity.Severity | None = None
    outcome: activity.Result | None = None
    from_: DateTime | None = strawberry.field(name="from", default=None)
    to: DateTime | None = strawberry.field(
        default=None, description="The first moment that no longer counts."
    )
    search: str | None = strawberry.field(
        default=None, description="Words of the summary or of a label."
    )

    def to_record(self) -> activity.ActivityFilter:
        return activity.ActivityFilter(
            actor_ids=tuple(self.actor_ids or ()),
            actions=tuple(self.actions or ()),
            target_type=self.target_type,
            target_id=self.target_id,
            severity=self.severity,
            outcome=self.outcome,
            from_ms=self.from_,
            to_ms=self.to,
            search=self.search,
        )


@strawberry.input(description="Something an application did.")
class ActivityInput:
    action: str = strawberry.field(description="Dotted lower case: `report.exported`.")
    summary: str | None = None
    actor_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whoever records, unless given."
    )
    target_type: str | None = None
    target_id: strawberry.ID | None = None
    target_label: str | None = None
    severity: activity.Severity | None = activity.Severity.INFO
    occurred_at: DateTime | None = strawberry.field(
        default=None, description="Now, unless given."
    )
    event_id: str | None = strawberry.field(
        default=None,
        description="The same event sent twice under one id is stored once.",
    )

    def to_record(self) -> activity.ActivityDraft:
        return activity.ActivityDraft(
            action=self.action,
            summary=self.summary,
            actor_id=self.actor_id,
            target_type=self.target_type,
            target_id=self.target_id,
            target_label=self.target_label,
            severity=self.severity or activity.Severity.INFO,
            occurred_ms=self.occurred_at,
            event_id=self.event_id,
        )
