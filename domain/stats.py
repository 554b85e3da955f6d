"""The figures at the head of the dashboard."""

from dataclasses import dataclass
from enum import StrEnum

from kit.times import DAY_MS, HOUR_MS


class TimeRange(StrEnum):
    LAST_HOUR = "LAST_HOUR"
    LAST_24_HOURS = "LAST_24_HOURS"
    LAST_7_DAYS = "LAST_7_DAYS"
    LAST_30_DAYS = "LAST_30_DAYS"

    @property
    def length_ms(self) -> int:
        return {
            TimeRange.LAST_HOUR: HOUR_MS,
            TimeRange.LAST_24_HOURS: DAY_MS,
            TimeRange.LAST_7_DAYS: 7 * DAY_MS,
            TimeRange.LAST_30_DAYS: 30 * DAY_MS,
        }[self]


@dataclass(frozen=True)
class Stat:
    """A figure now and in the equal period before; `previous` None when unknown."""

    value: float
    previous: float | None

    @property
    def change_pct(self) -> float | None:
        """Change against `previous` in percent, one decimal; None when it has none
        or was zero.
        """
        if self.previous is None or self.previous == 0:
            return None
        return round((self.value - self.previous) / abs(self.previous) * 100, 1)


@dataclass(frozen=True)
class DashboardStats:
    """`version` grows with every computation; `cached` says it was not made for
    this request. `error_rate` is errors per request (0..1); `response_time_ms` the
    95th percentile.
    """

    total_users: Stat
    active_users: Stat
    new_users: Stat
    online_users: Stat
    requests: Stat
    error_rate: Stat
    response_time_ms: Stat
    version: int
    as_of_ms: int
    cached: bool = False
