"""Which rollups to read for the buckets of a query, and which bucket each is for.

Minutes, hours and days are all aligned to UTC. A bucket is covered by days where
it holds whole ones, by hours around them and by minutes at its ragged ends. So the
days of a zone with whole-hour offsets come from hours, those of the others also
from the minutes around midnight.

Finer rollups are kept for less time. Where they may be gone (a suspect cell), the
coarser one is read too; if it holds more points than the finer ones under it, it
stands in for them, in the bucket its middle lies in.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.calendar import Buckets
from domain.metrics import Grain
from domain.rollups import Rollup

Span = tuple[int, int]
Cells = Mapping[Grain, Mapping[int, Rollup]]

_COARSER = {Grain.MINUTE: Grain.HOUR, Grain.HOUR: Grain.DAY}
_FINER = {coarse: fine for fine, coarse in _COARSER.items()}
# One more read costs as much as 100 more rollups in a read, on the embedded server.
# So gaps up to this long are read across: hours between weekly edges are 144.
_GAP_MAX = 150
# More reads of one grain are not made: the oldest give way to coarser rollups.
READS_MAX = 64


@dataclass(frozen=True)
class Plan:
    """`reads` are the spans to read of each grain, `needed` those that count, and
    `suspects` the starts of cells that may have to stand in for finer ones. `sharp`
    are the edges that are one of the calendar's, not just an end of the range.
    """

    edges: Sequence[int]
    sharp: Sequence[int]
    reads: Mapping[Grain, Sequence[Span]]
    needed: Mapping[Grain, Sequence[Span]]
    suspects: Mapping[Grain, frozenset[int]]


@dataclass(frozen=True)
class Placed:
    """A rollup for each bucket, and the coarsest grain that stood in across a sharp
    edge: the figures beside that edge are not exact.
    """

    buckets: Sequence[Rollup]
    stood_in: Grain | None


def plan(buckets: Buckets, kept_from: Mapping[Grain, int]) -> Plan:
    """How to read the buckets, whose edges are ascending whole minutes.

    `kept_from` is since when rollups of a grain are surely still there.
    """
    edges = buckets.edges
    sharp = edges[buckets.cut_start : len(edges) - buckets.cut_end]
    needed = _needed(edges)
    wanted: dict[Grain, Sequence[Span]] = dict(needed)
    suspects = {grain: frozenset[int]() for grain in Grain}
    reads: dict[Grain, Sequence[Span]] = {}
    for grain in Grain:  # the finest first
        spans = _bridged(wanted[grain], grain)
        if coarser := _COARSER.get(grain):
            unread_ms = spans[-READS_MAX][0] if len(spans) > READS_MAX else 0
            sure_ms = max(kept_from[grain], unread_ms)
            cells = _cells_before(sure_ms, wanted[grain], coarser)
            suspects[coarser] = frozenset(start for start, _ in cells)
            wanted[coarser] = _joined([*wanted[coarser], *cells])
            spans = _bridged(_joined([*wanted[grain], *cells]), grain)
        reads[grain] = spans[-READS_MAX:]
    return Plan(edges, sharp, reads, needed, suspects)


def place(how: Plan, cells: Cells) -> Placed:
    """The rollups that `how` had read, by the start of their cell, put together."""
    buckets = [Rollup() for _ in how.edges[1:]]

    def put(at_ms: int, rollup: Rollup) -> None:
        if how.edges[0] <= at_ms < how.edges[-1]:
            buckets[bisect_right(how.edges, at_ms) - 1].merge(rollup)

    standing = _standing_in(how, cells)
    for grain, starts in standing.items():
        for start in starts:
            put(start + grain.width_ms // 2, cells[grain][start])
    for grain, rollups in cells.items():
        for start, rollup in rollups.items():
            if _holds(how.needed[grain], start) and not _covered(start, standing):
                put(start, rollup)
    across = (
        grain
        for grain, starts in standing.items()
        if any(_crosses(how.sharp, start, start + grain.width_ms) for start in starts)
    )
    return Placed(buckets, next(across, None))


def _standing_in(how: Plan, cells: Cells) -> dict[Grain, set[int]]:
    """The cells that count instead of the finer ones under them, days first."""
    standing: dict[Grain, set[int]] = {}
    for grain in (Grain.DAY, Grain.HOUR):
        lacking = _lacking(how, cells, grain)
        standing[grain] = {one for one in lacking if not _covered(one, standing)}
    return standing


def _lacking(how: Plan, cells: Cells, grain: Grain) -> list[int]:
    """The suspect cells with more points than the finer ones under them."""
    under: dict[int, int] = defaultdict(int)
    for start, rollup in cells.get(_FINER[grain], {}).items():
        under[grain.floor(start)] += rollup.n
    return [
        start
        for start, rollup in cells.get(grain, {}).items()
        if start in how.suspects[grain] and rollup.n > under[start]
    ]


def _covered(start: int, standing: Mapping[Grain, set[int]]) -> bool:
    return any(grain.floor(start) in starts for grain, starts in standing.items())


def _crosses(edges: Sequence[int], start: int, end: int) -> bool:
    """Whether an edge lies inside [start, end), not at its start."""
    first = bisect_right(edges, start)
    return first < len(edges) and edges[first] < end


def _needed(edges: Sequence[int]) -> dict[Grain, Sequence[Span]]:
    spans: dict[Grain, list[Span]] = {grain: [] for grain in Grain}
    for span in pairwise(edges):
        if span[0] < span[1]:
            for grain, piece in _pieces(span, Grain.DAY):
                spans[grain].append(piece)
    return {grain: _joined(pieces) for grain, pieces in spans.items()}


def _pieces(span: Span, grain: Grain) -> Iterator[tuple[Grain, Span]]:
    """`span` in cells as coarse as fit, `grain` the coarsest tried."""
    start, end = span
    inner = grain.ceil(start), grain.floor(end)
    finer = _FINER.get(grain)
    if finer is None:
        yield grain, span
    elif inner[0] >= inner[1]:
        yield from _pieces(span, finer)
    else:
        for edge in ((start, inner[0]), (inner[1], end)):
            if edge[0] < edge[1]:
                yield from _pieces(edge, finer)
        yield grain, inner


def _joined(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """The same in order, those that touch or lie at most `gap` apart as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _bridged(spans: Iterable[Span], grain: Grain) -> list[Span]:
    return _joined(spans, _GAP_MAX * grain.width_ms)


def _cells_before(until_ms: int, spans: Iterable[Span], grain: Grain) -> list[Span]:
    """The cells of `grain` that what lies before `until_ms` of the spans is in."""
    return [
        (cell, cell + grain.width_ms)
        for start, end in spans
        for cell in range(grain.floor(start), min(end, until_ms), grain.width_ms)
    ]


def _holds(spans: Sequence[Span], start: int) -> bool:
    at = bisect_left(spans, (start + 1,)) - 1
    return at >= 0 and start < spans[at][1]
