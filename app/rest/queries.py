"""What callers ask for in the query string. An empty parameter counts as absent."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.rest.values import (
    AnyCaseRole,
    Commas,
    Moment,
    Repeated,
    Strict,
    Whole,
    choice,
    text,
)
from domain.activity import ActivityFilter, Result, Severity
from domain.errors import InvalidInput
from domain.metrics import (
    Aggregate,
    Compare,
    Fill,
    Interval,
    MetricsQuery,
    RangeInput,
    TagFilter,
)
from domain.paging import PAGE_MAX
from domain.stats import TimeRange
from domain.users import AccountStatus, UserFilter, UserOrder

# Pages are walked from the nearer end of the list: this bounds the walk.
REACH_MAX = 10_000


class Sort(StrEnum):
    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    NAME = "name"
    NAME_DESC = "-name"

    @property
    def order(self) -> UserOrder:
        direction = "DESC" if self.startswith("-") else "ASC"
        return UserOrder(f"{self.lstrip('-').upper()}_{direction}")


class ColumnFill(StrEnum):
    """`Fill` without NONE: columns have a row for each bucket."""

    NULL = "null"
    ZERO = "zero"
    PREVIOUS = "previous"


class NoQuery(Strict):
    """A route without parameters refuses any."""


class AllUsers(Strict):
    search: Annotated[
        str | None,
        text("lima", says="Start of a word of the name or e-mail.", maxLength=64),
    ] = None
    role: AnyCaseRole | None = None
    status: Annotated[AccountStatus, choice(AccountStatus, any_case=True)] | None = None
    sort: Annotated[Sort, choice(Sort)] = Sort.CREATED_AT_DESC

    def where(self) -> UserFilter:
        return UserFilter(search=self.search, role=self.role, status=self.status)


class Users(AllUsers):
    page: Annotated[Whole, Field(ge=1, le=REACH_MAX)] = 1
    page_size: Annotated[Whole, Field(ge=1, le=PAGE_MAX)] = 20


class Stats(Strict):
    range: Annotated[TimeRange, choice(TimeRange, any_case=True)] = (
        TimeRange.LAST_24_HOURS
    )


class Metrics(Strict):
    names: Commas = Field(examples=[["api.requests"]])
    from_: Moment | None = Field(None, alias="from", description="With `to`.")
    to: Moment | None = Field(None, description="The first moment not asked for.")
    last: Annotated[
        str | None, text("PT24H", says="ISO 8601 duration, instead of `from` and `to`.")
    ] = None
    interval: Annotated[Interval, choice(Interval, any_case=True)] = Interval.AUTO
    max_points: Whole = Field(300, description="How many buckets AUTO may make.")
    tz: Annotated[str, text("Europe/Berlin", says="IANA name; cuts the buckets.")] = (
        "UTC"
    )
    aggregate: Annotated[Aggregate, choice(Aggregate, any_case=True)] | None = Field(
        None, description="Left out: SUM of a COUNTER, AVG of anything else."
    )
    fill: Annotated[ColumnFill, choice(ColumnFill, any_case=True)] = ColumnFill.NULL
    compare: Annotated[Compare, choice(Compare, any_case=True)] | None = None
    group_by: Commas = Field((), description="Tag keys: a series per value.")
    filter: Repeated = Field(
        (), description="`tag:value`; repeated for more.", examples=[["status:200"]]
    )
    top_series: Whole = Field(10, description="Groups shown; the rest is folded.")

    def question(self) -> MetricsQuery:
        """The same in the domain's words.

        Raises:
            InvalidInput: a filter without its colon.
        """
        return MetricsQuery(
            names=self.names,
            range=self._range(),
            interval=self.interval,
            max_points=self.max_points,
            aggregate=self.aggregate,
            time_zone=self.tz,
            fill=Fill(self.fill.upper()),
            compare_to=self.compare,
            group_by=self.group_by,
            filters=self._filters(),
            top_series=self.top_series,
        )

    def _range(self) -> RangeInput:
        if self.from_ is None and self.to is None and self.last is None:
            return RangeInput(last="PT24H")
        return RangeInput(self.from_, self.to, self.last)

    def _filters(self) -> tuple[TagFilter, ...]:
        values: dict[str, list[str]] = {}
        for one in self.filter:
            key, colon, value = one.partition(":")
            if not colon:
                raise InvalidInput.of("filter", "must be written tag:value")
            values.setdefault(key, []).append(value)
        return tuple(TagFilter(key, tuple(given)) for key, given in values.items())


class AllActivity(Strict):
    actor: Commas = Field((), description="Ids of users or API keys.")
    action: Commas = Field(
        (), description="Actions, or prefixes such as `user.*`.", examples=[["user.*"]]
    )
    target_type: str | None = None
    target_id: str | None = None
    severity: Annotated[Severity, choice(Severity, any_case=True)] | None = None
    outcome: Annotated[Result, choice(Result, any_case=True)] | None = None
    from_: Moment | None = Field(None, alias="from")
    to: Moment | None = Field(None, description="The first moment not asked for.")
    search: Annotated[str | None, text(maxLength=64)] = None

    def where(self) -> ActivityFilter:
        return ActivityFilter(
            actor_ids=self.actor,
            actions=self.action,
            target_type=self.target_type,
            target_id=self.target_id,
            severity=self.severity,
            outcome=self.outcome,
            from_ms=self.from_,
            to_ms=self.to,
            search=self.search,
        )


class Activity(AllActivity):
    limit: Annotated[Whole, Field(ge=1, le=PAGE_MAX)] = 20
    after: str | None = Field(None, description="`meta.pagination.next` of a page.")
