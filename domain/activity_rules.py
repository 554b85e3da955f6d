"""What an entry of the trail, and a question about it, must look like."""

import re
from dataclasses import replace

from domain.activity import (
    LABEL_MAX,
    QUIET,
    SUMMARY_MAX,
    ActivityDraft,
    ActivityFilter,
)
from domain.errors import InvalidInput
from domain.metrics import LATEST_MS
from domain.text import check_text
from domain.users import check_search

ACTION_MAX = 100
TARGET_TYPE_MAX = 40
EVENT_ID_MAX = 100
FILTER_VALUES_MAX = 10
PREFIX_SEGMENTS_MAX = 3  # as many prefixes of its action are stored with an entry
# What the service itself writes: an application's entry may not pass for it.
RESERVED = (
    "auth.",
    "user.",
    "users.",
    "session.",
    "activity.",
    "api_key.",
    "notification.",
    "import.",
    "access.",
    "audit.",
    "backup.",
    "config.",
)
_ACTION = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_PATTERN = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*(\.\*)?")
_TARGET_TYPE = re.compile(r"[a-z][a-z0-9_]*")


def check_draft(draft: ActivityDraft) -> ActivityDraft:
    """The same in its stored spelling: NFC, trimmed, with a summary.

    Raises:
        InvalidInput: names the first field that breaks its rule.
    """
    check_action(draft.action)
    check_key(draft.event_id, field="eventId", max_length=EVENT_ID_MAX)
    if draft.target_type is None and (draft.target_id or draft.target_label):
        raise InvalidInput.of("targetType", "is needed to say what the target is")
    return replace(
        draft,
        summary=check_summary(draft.summary) or in_words(draft.action),
        target_type=check_target_type(draft.target_type),
        target_id=check_key(draft.target_id, field="targetId"),
        target_label=check_label(draft.target_label, field="targetLabel"),
    )


def check_filter(where: ActivityFilter) -> ActivityFilter:
    """The same with its values distinct, its search folded, its range storable.

    Raises:
        InvalidInput: names the first field (`filter.actions`, …) and its rule.
    """
    for field, values in (("actorIds", where.actor_ids), ("actions", where.actions)):
        if len(values) > FILTER_VALUES_MAX:
            reason = f"must have at most {FILTER_VALUES_MAX} values"
            raise InvalidInput.of(f"filter.{field}", reason)
    for actor_id in where.actor_ids:
        check_key(actor_id, field="filter.actorIds")
    for pattern in where.actions:
        check_action_pattern(pattern, field="filter.actions")
    named = QUIET.intersection(where.actions)
    if named and not QUIET.issuperset(where.actions):
        reason = f"{', '.join(sorted(named))} can be asked for by themselves only"
        raise InvalidInput.of("filter.actions", reason)
    check_target_type(where.target_type, field="filter.targetType")
    check_key(where.target_id, field="filter.targetId")
    from_ms, to_ms = _storable(where.from_ms), _storable(where.to_ms)
    if from_ms is not None and to_ms is not None and from_ms > to_ms:
        raise InvalidInput.of("filter.to", "must not be before from")
    return replace(
        where,
        actor_ids=tuple(dict.fromkeys(where.actor_ids)),
        actions=tuple(dict.fromkeys(where.actions)),
        from_ms=from_ms,
        to_ms=to_ms,
        search=check_search(where.search, field="filter.search"),
    )


def check_action(raw: str, *, field: str = "action") -> str:
    """A dotted lower-case name such as `user.created`, at most 100 characters."""
    if len(raw) > ACTION_MAX or not _ACTION.fullmatch(raw):
        raise InvalidInput.of(
            field, "must be a dotted lower-case name such as report.exported"
        )
    return raw


def check_action_pattern(raw: str, *, field: str = "actions") -> str:
    """An action, or a prefix such as `user.*` of at most three names."""
    if len(raw) > ACTION_MAX or not _PATTERN.fullmatch(raw):
        raise InvalidInput.of(field, 'must be an action or a prefix such as "user.*"')
    if raw.endswith(".*") and raw.count(".") > PREFIX_SEGMENTS_MAX:
        reason = f"may have at most {PREFIX_SEGMENTS_MAX} names before .*"
        raise InvalidInput.of(field, reason)
    return raw


def check_label(raw: str | None, *, field: str) -> str | None:
    """One line of at most 200 characters, trimmed; blank means none."""
    return None if raw is None else _line(raw, field, LABEL_MAX) or None


def check_summary(raw: str | None, *, field: str = "summary") -> str | None:
    """One line of at most 500 characters, trimmed; blank means none."""
    return None if raw is None else _line(raw, field, SUMMARY_MAX) or None


def check_target_type(raw: str | None, *, field: str = "targetType") -> str | None:
    """A lower-case word such as `report`, at most 40 characters."""
    if raw is None:
        return None
    if len(raw) > TARGET_TYPE_MAX or not _TARGET_TYPE.fullmatch(raw):
        raise InvalidInput.of(field, "must be a lower-case word such as report")
    return raw


def check_key(
    raw: str | None, *, field: str, max_length: int = LABEL_MAX
) -> str | None:
    """Somebody's id for something: one line that is not empty; None stays None."""
    if raw is None:
        return None
    text = check_text(raw, field, max_length=max_length)
    if not text.strip():
        raise InvalidInput.of(field, "must not be empty")
    return text


def in_words(action: str) -> str:
    """`report.export_failed` as a sentence: `Report export failed`."""
    return action.replace(".", " ").replace("_", " ").capitalize()


def _line(raw: str, field: str, max_length: int) -> str:
    return check_text(raw, field, max_length=max_length).strip()


def _storable(at_ms: int | None) -> int | None:
    return None if at_ms is None else min(max(at_ms, 0), LATEST_MS)
