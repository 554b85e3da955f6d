"""What clients send about users and about what they want to read."""

from typing import Any

import strawberry

from domain import metrics, users
from domain.principal import Role
from schema.scalars import DateTime


@strawberry.input(description="All given conditions hold together.")
class UserFilter:
    search: str | None = strawberry.field(
        default=None, description="The start of a word of the name, or of the address."
    )
    role: Role | None = None
    status: users.AccountStatus | None = None
    presence: users.Presence | None = None

    def to_record(self) -> users.UserFilter:
        return users.UserFilter(
            search=self.search,
            role=self.role,
            status=self.status,
            presence=self.presence,
        )


@strawberry.input
class CreateUserInput:
    email: str
    password: str = strawberry.field(description="12 to 128 characters.")
    name: str
    role: Role | None = Role.MEMBER
    avatar_url: str | None = None

    def to_record(self) -> users.UserDraft:
        return users.UserDraft(
            email=self.email,
            password=self.password,
            name=self.name,
            role=self.role or Role.MEMBER,
            avatar_url=self.avatar_url,
        )


@strawberry.input(description="What is left out stays as it is.")
class UpdateUserInput:
    name: str | None = strawberry.UNSET
    avatar_url: str | None = strawberry.field(
        default=strawberry.UNSET, description="Null takes it away."
    )
    email: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Changing your own needs `currentPassword`.",
    )
    role: Role | None = strawberry.field(
        default=strawberry.UNSET, description="For administrators."
    )
    status: users.AccountStatus | None = strawberry.field(
        default=strawberry.UNSET, description="For administrators."
    )
    current_password: str | None = strawberry.UNSET

    def to_record(self) -> users.UserChange:
        given: dict[str, Any] = {
            name: value
            for name, value in vars(self).items()
            if value is not strawberry.UNSET
        }
        return users.UserChange(**given)


@strawberry.input(description="Either `from` and `to`, or `last`; `[from, to)`.")
class RangeInput:
    from_: DateTime | None = strawberry.field(name="from", default=None)
    to: DateTime | None = None
    last: str | None = strawberry.field(
        default=None, description="An ISO 8601 duration that ends now: `PT24H`."
    )

    def to_record(self) -> metrics.RangeInput:
        return metrics.RangeInput(from_ms=self.from_, to_ms=self.to, last=self.last)


@strawberry.input(description="Lets through points whose tag has one of the values.")
class TagFilterInput:
    key: str
    values: list[str]

    def to_record(self) -> metrics.TagFilter:
        return metrics.TagFilter(key=self.key, values=tuple(self.values))


def metrics_query(**arguments: Any) -> metrics.MetricsQuery:
    """The query of these arguments; what is null counts as left out."""
    return metrics.MetricsQuery(
        **{name: value for name, value in arguments.items() if value is not None}
    )
