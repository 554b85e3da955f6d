"""A signed-in device: one session, whose refresh token is replaced at each use.

A session document is the whole family of its refresh tokens. It knows the hash of
the token that is good now and of the one just spent; whoever presents any other
token of the family holds a stolen one.
"""

from dataclasses import dataclass
from enum import Enum, auto

from domain.ids import SessionId, UserId

SAME_SUCCESSOR_MS = 10_000  # a reply may get lost, and tabs race: CONTRACT section 3
SESSIONS_PER_USER_MAX = 20


@dataclass(frozen=True)
class Session:
    """`current_hash` and `spent_hash` are SHA-256 of refresh-token ids (`jti`).

    `rotated_ms` is when the current token was issued; `expires_ms` moves on with
    each rotation but never past `absolute_expires_ms`.
    """

    id: SessionId
    user_id: UserId
    current_hash: str
    spent_hash: str
    created_ms: int
    rotated_ms: int
    seen_ms: int
    expires_ms: int
    absolute_expires_ms: int
    revoked: bool
    device: str
    ip: str

    def is_live(self, now_ms: int) -> bool:
        return not self.revoked and now_ms < self.expires_ms


class Verdict(Enum):
    """What a presented refresh token is to its session."""

    ROTATE = auto()  # the good one: spend it, issue its successor
    REPEAT = auto()  # spent moments ago: give the same successor again
    THEFT = auto()  # spent long ago, or older: revoke the family
    DEAD = auto()  # the session is revoked or over: nothing more to lose


def judge(session: Session, token_hash: str, now_ms: int) -> Verdict:
    """What to do about a refresh token whose signature and expiry are good."""
    if not session.is_live(now_ms):
        return Verdict.DEAD
    if token_hash == session.current_hash:
        return Verdict.ROTATE
    age_ms = now_ms - session.rotated_ms
    if token_hash == session.spent_hash and age_ms <= SAME_SUCCESSOR_MS:
        return Verdict.REPEAT
    return Verdict.THEFT


@dataclass(frozen=True)
class ApiKey:
    """A machine's key. `hint` is its last four characters, for recognising it."""

    id: str
    name: str
    hint: str
    created_ms: int
    created_by: UserId
    last_used_ms: int
    revoked: bool
