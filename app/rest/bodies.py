"""What callers send as JSON: the fields of GraphQL's inputs, in snake_case."""

from typing import Annotated, Any

from pydantic import Field

from app.rest.values import Moment, PersonsRole, Strict, choice, text
from domain.activity import Severity
from domain.metrics import MetricKind
from domain.principal import Role
from domain.users import AccountStatus

# More than a setting allows: it only bounds what one wrong body may cost.
ITEMS_MAX = 10_000

Email = Annotated[str, text("ana@example.com", format="email", maxLength=254)]
Password = Annotated[str, text("correct horse battery", minLength=12, maxLength=128)]
Name = Annotated[str, text("Ana Lima", minLength=1, maxLength=100)]
AvatarUrl = Annotated[
    str | None,
    text("https://example.com/ana.png", says="An https address; null for none."),
]
# Points and events are taken or rejected one by one, so the document only says what
# each field should be, where for other bodies it draws the line.
EventId = Annotated[
    str | None, text(says="The same one is taken once. At most 100 characters.")
]
Label = Annotated[str | None, text(says="At most 200 characters.")]


def maybe(says: str | None = None) -> Any:
    """The default of a field that may be left out, but not be null."""
    return Field(default=None, description=says)


class Login(Strict):
    email: Email
    password: Annotated[str, text("correct horse battery")]


class Refresh(Strict):
    refresh_token: str | None = Field(
        None, description="Left out by callers who keep it in the cookie."
    )


class Logout(Strict):
    everywhere: bool = Field(False, description="All my sessions, not only this one.")


class CreateUser(Strict):
    email: Email
    password: Password
    name: Name
    role: PersonsRole = Role.MEMBER
    avatar_url: AvatarUrl = None


class UpdateUser(Strict):
    """Fields left out stay as they are."""

    name: Name = maybe()
    avatar_url: AvatarUrl = None
    email: Email = maybe("One's own needs `current_password`.")
    role: PersonsRole = maybe("For administrators to set.")
    status: Annotated[AccountStatus, choice(AccountStatus)] = maybe(
        "For administrators to set."
    )
    current_password: str = maybe("To change one's own e-mail.")


class MetricPointInput(Strict):
    name: Annotated[
        str, text("checkout.orders", says="Dotted, lower case, at most 100 characters.")
    ]
    value: float
    at: Moment | None = Field(None, description="Now when left out.")
    kind: Annotated[MetricKind, choice(MetricKind)] | None = Field(
        None, description="Left out: the metric's own, GAUGE for a new one."
    )
    unit: Annotated[str | None, text("orders", says="At most 20 characters.")] = None
    tags: dict[str, str] | None = Field(
        None, description="At most 8.", examples=[{"region": "eu"}]
    )
    event_id: EventId = None


class RecordMetrics(Strict):
    points: list[MetricPointInput] = Field(
        max_length=ITEMS_MAX,
        description="At most 1,000, unless set otherwise.",
        json_schema_extra={"minItems": 1},
    )


class ActivityInput(Strict):
    action: Annotated[
        str, text("report.exported", says="Dotted, lower case, at most 100 characters.")
    ]
    summary: Annotated[
        str | None, text("Exported Q2 as CSV", says="At most 500 characters.")
    ] = None
    actor_id: str | None = Field(None, description="Left out: whoever records.")
    target_type: Annotated[
        str | None, text("report", says="A lower-case word, at most 40 characters.")
    ] = None
    target_id: Label = None
    target_label: Label = None
    severity: Annotated[Severity, choice(Severity)] = Severity.INFO
    occurred_at: Moment | None = Field(None, description="Now when left out.")
    event_id: EventId = None


class RecordActivity(Strict):
    events: list[ActivityInput] = Field(
        max_length=ITEMS_MAX,
        description="At most 1,000, unless set otherwise.",
        json_schema_extra={"minItems": 1},
    )
