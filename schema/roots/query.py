"""Everything that can be asked: each field calls one use case and wraps the record."""

from typing import Annotated

import strawberry

from domain.ids import ACTIVITY, NOTIFICATION, USER
from domain.metrics import Aggregate, Compare, Fill, Interval
from domain.stats import TimeRange
from domain.users import UserOrder
from resolvers import activity as trail
from resolvers import api_keys, notifications, presence, sessions, users
from resolvers.metrics import metric_names
from resolvers.series import metrics
from resolvers.stats import stats
from schema.info import Info
from schema.types.activity import Activity, ActivityConnection, ActivityFilter
from schema.types.auth import ApiKey
from schema.types.inputs import RangeInput, TagFilterInput, UserFilter, metrics_query
from schema.types.metrics import MetricInfo, MetricResult
from schema.types.node import Node
from schema.types.notification import Notification, NotificationConnection
from schema.types.page import FIRST
from schema.types.stats import DashboardStats
from schema.types.user import Session, User, UserConnection
from schema.unsaid import said

_Range = strawberry.argument(name="range")
_Filter = strawberry.argument(name="filter")
_ONLINE_FIRST = 50


@strawberry.type
class Query:
    @strawberry.field(description="The account you are signed in with.")
    async def me(self, info: Info) -> User:
        return User.of(await users.me(info.context))

    @strawberry.field(description="Whatever has this id; null when you may not see it.")
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:  # noqa: A002
        kind = id.partition("_")[0]
        if kind == USER:
            user = await users.get_user(info.context, id)
            return None if user is None else User.of(user)
        if kind == ACTIVITY:
            entry = await trail.get_activity(info.context, id)
            return None if entry is None else Activity.of(entry)
        if kind == NOTIFICATION:
            notice = await notifications.get_notification(info.context, id)
            return None if notice is None else Notification.of(notice)
        return None

    @strawberry.field(description="Null when there is nobody with this id.")
    async def user(self, info: Info, id: strawberry.ID) -> User | None:  # noqa: A002
        found = await users.get_user(info.context, id)
        return None if found is None else User.of(found)

    @strawberry.field(description="Everybody with an account; for administrators.")
    async def users(
        self,
        info: Info,
        *,
        first: int | None = FIRST,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        where: Annotated[UserFilter | None, _Filter] = None,
        order_by: UserOrder | None = UserOrder.CREATED_AT_DESC,
    ) -> UserConnection:
        wanted = (where or UserFilter()).to_record()
        order = order_by or UserOrder.CREATED_AT_DESC
        page = await users.list_users(
            info.context,
            first=said(first),
            after=after,
            last=last,
            before=before,
            where=wanted,
            order=order,
        )
        return UserConnection.of(page, order, wanted)

    @strawberry.field(description="The figures at the head of the dashboard.")
    async def stats(
        self,
        info: Info,
        span: Annotated[TimeRange | None, _Range] = TimeRange.LAST_24_HOURS,
    ) -> DashboardStats:
        wanted = span or TimeRange.LAST_24_HOURS
        return DashboardStats.of(await stats(info.context, wanted))

    @strawberry.field(description="Series of metrics, cut into buckets.")
    async def metrics(
        self,
        info: Info,
        *,
        names: list[str],
        span: Annotated[RangeInput | None, _Range] = None,
        interval: Interval | None = Interval.AUTO,
        max_points: int | None = 300,
        aggregate: Aggregate | None = None,
        time_zone: str | None = "UTC",
        fill: Fill | None = Fill.NULL,
        compare_to: Compare | None = None,
        group_by: list[str] | None = None,
        where: Annotated[list[TagFilterInput] | None, _Filter] = None,
        top_series: int | None = 10,
    ) -> MetricResult:
        query = metrics_query(
            names=tuple(names),
            range=span and span.to_record(),
            interval=interval,
            max_points=max_points,
            aggregate=aggregate,
            time_zone=time_zone,
            fill=fill,
            compare_to=compare_to,
            group_by=group_by and tuple(group_by),
            filters=where and tuple(one.to_record() for one in where),
            top_series=top_series,
        )
        return MetricResult.of(await metrics(info.context, query))

    @strawberry.field(description="What something was recorded under, by name.")
    async def metric_names(
        self, info: Info, search: str | None = None
    ) -> list[MetricInfo]:
        return [MetricInfo.of(one) for one in await metric_names(info.context, search)]

    @strawberry.field(
        description="What happened, newest first: everything for administrators, for "
        "others what they did or what was done to them."
    )
    async def activity(
        self,
        info: Info,
        *,
        first: int | None = FIRST,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        where: Annotated[ActivityFilter | None, _Filter] = None,
    ) -> ActivityConnection:
        return await ActivityConnection.read(
            info.context,
            lambda: trail.list_activity(
                info.context,
                first=said(first),
                after=after,
                last=last,
                before=before,
                where=(where or ActivityFilter()).to_record(),
            ),
        )

    @strawberry.field(description="Your inbox, newest first.")
    async def notifications(
        self,
        info: Info,
        *,
        first: int | None = FIRST,
        after: str | None = None,
        unread_only: bool | None = False,
    ) -> NotificationConnection:
        return await NotificationConnection.read(
            info.context, first=said(first), after=after, unread_only=bool(unread_only)
        )

    @strawberry.field(description="Who is online, latest seen first.")
    async def online_users(self, info: Info, first: int | None = 50) -> list[User]:
        found = await presence.online_users(
            info.context, _ONLINE_FIRST if first is None else first
        )
        return [User.of(record) for record in found]

    @strawberry.field(description="Where you are signed in, newest first.")
    async def sessions(self, info: Info) -> list[Session]:
        found = await sessions.list_sessions(info.context)
        return [Session.of(record, info.context.principal) for record in found]

    @strawberry.field(description="The keys of machines; for administrators.")
    async def api_keys(self, info: Info) -> list[ApiKey]:
        return [ApiKey.of(one) for one in await api_keys.list_api_keys(info.context)]
