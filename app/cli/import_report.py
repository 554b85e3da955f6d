"""What an import saw: counted as it goes, told at its end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from tqdm import tqdm

from domain.activity import one_line
from kit.times import rfc3339

SHOWN_MAX = 5  # bad lines: enough to see what is wrong, few enough to read
EXCERPT_MAX = 80  # characters


@dataclass
class Tally:
    """Lines that are not blank, by what became of them; `repeated` counts those of
    the accepted that were stored before.
    """

    accepted: int = 0
    repeated: int = 0
    bad: int = 0
    first_ms: int | None = None
    last_ms: int | None = None
    stopped: bool = False  # by whoever ran it
    shown: list[str] = field(default_factory=list)

    def accept(self, at_ms: int) -> None:
        self.accepted += 1
        self.first_ms = at_ms if self.first_ms is None else min(self.first_ms, at_ms)
        self.last_ms = at_ms if self.last_ms is None else max(self.last_ms, at_ms)

    def refuse(self, number: int, reason: object, text: str) -> None:
        self.bad += 1
        if len(self.shown) < SHOWN_MAX:
            excerpt = one_line(text, EXCERPT_MAX)  # nobody's log steers a terminal
            self.shown.append(f"line {number} {reason}: {excerpt}")

    @property
    def counts(self) -> str:
        lines = self.accepted + self.bad
        known = f" ({self.repeated:,} known already)" if self.repeated else ""
        return f"{lines:,} lines, {self.accepted:,} accepted{known}, {self.bad:,} bad"

    def told(self, name: str, seconds: float) -> str:
        """A few lines for the terminal; `seconds` is how long it took."""
        said = [f"{name}: {self.counts}"]
        said += [f"  {bad}" for bad in self.shown]
        if self.bad > len(self.shown):
            said.append(f"  and {self.bad - len(self.shown):,} more bad lines")
        if self.first_ms is not None and self.last_ms is not None:
            said.append(f"  from {rfc3339(self.first_ms)} to {rfc3339(self.last_ms)}")
        rate = (self.accepted + self.bad) / max(seconds, 0.001)
        said.append(f"  in {seconds:.1f} s, {rate:,.0f} lines/s")
        return "\n".join(said)


class Bar(Protocol):
    """Told how many bytes were taken since it was last told."""

    def update(self, n: int) -> object: ...


@contextmanager
def progress(name: str, size: int) -> Iterator[Bar]:
    """A bar over `size` bytes on a terminal, nothing elsewhere."""
    with tqdm(
        total=size or None,
        desc=name,
        unit="B",
        unit_scale=True,
        leave=False,
        file=sys.stderr,
        disable=None,  # None means: unless it is a terminal
    ) as bar:
        yield bar
