"""Who asks for what: every call by its operation, and people by feature and day."""

from domain.features import FEATURE_OF, FEATURES
from domain.principal import Principal
from kit.clock import Clock
from kit.metrics import REGISTRY
from kit.times import DAY_MS
from persistence.cache import Cache
from persistence.usage import ANY, UsageCounts
from realtime.presence import Presence

CALLS = REGISTRY.counter(
    "dashboard_api_calls_total",
    "Operations asked for, and by whom: nobody, member, admin or api_key",
    ("door", "operation", "caller"),
)
FEATURE_USERS = REGISTRY.gauge(
    "dashboard_feature_users",
    "People who used a feature today (UTC), of all processes",
    ("feature",),
)
ACTIVE_USERS = REGISTRY.gauge(
    "dashboard_active_users",
    "People who used anything in the last days (UTC, today included), of all processes",
    ("days",),
)
ONLINE_USERS = REGISTRY.reading(
    "dashboard_online_users", "People with an open connection, of all processes"
)
ACTIVE_DAYS = (1, 7, 30)
# Whoever was noted is not noted again that day; beyond this some are, to no effect.
NOTED_MAX = 50_000


class Usage:
    """`note` never waits and never raises; `flush` tells Redis, and reads back what
    all processes told it. While Redis is away that is kept for the next time.
    """

    def __init__(self, cache: Cache, presence: Presence, clock: Clock) -> None:
        self._counts = UsageCounts(cache)
        self._presence = presence
        self._clock = clock
        self._noted: set[tuple[int, str, str]] = set()
        self._untold: dict[tuple[int, str], set[str]] = {}

    def note(self, door: str, operation: str, principal: Principal) -> None:
        """`operation` is one of `domain.features`; any other is nothing."""
        feature = FEATURE_OF.get(operation)
        if feature is None:
            return
        CALLS.inc(door, operation, caller_of(principal))
        if principal.user_id is None:
            return
        day = self._today()
        for what in (feature, ANY):
            one = (day, what, principal.user_id)
            if one not in self._noted:
                if len(self._noted) >= NOTED_MAX:
                    self._noted.clear()
                self._noted.add(one)
                self._untold.setdefault((day, what), set()).add(principal.user_id)

    async def flush(self) -> None:
        """To be called every half minute or so."""
        untold, self._untold = self._untold, {}
        for (day, feature), people in untold.items():
            if not await self._counts.add(day, feature, people):
                self._untold.setdefault((day, feature), set()).update(people)
        today = self._today()
        self._noted = {one for one in self._noted if one[0] == today}
        for feature, count in (
            await self._counts.of_day(today, list(FEATURES))
        ).items():
            FEATURE_USERS.set(count, feature)
        for days, count in (await self._counts.active(today, ACTIVE_DAYS)).items():
            ACTIVE_USERS.set(count, str(days))
        online = await self._presence.online_count()
        if online is not None:
            ONLINE_USERS.set(online)

    def _today(self) -> int:
        return self._clock.now_ms() // DAY_MS


def caller_of(principal: Principal) -> str:
    """What kind of caller it is, in the figures."""
    if principal.key_id is not None:
        return "api_key"
    return principal.role.value.lower() if principal.role else "nobody"
