"""The hash chain over the trail: every entry is named by a link, and every link names
the one before it, so that nothing can be changed, taken out or moved unseen.

A link names up to 1,000 entries, each by its id and its digest, in one short text.
Links are numbered from 1 without a gap; what was swept when it was old is stood for
by a signed `Checkpoint`, and an `Anchor` says elsewhere how far the chain had come.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

BEGINNING = "0" * 64  # what the first link names as the one before it
ROWS_PER_LINK = 1_000
ROWS_PER_ANCHOR = 1_000
Sign = Callable[[str], Sequence[str]]  # a text's signature under each key, ours first


@dataclass(frozen=True)
class Link:
    """`rows` are texts `id digest`; `total` counts those of all links up to this one,
    `newest_ms` is when the latest of its rows was recorded. `late` is 1 when the rows
    were found without a link, as whoever stored them had died.
    """

    number: int
    previous: str
    made_ms: int
    total: int
    newest_ms: int
    late: int
    rows: tuple[str, ...]

    @cached_property
    def hash(self) -> str:
        numbers = (self.number, self.made_ms, self.total, self.newest_ms, self.late)
        text = "\n".join([self.previous, *map(str, numbers), *self.rows])
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def named(self) -> dict[str, str]:
        """The digest of each entry, by its id."""
        return dict(_split(row) for row in self.rows)

    @property
    def end(self) -> "End":
        return End(self.number, self.hash, self.total)


@dataclass(frozen=True)
class End:
    """As much of a link as the next one needs."""

    number: int = 0
    hash: str = BEGINNING
    total: int = 0

    def next(
        self, rows: Sequence[str], *, made_ms: int, newest_ms: int, late: bool
    ) -> Link:
        return Link(
            number=self.number + 1,
            previous=self.hash,
            made_ms=made_ms,
            total=self.total + len(rows),
            newest_ms=newest_ms,
            late=int(late),
            rows=tuple(rows),
        )


@dataclass(frozen=True)
class Checkpoint:
    """What is kept of the links that were swept: the last of them. Entries recorded
    before `settled_ms` have a link; a later one may still be waiting for it.
    """

    swept: End = End()
    settled_ms: int = 0
    signature: str = ""

    def text(self) -> str:
        return (
            f"checkpoint {self.swept.number} {self.swept.hash} {self.swept.total} "
            f"{self.settled_ms}"
        )

    def is_signed(self, sign: Sign) -> bool:
        """Nothing was swept before there was one: then there is nothing to sign."""
        return self == Checkpoint() or self.signature in sign(self.text())


@dataclass(frozen=True)
class Anchor:
    """How far the chain had come at `at_ms`, kept where the chain is not."""

    end: End
    at_ms: int
    signature: str = ""

    def text(self) -> str:
        return f"anchor {self.end.number} {self.end.hash} {self.end.total} {self.at_ms}"

    def is_signed(self, sign: Sign) -> bool:
        return self.signature in sign(self.text())


def row_of(entry_id: str, digest: str) -> str:
    """How a link names an entry."""
    return f"{entry_id} {digest}"


def _split(row: str) -> tuple[str, str]:
    entry_id, _, digest = row.partition(" ")
    return entry_id, digest
