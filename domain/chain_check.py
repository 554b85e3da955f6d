"""Checking a trail against its chain: what is wrong with it, entry by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.chain import Anchor, Checkpoint, Link

PROBLEMS_SHOWN = 10


@dataclass(frozen=True)
class Head:
    """Where a trail begins, and how far it is known to have come; `anchors` None when
    nobody could be asked.
    """

    checkpoint: Checkpoint
    anchors: Sequence[Anchor] | None


@dataclass
class Check:
    """Give it the links in order, each with the digests of its entries as they are
    now, then what no link names, then ask for the `end`; `problems` has the first ten
    things that are wrong, `wrong` counts all.
    """

    head: Head
    links: int = 0
    entries: int = 0
    late: int = 0
    waiting: int = 0
    wrong: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        swept = self.head.checkpoint.swept
        self._number, self._hash = swept.number, swept.hash
        self._seen: set[str] = set()
        self._anchored = {
            one.end.number: one for one in reversed(self.head.anchors or ())
        }
        self._compare_anchor()

    def link(self, link: Link, digests: Mapping[str, str]) -> None:
        """`digests` of the entries that are there, by id."""
        if link.number <= self.head.checkpoint.swept.number:
            return  # on its way out, its entries before it
        if link.number != self._number + 1:
            missing = f"{self._number + 1}"
            if link.number > self._number + 2:
                missing += f" to {link.number - 1}"
            self._tell(f"link {missing} is missing")
        elif link.previous != self._hash:
            self._tell(f"link {self._number} was changed: {link.number} does not fit")
        self._number, self._hash = link.number, link.hash
        self._compare_anchor()
        self.links += 1
        self.late += len(link.rows) * link.late
        for entry_id, digest in link.named.items():
            self._entry(link.number, entry_id, digest, digests.get(entry_id))

    def unlinked(self, entry_id: str, recorded_ms: int) -> None:
        """An entry that no link names."""
        if recorded_ms >= self.head.checkpoint.settled_ms:
            self.waiting += 1
        else:
            self._tell(f"entry {entry_id} was put in: no link names it")

    def forged(self, what: str) -> None:
        """Something else that is not as the service left it."""
        self._tell(what)

    def end(self) -> None:
        """There are no more links."""
        beyond = [
            one for number, one in self._anchored.items() if number > self._number
        ]
        if beyond:
            last = max(one.end.number for one in beyond)
            self._tell(
                f"the trail was cut: it ends with link {self._number}, "
                f"and there was a link {last}"
            )

    def _entry(
        self, number: int, entry_id: str, digest: str, found: str | None
    ) -> None:
        if entry_id not in self._seen:
            self._seen.add(entry_id)
            self.entries += 1
        if found is None:
            self._tell(f"entry {entry_id} of link {number} is missing")
        elif found != digest:
            self._tell(f"entry {entry_id} of link {number} was changed")

    def _compare_anchor(self) -> None:
        anchor = self._anchored.get(self._number)
        if anchor is not None and anchor.end.hash != self._hash:
            self._tell(f"link {self._number} is not the one that was anchored")

    def _tell(self, problem: str) -> None:
        self.wrong += 1
        if len(self.problems) < PROBLEMS_SHOWN:
            self.problems.append(problem)
