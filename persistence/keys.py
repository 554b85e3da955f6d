"""Every key the service has in Redis: its pattern, its life, what is in it.

Redis is never the only copy of anything acknowledged: each of these can be lost
at any moment and costs a read of MongoDB at most.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyPattern:
    """`ttl_s` is the longest a key lives; None means the holder says."""

    pattern: str
    ttl_s: int | None
    meaning: str

    def key(self, **parts: str) -> str:
        return self.pattern.format(**parts)


SESSION = KeyPattern(
    "session:{token}",
    1_800,
    "who an access token (by its jti) is: JSON; good while its epoch is current",
)
AUTH_EPOCH = KeyPattern(
    "auth:epoch:{user_id}",
    86_400,
    "random word; replaced when the user's role, status or sessions change, "
    "which makes every cached session of the user worthless at once",
)
STATS = KeyPattern(
    "api:dashboard:stats:{user_id}",
    300,
    "the user's last dashboard figures, by range: JSON; good while its epoch is",
)
STATS_EPOCH = KeyPattern(
    "api:dashboard:epoch",
    86_400,
    "random word; replaced by each write that changes dashboard figures",
)
STATS_VERSION = KeyPattern(
    "api:dashboard:version", None, "counts computations of dashboard figures"
)
LOCK = KeyPattern(
    "lock:{name}",
    None,
    "the holder's random token; deleted only by who holds it (compare-and-delete)",
)

ALL = (SESSION, AUTH_EPOCH, STATS, STATS_EPOCH, STATS_VERSION, LOCK)
