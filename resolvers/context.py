"""What a use case is handed: the services of the process and who is asking."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from domain.activity import Origin
from domain.limits import Limits
from domain.positions import Position
from domain.principal import ANONYMOUS, Principal
from domain.rates import RateLimits
from kit.clock import Clock
from kit.cursors import CursorSigner
from kit.pace import Pace
from kit.passwords import PasswordHasher
from kit.tokens import TokenSigner
from loaders.loaders import Loaders, make_loaders
from persistence.cache import Cache
from persistence.repositories import Repositories
from persistence.throttle import Throttle
from realtime.live import Live
from resolvers.traffic import TrafficRecorder
from resolvers.usage import Usage

# A session's last use is written at most once a minute, by each process.
_TOUCH_INTERVAL_MS = 60_000
_TOUCHED_MAX = 10_000
# That an administrator reads what is others' is told once an hour.
_READ_INTERVAL_MS = 3_600_000
# That a limit was reached is told once in its window, of which this is the shortest.
_LIMITED_INTERVAL_MS = 60_000


@dataclass(frozen=True)
class Services:
    """Made once per process by `app.lifespan`; shared by every request."""

    repos: Repositories
    cache: Cache
    clock: Clock
    limits: Limits
    tokens: TokenSigner
    passwords: PasswordHasher
    cursors: CursorSigner
    traffic: TrafficRecorder
    live: Live
    rates: RateLimits = field(default_factory=RateLimits)
    throttle: Throttle = field(init=False)
    usage: Usage = field(init=False)
    touches: Pace = field(
        default_factory=lambda: Pace(_TOUCH_INTERVAL_MS, _TOUCHED_MAX)
    )
    reads: Pace = field(default_factory=lambda: Pace(_READ_INTERVAL_MS, _TOUCHED_MAX))
    limited: Pace = field(
        default_factory=lambda: Pace(_LIMITED_INTERVAL_MS, _TOUCHED_MAX)
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "throttle", Throttle(self.cache, self.clock))
        usage = Usage(self.cache, self.live.presence, self.clock)
        object.__setattr__(self, "usage", usage)


class Part(Enum):
    """What a log is followed for."""

    ALL = auto()
    PAST = auto()  # what is in it now, and then it ends
    LIVE = auto()  # from now on, whatever the operation says


@dataclass
class Stream:
    """What a live operation and the transport that runs it tell each other.

    The transport says which `part` it wants of a log, `after` which cursor if not the
    operation's own, and how to `renew` a connection's token in place. The operation
    says when it is `listening`, and of each event it tells its place in a log; or,
    where the newest is enough, its `subject`: what it says takes the place of what was
    said of that before, and of nothing unless it is `lasting`.
    """

    part: Part = Part.ALL
    after: str | None = None
    renew: Callable[[str], Awaitable[int]] | None = None
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    position: Position | None = None
    cursor: str | None = None  # the position, signed
    subject: Hashable | None = None
    lasting: bool = True
    cause: str | None = None  # the `traceparent` of what caused the event


@dataclass
class Context:
    """One request: the services, who asks, from where, and fresh loaders."""

    services: Services
    principal: Principal = ANONYMOUS
    origin: Origin = field(default_factory=lambda: Origin(request_id="-"))
    stream: Stream = field(default_factory=Stream)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.renew_loaders()

    def renew_loaders(self) -> None:
        """Forget what was loaded: for each operation, and for each live event."""
        presence = self.services.live.presence
        self.loaders = make_loaders(
            self.services.repos,
            statuses=presence.statuses,
            connections=presence.connections,
        )

    def acting_as(self, principal: Principal) -> "Context":
        """The same request in another's name, with loaders of its own."""
        return replace(self, principal=principal)

    @property
    def repos(self) -> Repositories:
        return self.services.repos

    @property
    def limits(self) -> Limits:
        return self.services.limits

    def now_ms(self) -> int:
        return self.services.clock.now_ms()
