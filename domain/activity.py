"""The trail of what happened: append only, with the labels of the time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import InvalidInput
from domain.text import check_text

ACTION_MAX = 100
LABEL_MAX = 200
SUMMARY_MAX = 500
FILTER_VALUES_MAX = 10
_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_PATTERN = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*(\.\*)?")
# Values of these fields never reach the trail, whatever an entry is about.
SECRET_FIELDS = frozenset({"password", "password_hash", "token", "secret"})
REDACTED = "[redacted]"


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
    """One entry. `actor_id` is a user's or an API key's id, None for the system."""

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

    @property
    def position(self) -> str:
        """The sort key: when it happened, ties by id."""
        return f"{self.occurred_ms:013d}-{self.id}"


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
    from_ms: int | None = None
    to_ms: int | None = None
    search: str | None = None


def check_action(raw: str, *, field: str = "action") -> str:
    """A dotted lower-case name such as `user.created`, at most 100 characters."""
    if len(raw) > ACTION_MAX or not _ACTION.fullmatch(raw):
        raise InvalidInput.of(
            field, "must be a dotted lower-case name such as report.exported"
        )
    return raw


def check_action_pattern(raw: str, *, field: str = "actions") -> str:
    """An action, or a prefix such as `user.*`."""
    if len(raw) > ACTION_MAX or not _PATTERN.fullmatch(raw):
        raise InvalidInput.of(field, 'must be an action or a prefix such as "user.*"')
    return raw


def check_label(raw: str, *, field: str) -> str:
    """One line of at most 200 characters."""
    return check_text(raw, field, max_length=LABEL_MAX).strip()


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
    return str(value)[:SUMMARY_MAX]
