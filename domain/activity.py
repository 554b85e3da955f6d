"""The trail of what happened: append only, with the labels of the time."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LABEL_MAX = 200
SUMMARY_MAX = 500
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
# Values of these fields never reach the trail, whatever an entry is about.
SECRET_FIELDS = frozenset({"password", "password_hash", "token", "secret"})
REDACTED = "[redacted]"
# Much happens of these and little is to be seen in it: they are in no list and no feed
# unless a filter names them, and sort by themselves, behind everything else.
QUIET = frozenset({"auth.refreshed", "audit.read"})
QUIET_MARK = "q"


# What tells of something that was refused; everything else of something that was done.
REFUSALS = (
    "access.rate_limited",
    "access.refused",
    "auth.login_failed",
    "auth.refresh_reuse",
    "config.refused",
)


class Result(StrEnum):
    OK = "OK"
    REFUSED = "REFUSED"

    @classmethod
    def of(cls, action: str) -> "Result":
        return cls.REFUSED if action in REFUSALS else cls.OK


class Severity(StrEnum):
    INFO = "INFO"
    NOTICE = "NOTICE"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Origin:
    """The request an entry came from: for the audit trail and error replies."""

    request_id: str
    address: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True)
class Activity:
    """One entry. `actor_id` is a user's or an API key's id, None for the system;
    `session_id` is the session it was done in.
    """

    id: str
    action: str
    actor_id: str | None
    actor_label: str
    target_type: str | None
    target_id: str | None
    target_label: str | None
    summary: str
    changes: tuple[FieldChange, ...]
    severity: Severity
    occurred_ms: int
    recorded_ms: int
    request_id: str | None = None
    address: str | None = None
    session_id: str | None = None
    result: Result = Result.OK

    @property
    def is_quiet(self) -> bool:
        return self.action in QUIET

    @property
    def position(self) -> str:
        """The sort key: when it happened, ties by id."""
        mark = QUIET_MARK if self.is_quiet else ""
        return f"{mark}{self.occurred_ms:013d}-{self.id}"

    def concerns(self, user_id: str) -> bool:
        """Whether that person did it, or it was done to them."""
        return self.actor_id == user_id or (self.target_type, self.target_id) == (
            "user",
            user_id,
        )


@dataclass(frozen=True)
class ActivityDraft:
    """An entry as it came from an application: nothing is checked yet.

    `summary` None makes one of the action; `actor_id` None means whoever records;
    `occurred_ms` None means now. Two drafts of one recorder with the same
    `event_id` are the same entry.
    """

    action: str
    summary: str | None = None
    actor_id: str | None = None
    target_type: str | None = None
    target_id: str | None = None
    target_label: str | None = None
    severity: Severity = Severity.INFO
    occurred_ms: int | None = None
    event_id: str | None = None


@dataclass(frozen=True)
class ActivityFilter:
    """All given conditions hold together; lists mean any of their values.

    `actions` are whole actions or prefixes ending in `.*`; `search` is a folded
    text found in the summary or in a label; the range is [from_ms, to_ms).
    """

    actor_ids: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    target_type: str | None = None
    target_id: str | None = None
    severity: Severity | None = None
    outcome: Result | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    search: str | None = None


def one_line(text: str, max_length: int) -> str:
    """`text` cut to its length, line ends and control characters made spaces."""
    shown = (" " if unicodedata.category(c) in _UNPRINTABLE else c for c in text)
    return "".join(shown).strip()[:max_length]


def field_changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[FieldChange, ...]:
    """What differs between two versions, in the order of `after`; secrets redacted."""
    return tuple(
        FieldChange(field, _shown(field, before.get(field)), _shown(field, value))
        for field, value in after.items()
        if before.get(field) != value
    )


def prefixes(action: str) -> Sequence[str]:
    """Every proper prefix of a dotted action: `a.b.c` gives `a` and `a.b`."""
    parts = action.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _shown(field: str, value: object) -> str | None:
    if value is None:
        return None
    if field in SECRET_FIELDS:
        return REDACTED
    return one_line(str(value), SUMMARY_MAX)
