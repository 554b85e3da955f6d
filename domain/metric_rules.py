"""What a metric point must be before it counts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import InvalidInput
from domain.metrics import (
    EVENT_ID_MAX,
    LATEST_MS,
    METRIC_NAME,
    NAME_MAX,
    OTHER,
    TAG_KEY,
    TAG_KEY_MAX,
    TAG_VALUE_MAX,
    TAGS_MAX,
    UNIT_MAX,
    VALUE_MAX,
    MetricKind,
    MetricPointInput,
)
from domain.text import check_text

MICROS = 1_000_000  # of a value: sums of whole numbers are exact
VALIDATION_ERROR = InvalidInput.code
OUT_OF_WINDOW = "OUT_OF_WINDOW"
KIND_MISMATCH = "KIND_MISMATCH"
CARDINALITY_LIMIT = "CARDINALITY_LIMIT"


class PointRefused(Exception):
    """Why one point of a call is not taken, while the others may be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Window:
    """The moments a point may lie at, both included; what is `now_ms` is in it."""

    now_ms: int
    from_ms: int = 0
    to_ms: int = LATEST_MS


@dataclass(frozen=True)
class Sample:
    """A checked point: its value in whole millionths, its tags sorted by key.
    `kind` None stands for the metric's own.
    """

    name: str
    micros: int
    at_ms: int
    kind: MetricKind | None = None
    unit: str | None = None
    tags: tuple[tuple[str, str], ...] = ()
    event_id: str | None = None


def check_point(point: MetricPointInput, window: Window) -> Sample:
    """The sample a point stands for.

    Raises:
        PointRefused: with VALIDATION_ERROR and the field to blame, or
            OUT_OF_WINDOW.
    """
    try:
        at_ms = window.now_ms if point.at_ms is None else point.at_ms
        sample = Sample(
            name=check_metric_name(point.name, field="name"),
            micros=check_value(point.value),
            at_ms=at_ms,
            kind=point.kind,
            unit=check_unit(point.unit),
            tags=check_tags(point.tags or {}),
            event_id=_check_event_id(point.event_id),
        )
    except InvalidInput as err:
        raise PointRefused(err.code, err.message) from err
    if not window.from_ms <= at_ms <= window.to_ms:
        past_s = (window.now_ms - window.from_ms) // 1000
        future_s = (window.to_ms - window.now_ms) // 1000
        raise PointRefused(
            OUT_OF_WINDOW,
            f"at: must be at most {past_s} s ago and {future_s} s ahead",
        )
    return sample


def check_metric_name(raw: str, *, field: str) -> str:
    """A dotted lower-case name such as `api.requests`, at most 100 characters."""
    if len(raw) > NAME_MAX or not METRIC_NAME.fullmatch(raw):
        reason = "must be a dotted lower-case name such as api.requests"
        raise InvalidInput.of(field, reason)
    return raw


def check_value(value: float) -> int:
    """`value` in millionths, rounded to the nearest; whole numbers are exact."""
    if not abs(value) <= VALUE_MAX:  # NaN is not either
        reason = f"must be a number between -{VALUE_MAX} and {VALUE_MAX}"
        raise InvalidInput.of("value", reason)
    whole = math.floor(value)
    return whole * MICROS + round((value - whole) * MICROS)


def check_unit(raw: str | None) -> str | None:
    """One line of at most 20 characters; blank means none."""
    if raw is None:
        return None
    return check_text(raw, "unit", max_length=UNIT_MAX).strip() or None


def check_tags(tags: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """At most 8 tags, sorted by key; any text without control characters is a value,
    but the one that folded series are shown under.
    """
    if len(tags) > TAGS_MAX:
        raise InvalidInput.of("tags", f"must be at most {TAGS_MAX}")
    return tuple(
        (check_tag_key(key, field="tags"), _check_tag_value(key, tags[key]))
        for key in sorted(tags)
    )


def check_tag_key(raw: str, *, field: str) -> str:
    """A lower-case word such as `status`, at most 40 characters."""
    if len(raw) > TAG_KEY_MAX or not TAG_KEY.fullmatch(raw):
        reason = "must have lower-case words such as status or host_name as keys"
        raise InvalidInput.of(field, reason)
    return raw


def _check_tag_value(key: str, raw: object) -> str:
    field = f"tags.{key}"
    if not isinstance(raw, str):
        raise InvalidInput.of(field, "must be a text")
    value = check_text(raw, field, max_length=TAG_VALUE_MAX)
    if not value:
        raise InvalidInput.of(field, "must not be empty")
    if value == OTHER:
        raise InvalidInput.of(field, f"must not be {OTHER}, which stands for the rest")
    return value


def _check_event_id(raw: str | None) -> str | None:
    if raw is None:
        return None
    event_id = check_text(raw, "eventId", max_length=EVENT_ID_MAX)
    if not event_id:
        raise InvalidInput.of("eventId", "must not be empty")
    return event_id
