"""What is kept of the points of a stretch of time, and how it adds up."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.metric_rules import MICROS, Sample
from domain.metrics import Aggregate, Grain, MetricKind, Tags
from domain.sketch import counter_of, quantile

SHARES = {Aggregate.P50: 0.50, Aggregate.P95: 0.95, Aggregate.P99: 0.99}
TagPairs = tuple[tuple[str, str], ...]


@dataclass
class Rollup:
    """Everything the aggregates need; values in whole millionths.

    Merging is exact, associative and commutative. `sketch` has counters for
    DISTRIBUTION metrics only. Of two last values with one time the larger counts.
    """

    n: int = 0
    total: int = 0
    lo: int = 0
    hi: int = 0
    last: int = 0
    last_ms: int = -1
    sketch: dict[str, int] = field(default_factory=dict)

    def add(self, micros: int, at_ms: int, *, spread: bool) -> None:
        """Take in one value; `spread` counts it in the sketch too."""
        one = Rollup(1, micros, micros, micros, micros, at_ms)
        if spread:
            one.sketch[counter_of(micros)] = 1
        self.merge(one)

    def merge(self, other: "Rollup") -> None:
        if not other.n:
            return
        self.lo = min(self.lo, other.lo) if self.n else other.lo
        self.hi = max(self.hi, other.hi) if self.n else other.hi
        self.n += other.n
        self.total += other.total
        self.last_ms, self.last = max(
            (self.last_ms, self.last), (other.last_ms, other.last)
        )
        for name, count in other.sketch.items():
            self.sketch[name] = self.sketch.get(name, 0) + count

    def value(self, aggregate: Aggregate, seconds: float) -> float | None:
        """The figure over a stretch of that length; None when nothing was recorded.

        COUNT is of points, the others are in the metric's unit, RATE per second.
        A percentile without a sketch is None too.
        """
        if not self.n:
            return None
        if aggregate is Aggregate.COUNT:
            return float(self.n)
        if aggregate in SHARES:
            return self._percentile(SHARES[aggregate])
        micros = {
            Aggregate.SUM: self.total,
            Aggregate.RATE: self.total / seconds if seconds else 0,
            Aggregate.AVG: self.total / self.n,
            Aggregate.MIN: self.lo,
            Aggregate.MAX: self.hi,
            Aggregate.LAST: self.last,
        }
        return micros[aggregate] / MICROS

    def _percentile(self, share: float) -> float | None:
        if not self.sketch:
            return None
        return min(max(quantile(self.sketch, share), self.lo), self.hi) / MICROS


def merged(rollups: Iterable[Rollup]) -> Rollup:
    """All of them as one; the empty rollup for none."""
    whole = Rollup()
    for one in rollups:
        whole.merge(one)
    return whole


@dataclass(frozen=True)
class Cell:
    """What one rollup is about: a metric in one bucket of a grain, under one tag
    set, or (`tags` None) under all of them together.
    """

    metric: str
    grain: Grain
    start_ms: int
    tags: TagPairs | None

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.grain.width_ms


Rollups = dict[Cell, Rollup]


def roll_up(samples: Iterable[Sample]) -> Rollups:
    """Every sample in each grain, under its tags and in the totals."""
    fine: Rollups = {}
    for sample in samples:
        start_ms = Grain.MINUTE.floor(sample.at_ms)
        cell = Cell(sample.name, Grain.MINUTE, start_ms, sample.tags)
        spread = sample.kind is MetricKind.DISTRIBUTION
        rollup = fine.setdefault(cell, Rollup())
        rollup.add(sample.micros, sample.at_ms, spread=spread)
    return spread_out(fine)


def spread_out(minutes: Rollups) -> Rollups:
    """Minutes by tag set, and the other five forms each of them adds to."""
    rollups: Rollups = {}
    for cell, rollup in minutes.items():
        for wider in _containing(cell):
            rollups.setdefault(wider, Rollup()).merge(rollup)
    return rollups


def _containing(cell: Cell) -> Iterator[Cell]:
    for grain in Grain:
        start_ms = grain.floor(cell.start_ms)
        yield Cell(cell.metric, grain, start_ms, cell.tags)
        yield Cell(cell.metric, grain, start_ms, None)


def tag_pairs(tags: Tags | None) -> TagPairs:
    """The one form of equal tag sets: sorted by key."""
    return tuple(sorted((tags or {}).items()))


def tag_key(tags: TagPairs | None) -> str:
    """A short name of a tag set, the same in every process; `-` for none."""
    if not tags:
        return "-"
    text = "\x00".join(part for pair in tags for part in pair)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
