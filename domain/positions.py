"""Where an event stands in its topic's log, and what is missing from it."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.events import Event, Topic

_POSITION = re.compile(r"([0-9a-z]+)-([0-9]{1,16})-([0-9]{1,16})")


@dataclass(frozen=True)
class Position:
    """The place of an event in its topic's log.

    `number` counts from 1 without gaps while `epoch` lasts; another epoch means that
    the log was lost and started anew. `ms` is when it was appended, by Redis' clock.
    """

    epoch: str
    ms: int
    number: int

    def __str__(self) -> str:
        return f"{self.epoch}-{self.ms}-{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Position":
        """The position `str` made.

        Raises:
            ValueError: not such a text.
        """
        found = _POSITION.fullmatch(text)
        if found is None:
            raise ValueError("is not a position")
        epoch, ms, number = found.groups()
        return cls(epoch, int(ms), int(number))

    @property
    def before(self) -> "Position":
        """Going on from there begins with this one."""
        return replace(self, number=self.number - 1)

    def covers(self, other: "Position") -> bool:
        """Whether who has come to this position is past `other`."""
        return self.epoch == other.epoch and self.number >= other.number


class GapReason(StrEnum):
    TRIMMED = "TRIMMED"  # older than the log reaches
    OVERFLOW = "OVERFLOW"  # the listener was too slow
    EPOCH = "EPOCH"  # the log itself was lost


@dataclass(frozen=True)
class Gap:
    """Events after `after`, up to and with `until`, will not come: look again at
    what they changed. `after` is None for who knew no position yet.
    """

    topic: Topic
    after: Position | None
    until: Position
    reason: GapReason


@dataclass(frozen=True)
class Delivered:
    """An event and its place in its topic's log; `cause` is the `traceparent` of what
    caused it, where that was recorded.
    """

    position: Position
    event: Event
    cause: str | None = field(default=None, compare=False)

    @property
    def topic(self) -> Topic:
        return self.event.topic
