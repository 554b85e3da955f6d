"""The dashboard's figures, counted anew; `resolvers.stats` keeps them for a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.calendar import Buckets
from domain.metric_rules import MICROS, Sample
from domain.metrics import Aggregate, Grain, MetricKind
from domain.rollups import Rollup, merged
from domain.stats import DashboardStats, Stat, TimeRange
from kit.tasks import together
from kit.times import MINUTE_MS
from persistence.rollups import Budget
from resolvers.admission import admit
from resolvers.context import Services
from resolvers.presence import count_online
from resolvers.recording import record_live, tell
from resolvers.rollup_reading import read_buckets

REQUESTS, ERRORS, RESPONSE_MS = "api.requests", "api.errors", "api.response_ms"
TOTAL, ACTIVE, ONLINE = "users.total", "users.active", "users.online"
WINDOW = "window"  # the tag of `users.active`: active within which time range
ROLLUPS_MAX = 20_000
# Samples are taken each minute: what is older than this says nothing of the moment.
_LOOK_BACK_MS = 10 * MINUTE_MS


@dataclass(frozen=True)
class _Periods:
    """A metric in the time range and in the one before, None if it had not begun."""

    now: Rollup
    before: Rollup | None


async def count_figures(
    services: Services, time_range: TimeRange, version: int
) -> DashboardStats:
    """The figures of `time_range`, up to this moment, and of the one before it.

    Source: count commands on `users`, the rollups of the service's own traffic, and
    the samples of `sample` for what cannot be counted afterwards.
    """
    counting = _Counting(services, time_range, services.clock.now_ms())
    names = (REQUESTS, ERRORS, RESPONSE_MS)
    requests, errors, times = await together(counting.traffic(name) for name in names)
    total, active, new, online = await together(
        [counting.total(), counting.active(), counting.new(), counting.online()]
    )
    rate_before = None
    if requests.before is not None:
        rate_before = _ratio(errors.before or Rollup(), requests.before)
    return DashboardStats(
        total_users=total,
        active_users=active,
        new_users=new,
        online_users=online,
        requests=Stat(
            requests.now.total / MICROS,
            None if requests.before is None else requests.before.total / MICROS,
        ),
        error_rate=Stat(_ratio(errors.now, requests.now) or 0.0, rate_before),
        response_time_ms=Stat(
            times.now.value(Aggregate.P95, 0) or 0.0,
            None if times.before is None else times.before.value(Aggregate.P95, 0),
        ),
        version=version,
        as_of_ms=counting.now_ms,
    )


async def sample(services: Services) -> None:
    """Record how many users there are, are online and were active, as of now.

    To be called once a minute, by one process.
    """
    now_ms = services.clock.now_ms()
    users = services.repos.users
    counts: dict[tuple[str, str | None], int] = {
        (TOTAL, None): await users.count_existing(now_ms + 1),
        (ONLINE, None): await count_online(services),
    }
    for window in TimeRange:
        count = await users.count_seen(now_ms - window.length_ms)
        counts[ACTIVE, window.value] = count
    samples = [
        Sample(
            name,
            count * MICROS,
            now_ms,
            MetricKind.GAUGE,
            tags=() if window is None else ((WINDOW, window),),
        )
        for (name, window), count in counts.items()
    ]
    catalog = services.repos.metric_catalog
    admission = await admit(catalog, dict(enumerate(samples)), now_ms, fold=True)
    await record_live(services.repos, list(admission.samples.values()), now_ms)
    await tell(services.live.bus, {name for name, _ in counts}, now_ms)


@dataclass(frozen=True)
class _Counting:
    services: Services
    time_range: TimeRange
    now_ms: int

    @property
    def from_ms(self) -> int:
        return self.now_ms - self.time_range.length_ms

    async def traffic(self, name: str) -> _Periods:
        end = Grain.MINUTE.floor(self.now_ms) + MINUTE_MS
        length = self.time_range.length_ms
        edges = (end - 2 * length, end - length, end)
        before, now = await self._read(name, edges)
        known = await self.services.repos.metric_catalog.known([name])
        begun = name in known and known[name].first_ms < edges[1]
        return _Periods(now, before if begun else None)

    async def total(self) -> Stat:
        users = self.services.repos.users
        return Stat(
            await users.count_existing(self.now_ms + 1),
            await users.count_existing(self.from_ms),
        )

    async def active(self) -> Stat:
        seen = await self.services.repos.users.count_seen(self.from_ms)
        return Stat(seen, await self._sampled(ACTIVE, self.time_range.value))

    async def new(self) -> Stat:
        users = self.services.repos.users
        earlier_ms = self.from_ms - self.time_range.length_ms
        return Stat(
            await users.count_created(self.from_ms, self.now_ms + 1),
            await users.count_created(earlier_ms, self.from_ms),
        )

    async def online(self) -> Stat:
        online = await count_online(self.services)
        return Stat(online, await self._sampled(ONLINE))

    async def _sampled(self, name: str, window: str | None = None) -> float | None:
        """The last sample before the time range began; of the hour it began in when
        the minutes may be gone.
        """
        grain = Grain.MINUTE if self.time_range is TimeRange.LAST_HOUR else Grain.HOUR
        edges = (
            grain.floor(self.from_ms - _LOOK_BACK_MS),
            grain.floor(self.from_ms) + grain.width_ms,
        )
        rollups = await self._read(name, edges, window)
        return merged(rollups).value(Aggregate.LAST, 0)

    async def _read(
        self, name: str, edges: Sequence[int], window: str | None = None
    ) -> Sequence[Rollup]:
        reading = await read_buckets(
            self.services.repos,
            name,
            Buckets(edges, cut_start=True, cut_end=True),
            self.now_ms,
            budget=Budget(ROLLUPS_MAX),
            by_tags=window is not None,
        )
        tags = None if window is None else ((WINDOW, window),)
        return reading.series.get(tags) or [Rollup() for _ in edges[1:]]


def _ratio(part: Rollup, whole: Rollup) -> float | None:
    return part.total / whole.total if whole.total else None
