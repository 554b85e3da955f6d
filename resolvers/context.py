"""What a use case is handed: the services of the process and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from domain.activity import Origin
from domain.limits import Limits
from domain.principal import ANONYMOUS, Principal
from kit.clock import Clock
from kit.cursors import CursorSigner
from kit.pace import Pace
from kit.passwords import PasswordHasher
from kit.tokens import TokenSigner
from loaders.loaders import Loaders, make_loaders
from persistence.cache import Cache
from persistence.repositories import Repositories
from realtime.live import Live
from resolvers.traffic import TrafficRecorder

# A session's last use is written at most once a minute, by each process.
_TOUCH_INTERVAL_MS = 60_000
_TOUCHED_MAX = 10_000


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
    touches: Pace = field(
        default_factory=lambda: Pace(_TOUCH_INTERVAL_MS, _TOUCHED_MAX)
    )


@dataclass
class Context:
    """One request: the services, who asks, from where, and fresh loaders."""

    services: Services
    principal: Principal = ANONYMOUS
    origin: Origin = field(default_factory=lambda: Origin(request_id="-"))
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.renew_loaders()

    def renew_loaders(self) -> None:
        """Forget what was loaded: for each operation, and for each live event."""
        self.loaders = make_loaders(self.services.repos)

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


ContextMaker = Callable[[Principal, Origin], Context]
