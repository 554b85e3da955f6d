"""What answers carry, field by field; the document is made from these too.

Times are RFC 3339 in UTC with milliseconds; names are those of GraphQL in
snake_case.
"""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from app.rest.envelope import Meta
from app.rest.values import Time
from domain.activity import Severity
from domain.principal import Role
from domain.users import AccountStatus, Presence


class User(TypedDict):
    """`email` and `role` are null where they are not for the caller to see."""

    id: Annotated[str, Field(examples=["u_5f0c7d2e9a4b4c1d8e3f6a7b8c9d0e1f"])]
    email: Annotated[str | None, Field(examples=["ana@example.com"])]
    name: Annotated[str, Field(examples=["Ana Lima"])]
    avatar_url: str | None
    role: Role | None
    status: AccountStatus
    presence: Presence
    last_seen_at: Time | None
    created_at: Time
    updated_at: Time
    version: Annotated[int, Field(description="Counts the changes.")]


class Actor(TypedDict):
    """The public profile of who did something."""

    id: str
    name: str
    avatar_url: str | None
    presence: Presence


class DeletedUser(TypedDict):
    id: str


class Tokens(TypedDict):
    access_token: str
    refresh_token: Annotated[
        str | None, Field(description="Null for callers who keep it in the cookie.")
    ]
    token_type: Annotated[str, Field(examples=["bearer"])]
    expires_in: Annotated[int, Field(description="Seconds the access token lives.")]
    user: User


class LoggedOut(TypedDict):
    logged_out: bool


class Stat(TypedDict):
    """`previous` is the figure of the equal period before, null when unknown."""

    value: float
    previous: float | None
    change_pct: float | None


class Stats(TypedDict):
    total_users: Stat
    active_users: Stat
    new_users: Stat
    online_users: Stat
    requests: Stat
    error_rate: Annotated[Stat, Field(description="Errors per request, 0 to 1.")]
    response_time_ms: Annotated[Stat, Field(description="The 95th percentile.")]
    version: Annotated[int, Field(description="Grows with each computation.")]
    as_of: Time
    cached: bool


class FieldChange(TypedDict):
    field: str
    before: str | None
    after: str | None


class Activity(TypedDict):
    """An entry of the trail, with the labels of its time."""

    id: str
    action: Annotated[str, Field(examples=["user.created"])]
    actor: Annotated[
        Actor | None, Field(description="Null for the system, keys and the deleted.")
    ]
    actor_label: str
    target_type: str | None
    target_id: str | None
    target_label: str | None
    summary: str
    changes: list[FieldChange]
    severity: Severity
    occurred_at: Time
    cursor: str


class Rejection(TypedDict):
    index: int
    code: str
    message: str


class RecordResult(TypedDict):
    """`accepted` counts repeats of an event id too: they are safely stored."""

    accepted: int
    rejected: list[Rejection]


class PageNumbers(TypedDict):
    page: int
    page_size: int
    total: int
    pages: int


class Continuation(TypedDict):
    limit: int
    next: Annotated[
        str | None, Field(description="`after` of the next page; null on the last.")
    ]
    newest: Annotated[
        str, Field(description="Where live events take over from this list.")
    ]


class PagedMeta(Meta):
    pagination: PageNumbers


class ContinuedMeta(Meta):
    pagination: Continuation
