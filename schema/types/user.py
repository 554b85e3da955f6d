"""People, and the sessions they are signed in with."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import sessions, users
from domain.paging import Page
from domain.principal import Principal, Role
from resolvers.activity import activity_of
from resolvers.presence import live_connections, presence_of
from resolvers.sessions import sessions_of
from resolvers.users import count_users
from schema.info import Info
from schema.scalars import DateTime
from schema.types.node import Node
from schema.types.page import FIRST, Connection
from schema.unsaid import said

if TYPE_CHECKING:
    from schema.types.activity import ActivityConnection

_OWN = "null unless it is your own account or you are an administrator"


@strawberry.type(description="A device somebody is signed in with.")
class Session:
    id: strawberry.ID
    device: str
    ip: str
    created_at: DateTime
    last_seen_at: DateTime
    current: bool = strawberry.field(description="The session this request came with.")
    record: strawberry.Private[sessions.Session]

    @strawberry.field(description="Sockets and event streams it holds open.")
    async def live_connections(self, info: Info) -> int:
        return await live_connections(info.context, self.record)

    @classmethod
    def of(cls, record: sessions.Session, viewer: Principal) -> "Session":
        return cls(
            id=strawberry.ID(record.id),
            device=record.device,
            ip=record.ip,
            created_at=DateTime(record.created_ms),
            last_seen_at=DateTime(record.seen_ms),
            current=record.id == viewer.session_id,
            record=record,
        )


@strawberry.type(
    description="Somebody with an account. Everybody signed in sees the public "
    "profile; e-mail, role, sessions and activity are for the user and administrators."
)
class User(Node):
    record: strawberry.Private[users.User]
    id: strawberry.ID
    email: str | None = strawberry.field(description=f"Is {_OWN}.")
    name: str
    avatar_url: str | None
    role: Role | None = strawberry.field(description=f"Is {_OWN}.")
    status: users.AccountStatus
    last_seen_at: DateTime | None = strawberry.field(
        description="When one of the user's sessions was last used."
    )
    created_at: DateTime
    updated_at: DateTime
    version: int = strawberry.field(
        description="Counts changes: pass it as `expectedVersion` to lose none."
    )

    @classmethod
    def of(cls, record: users.User) -> "User":
        return cls(
            record=record,
            id=strawberry.ID(record.id),
            email=record.email,
            name=record.name,
            avatar_url=record.avatar_url,
            role=record.role,
            status=record.status,
            last_seen_at=DateTime(record.seen_ms) if record.seen_ms else None,
            created_at=DateTime(record.created_ms),
            updated_at=DateTime(record.updated_ms),
            version=record.version,
        )

    def shows_private(self, principal: Principal) -> bool:
        """Whether `schema.guards` lets private fields through."""
        return principal.may_see_private(self.record.id)

    @strawberry.field
    async def presence(self, info: Info) -> users.Presence:
        return await presence_of(info.context, self.record)

    @strawberry.field(
        description="What the user did or what was done to them, newest first; empty "
        "unless it is your own account or you are an administrator."
    )
    async def activity(
        self, info: Info, first: int | None = FIRST, after: str | None = None
    ) -> Annotated["ActivityConnection", strawberry.lazy("schema.types.activity")]:
        from schema.types.activity import ActivityConnection  # noqa: PLC0415  a circle

        fetch = partial(
            activity_of, info.context, self.record, first=said(first), after=after
        )
        return await ActivityConnection.read(info.context, fetch)

    @strawberry.field(description=f"Where the user is signed in; {_OWN}.")
    async def sessions(self, info: Info) -> list[Session] | None:
        found = await sessions_of(info.context, self.record)
        if found is None:
            return None
        return [Session.of(session, info.context.principal) for session in found]


@strawberry.type
class UserConnection(Connection[User]):
    where: strawberry.Private[users.UserFilter]

    @classmethod
    def of(
        cls,
        page: Page[users.User],
        order: users.UserOrder,
        where: users.UserFilter,
    ) -> "UserConnection":
        return cls(
            page=page,
            list_name=f"users:{order}",
            nodes=[User.of(record) for record in page.items],
            where=where,
        )

    @strawberry.field(description="How many users the filter lets through, exactly.")
    async def total_count(self, info: Info) -> int:
        return await count_users(info.context, self.where)
