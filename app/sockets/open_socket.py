"""One connection that stays open, whatever its protocol."""

from collections.abc import Callable
from dataclasses import replace

from app.sockets.close_codes import CloseCode
from domain.ids import SessionId, UserId
from domain.principal import Role
from domain.users import User
from kit.metrics import REGISTRY
from resolvers import auth
from resolvers.context import Context

Close = Callable[[int, str], None]
RENEWED = REGISTRY.counter(
    "dashboard_sockets_renewed_total", "Tokens renewed in place", ("protocol",)
)


class OpenSocket:
    """A signed-in connection, made by `app.sockets.sockets.Sockets.open`.

    `context.principal` is always the current one: it is replaced when the token is
    renewed and when the person's role changes. Whoever derives contexts from this one
    asks it again for each event.
    """

    def __init__(
        self,
        context: Context,
        protocol: str,
        close: Close,
        doubt: Callable[["OpenSocket"], None],
    ) -> None:
        self.context = context
        self.protocol = protocol
        self.user_id: UserId = context.principal.require_user()
        self._close = close
        self._doubt = doubt
        self._closed = False
        self.on_change: Callable[[], None] | None = None  # of the principal

    @property
    def session_id(self) -> SessionId | None:
        return self.context.principal.session_id

    @property
    def is_closed(self) -> bool:
        """Whether it is over, or its end has been decided."""
        return self._closed

    async def renew(self, access_token: str) -> int:
        """Go on with a fresh access token of the same person; its expiry in epoch ms.

        Raises:
            NotAuthenticated: the token does not do.
            NotAllowed: it is somebody else's.
            Unavailable: it cannot be checked just now.
        """
        expires_ms = await auth.renew(self.context, access_token)
        RENEWED.inc(self.protocol)
        # It may be of another session, which may have ended since it was looked at.
        self._doubt(self)
        self._tell()
        return expires_ms

    def close(self, code: CloseCode, reason: str) -> None:
        """Have the transport close it; only the first call counts."""
        if not self._closed:
            self._closed = True
            self._close(code, reason)

    def end(self) -> None:
        """It is over by itself: nobody closes it any more."""
        self._closed = True

    def has_expired(self, now_ms: int) -> bool:
        expires_ms = self.context.principal.token_expires_ms
        return expires_ms is not None and now_ms >= expires_ms

    def distrust(self) -> None:
        """See no more than a member does until somebody has looked."""
        self._set(role=Role.MEMBER)

    def believe(self, user: User) -> None:
        """Somebody has looked: this is who they are now."""
        self._set(role=user.role, label=user.name)

    def _set(self, **changes: object) -> None:
        before = self.context.principal
        self.context.principal = replace(before, **changes)  # type: ignore[arg-type]
        if self.context.principal != before:
            self._tell()

    def _tell(self) -> None:
        if self.on_change:
            self.on_change()
