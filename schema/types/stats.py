"""The figures at the head of the dashboard."""

import strawberry

from domain import stats
from schema.scalars import DateTime


@strawberry.type(description="A figure now and in the equal period before.")
class Stat:
    value: float
    previous: float | None
    change_pct: float | None

    @classmethod
    def of(cls, record: stats.Stat) -> "Stat":
        return cls(
            value=record.value,
            previous=record.previous,
            change_pct=record.change_pct,
        )


@strawberry.type
class DashboardStats:
    total_users: Stat
    active_users: Stat = strawberry.field(description="Users seen within the range.")
    new_users: Stat
    online_users: Stat
    requests: Stat
    error_rate: Stat = strawberry.field(description="Errors per request, 0 to 1.")
    response_time_ms: Stat = strawberry.field(description="The 95th percentile.")
    version: int = strawberry.field(description="Grows with every computation.")
    as_of: DateTime
    cached: bool = strawberry.field(description="Not computed for this request.")

    @classmethod
    def of(cls, record: stats.DashboardStats) -> "DashboardStats":
        return cls(
            total_users=Stat.of(record.total_users),
            active_users=Stat.of(record.active_users),
            new_users=Stat.of(record.new_users),
            online_users=Stat.of(record.online_users),
            requests=Stat.of(record.requests),
            error_rate=Stat.of(record.error_rate),
            response_time_ms=Stat.of(record.response_time_ms),
            version=record.version,
            as_of=DateTime(record.as_of_ms),
            cached=record.cached,
        )
