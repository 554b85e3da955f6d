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
    "the user's last dashboard figures, by range: JSON; good while its epoch is; "
    "those of the user `all` were counted for whoever asked first",
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
SWEEPER = KeyPattern(
    "sweeper:minute", 120, "the minute of the last sweep: one process of all does it"
)
ANCHORS = KeyPattern(
    "audit:anchors",
    None,
    "sorted set of the latest 1,000 signed anchors of the audit chain: JSON, by link",
)
# Buckets of tokens (`persistence.throttle`): the tag keeps together what one script
# looks at.
LIMIT = KeyPattern(
    "limit:{name}:{{{caller}}}",
    3_600,
    "when the caller's bucket is full again: epoch ms, gone by then; a caller is a "
    "user, an API key, or an address",
)
SIGN_IN_LIMIT = KeyPattern(
    "{{sign_in}}:limit:{name}:{caller}",
    3_600,
    "the same, of tries to sign in; accounts by a hash of their e-mail",
)
USAGE = KeyPattern(
    "{{usage}}:{day}:{feature}",
    31 * 86_400,
    "HyperLogLog of the people who used the feature that day (of the epoch, UTC); "
    "the feature `any` is whoever came",
)
# The live part: one hash tag, as its scripts touch several keys at once and a cluster
# keeps those of one tag together.
LOG = KeyPattern(
    "{{dashboard}}:log:{topic}",
    None,
    "stream of a topic's latest events, by default 10,000 of at most 24 h",
)
LOG_HEAD = KeyPattern(
    "{{dashboard}}:log:{topic}:head",
    None,
    "hash: the log's epoch (random word), its latest number and millisecond",
)
LOG_IDS = KeyPattern(
    "{{dashboard}}:log:{topic}:ids",
    None,
    "sorted set of the ids of the latest events: no event is appended twice",
)
SEATS = KeyPattern(
    "{{dashboard}}:presence:seats",
    None,
    "sorted set of open connections `user|session|connection` by when they expire; "
    "`user||` is the grace after a user's last one",
)
SEAT_COUNTS = KeyPattern(
    "{{dashboard}}:presence:counts", None, "hash: how many seats a user, a session has"
)
ONLINE = KeyPattern(
    "{{dashboard}}:presence:online",
    None,
    "sorted set of the users who have a seat, by since when",
)
SWEPT = KeyPattern(
    "{{dashboard}}:presence:swept",
    None,
    "hash: when expired seats were last looked for, and until when they are kept",
)

ALL = (
    *(SESSION, AUTH_EPOCH, STATS, STATS_EPOCH, STATS_VERSION, LOCK, SWEEPER, ANCHORS),
    *(LIMIT, SIGN_IN_LIMIT, USAGE),
    *(LOG, LOG_HEAD, LOG_IDS, SEATS, SEAT_COUNTS, ONLINE, SWEPT),
)

# Channels anybody may SUBSCRIBE to: `{"event": name, "data": the event's fields}`.
UPDATES_CHANNEL = "dashboard:updates"  # dashboard:update, activity:new
NOTIFICATIONS_CHANNEL = "dashboard:notifications"  # notification:new, :read
STATUS_CHANNEL = "dashboard:status"  # user:status_change
