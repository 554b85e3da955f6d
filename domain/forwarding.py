"""Telling other systems what happened: what is told, about whom, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from domain.activity import Activity
from domain.chain import BEGINNING, Link
from domain.ids import USER


@dataclass(frozen=True)
class Place:
    """How far everything was told: link `number` of the chain, whose `hash`, `total`
    and `made_ms` these are, and `rows` entries of the link after it, of hash `into`.
    """

    number: int = 0
    hash: str = BEGINNING
    total: int = 0
    made_ms: int = 0
    rows: int = 0
    into: str = ""

    @classmethod
    def after(cls, link: Link) -> "Place":
        return cls(link.number, link.hash, link.total, link.made_ms)

    def advanced(self, link: Link) -> "Place":
        """One entry further, of the link after this place."""
        rows = self.rows + 1
        if rows >= len(link.rows):
            return Place.after(link)
        return replace(self, rows=rows, into=link.hash)

    @property
    def told(self) -> int:
        """How many entries there were up to here since the first of all."""
        return self.total + self.rows


@dataclass(frozen=True)
class Happening:
    """An entry to tell. `sequence` sorts as the chain does; `late` says that whoever
    made the entry died before it was linked, so that later ones may have come first.
    """

    entry: Activity
    sequence: str
    late: bool

    @property
    def subject(self) -> str:
        """What keeps its order: who or what it was done to, else who did it."""
        entry = self.entry
        if entry.target_type and entry.target_id:
            return f"{entry.target_type}/{entry.target_id}"
        if entry.actor_id is None:
            return "system"
        kind = "user" if entry.actor_id.startswith(f"{USER}_") else "actor"
        return f"{kind}/{entry.actor_id}"


class NotTaken(Exception):
    """The receiver did not take it: try again, in `after_s` or later.

    Its text may be logged.
    """

    def __init__(self, reason: str, after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.after_s = after_s


class Gone(NotTaken):
    """The receiver wants nothing ever again."""


class Receiver(Protocol):
    """Where happenings go."""

    @property
    def at_once(self) -> int:
        """How many of one subject it takes in one call."""
        ...

    async def take(self, happenings: Sequence[Happening]) -> None:
        """Returns when all of them are in its keeping, in this order.

        Raises:
            NotTaken: some may be all the same.
        """
        ...


def is_wanted(entry: Activity, patterns: Sequence[str]) -> bool:
    """Whether it is told at all: quiet entries never are; `patterns` are whole
    actions or prefixes that end in `.*`, none of them means every action.
    """
    if entry.is_quiet:
        return False
    return not patterns or any(_fits(entry.action, one) for one in patterns)


def _fits(action: str, pattern: str) -> bool:
    if pattern.endswith(".*"):
        return action.startswith(pattern[:-1])
    return action == pattern
