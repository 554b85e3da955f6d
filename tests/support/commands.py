"""Running `dashboard …` on the test's databases, and looking at what it did."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pytest

from app.cli.main import main
from app.lifespan import open_services
from app.settings.rules import PREFIX
from app.settings.settings import Settings
from domain.activity import Activity, ActivityFilter
from domain.ids import UserId
from domain.metrics import Interval, MetricsQuery, RangeInput
from domain.principal import Principal, Role
from kit.times import parse_rfc3339, rfc3339
from resolvers.activity import list_activity
from resolvers.context import Context
from resolvers.series import metrics

T = TypeVar("T")
ADMIN = Principal(role=Role.ADMIN, label="Test", user_id=UserId("u_test"))


@dataclass
class Commands:
    """`dashboard`, for tests without a running event loop."""

    settings: Settings

    def __call__(self, *argv: str) -> int:
        return main(argv)

    def ask(self, question: Callable[[Context], Awaitable[T]]) -> T:
        """What an administrator is answered."""

        async def answer() -> T:
            async with open_services(self.settings, background=False) as services:
                return await question(Context(services, ADMIN))

        return asyncio.run(answer())

    def activity(self, *actions: str) -> list[Activity]:
        """The entries with these actions, newest first."""
        where = ActivityFilter(actions=actions)
        page = self.ask(lambda ctx: list_activity(ctx, where=where, first=100))
        return list(page.items)

    def sums(
        self, name: str, from_: str, to: str, *, by: str, zone: str = "UTC"
    ) -> Mapping[str, float]:
        """Of a counter: by the values of a tag, or by the buckets of an interval.

        Buckets are named by the hour in UTC that they start with.
        """
        daily = by in set(Interval)
        query = MetricsQuery(
            names=(name,),
            range=RangeInput(parse_rfc3339(from_), parse_rfc3339(to)),
            interval=Interval(by) if daily else Interval.P1D,
            group_by=() if daily else (by,),
            time_zone=zone,
        )
        result = self.ask(lambda ctx: metrics(ctx, query))
        if daily:
            return {
                rfc3339(point.start_ms)[:13]: point.value
                for series in result.series
                for point in series.points
                if point.value
            }
        return {(s.tags or {})[by]: s.summary.sum for s in result.series}


def commands(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands that find the databases of `settings` in their environment."""
    for name in ("env", "mongodb_uri", "mongodb_database", "redis_url", "data_dir"):
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv(f"{PREFIX}JWT_SECRET", settings.secrets[0])
    return Commands(settings)
