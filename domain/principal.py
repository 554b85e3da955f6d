"""Who is asking, and what that lets them do."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotAllowed, NotAuthenticated
from domain.ids import ApiKeyId, SessionId, UserId


class Role(StrEnum):
    """ADMIN: everything. MEMBER: own data. SERVICE: an API key, may only record."""

    ADMIN = "ADMIN"
    MEMBER = "MEMBER"
    SERVICE = "SERVICE"


@dataclass(frozen=True)
class Principal:
    """A person with a session, a machine with an API key, or nobody.

    `refusal` is why a presented token did not do: it is raised only where somebody
    must be signed in, so that a sign-in with an expired token beside it works.
    """

    role: Role | None = None
    label: str = "anonymous"  # a name for the audit trail
    user_id: UserId | None = None
    session_id: SessionId | None = None
    key_id: ApiKeyId | None = None
    token_expires_ms: int | None = None
    refusal: NotAuthenticated | None = None

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    @property
    def actor_id(self) -> str | None:
        """The id an audit entry names: the user's, or the API key's."""
        return self.user_id or self.key_id

    def require_user(self) -> UserId:
        """The asking person's id.

        Raises:
            NotAuthenticated: nobody is signed in.
            NotAllowed: a machine asks for what belongs to people.
        """
        self._require_anyone()
        if self.user_id is None:
            raise NotAllowed("An API key may only record metrics and activity")
        return self.user_id

    def require_admin(self) -> UserId:
        """The asking administrator's id; as `require_user`, and ADMIN only."""
        user_id = self.require_user()
        if not self.is_admin:
            raise NotAllowed("Only an administrator may do this")
        return user_id

    def require_recorder(self) -> str:
        """The id of whoever may record: an administrator or an API key."""
        self._require_anyone()
        if self.role is Role.MEMBER or self.actor_id is None:
            raise NotAllowed("Only an administrator or an API key may record")
        return self.actor_id

    def _require_anyone(self) -> None:
        if self.role is None:
            raise self.refusal or NotAuthenticated()

    def may_see_private(self, user_id: UserId) -> bool:
        """Whether that person's e-mail, role, sessions and activity are visible."""
        return self.is_admin or (self.user_id is not None and self.user_id == user_id)


ANONYMOUS = Principal()
# The service itself, in the trail: it asks for nothing, so it holds no role.
SYSTEM = Principal(label="system")
