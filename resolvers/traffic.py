"""The service's own traffic, recorded as any other metric, beside the requests."""

import asyncio
import itertools
import logging

from domain.errors import InvalidInput, Unavailable
from domain.limits import Limits
from domain.metric_rules import Sample, check_tags, check_value
from domain.metrics import OTHER, Grain, MetricKind, Tags
from domain.rollups import Cell, Rollup, Rollups, TagPairs, spread_out, tag_pairs
from kit.clock import Clock
from persistence.repositories import Repositories
from realtime.bus import Bus
from resolvers.admission import admit
from resolvers.recording import recover, tell

FLUSH_S = 2.0
RECOVER_EVERY = 30  # rounds: about once a minute
FOLDS_PER_ROUND = 20
CELLS_MAX = 5_000  # some megabytes; an hour without MongoDB at 80 series a minute
_log = logging.getLogger(__name__)


class TrafficRecorder:
    """Adds up in memory what is counted and observed, and stores it every 2 s.

    `count` and `observe` never wait and never raise. Memory is bounded: tag sets
    beyond the limit are folded into `__other__`, and what comes in while MongoDB has
    been away for long is `dropped`. A killed process loses what it had not stored
    yet; a stopped one stores everything.
    """

    def __init__(
        self, repos: Repositories, bus: Bus, clock: Clock, limits: Limits
    ) -> None:
        self.dropped = 0  # readings, since the process started
        self._repos = repos
        self._bus = bus
        self._clock = clock
        self._tag_sets_max = limits.metrics_tag_sets_per_metric
        self._kinds: dict[str, MetricKind] = {}
        self._tag_sets: dict[str, set[TagPairs]] = {}
        self._minutes: Rollups = {}
        self._flushing = asyncio.Lock()

    def count(self, name: str, tags: Tags | None = None, value: float = 1) -> None:
        """Add to a COUNTER."""
        self._take(name, MetricKind.COUNTER, tags, value)

    def observe(self, name: str, tags: Tags | None, value: float) -> None:
        """Add a reading to a DISTRIBUTION; in milliseconds if its name ends so."""
        self._take(name, MetricKind.DISTRIBUTION, tags, value)

    async def run(self) -> None:
        """Until cancelled: store, fold buckets that have grown crowded, and, at first
        and about once a minute, finish calls that were interrupted.
        """
        for rounds in itertools.count():
            flushing = asyncio.ensure_future(self.flush())
            try:
                await asyncio.shield(flushing)
                await self._tidy(recovering=rounds % RECOVER_EVERY == 0)
            except asyncio.CancelledError:
                await flushing  # half a flush could not be told from none
                raise
            except Exception:  # noqa: BLE001  one bad round must not end all recording
                _log.exception("a round of recording traffic failed")
            await asyncio.sleep(FLUSH_S)

    async def flush(self) -> None:
        """Store what came in so far; what cannot be stored now is kept for later.

        A connection lost in the middle leaves open what was stored: that round may
        then be counted twice, in part.
        """
        async with self._flushing:
            minutes, self._minutes = self._minutes, {}
            if not minutes:
                return
            try:
                await self._store(minutes)
            except Unavailable:
                for cell, rollup in minutes.items():
                    self._add(cell, rollup)

    def _take(
        self, name: str, kind: MetricKind, tags: Tags | None, value: float
    ) -> None:
        try:
            known = self._kinds.setdefault(name, kind) is kind
            pairs = self._bounded(name, tag_pairs(tags))
            micros = check_value(value)
        except (InvalidInput, TypeError):
            self.dropped += 1
            return
        if not known:
            self.dropped += 1
            return
        now_ms = self._clock.now_ms()
        reading = Rollup()
        reading.add(micros, now_ms, spread=kind is MetricKind.DISTRIBUTION)
        self._add(Cell(name, Grain.MINUTE, Grain.MINUTE.floor(now_ms), pairs), reading)

    def _bounded(self, name: str, pairs: TagPairs) -> TagPairs:
        sets = self._tag_sets.setdefault(name, set())
        if pairs in sets:
            return pairs
        checked = check_tags(dict(pairs))
        if len(sets) >= self._tag_sets_max:
            return tuple((key, OTHER) for key, _ in checked)
        sets.add(pairs)
        return checked

    def _add(self, cell: Cell, rollup: Rollup) -> None:
        if cell in self._minutes or len(self._minutes) < CELLS_MAX:
            self._minutes.setdefault(cell, Rollup()).merge(rollup)
        else:
            self.dropped += rollup.n

    async def _store(self, minutes: Rollups) -> None:
        now_ms = self._clock.now_ms()
        cells = list(minutes)
        samples = {index: self._sample(cell) for index, cell in enumerate(cells)}
        catalog = self._repos.metric_catalog
        admission = await admit(catalog, samples, now_ms, fold=True)
        admitted: Rollups = {}
        for index, cell in enumerate(cells):
            if (sample := admission.samples.get(index)) is None:
                self.dropped += minutes[cell].n
                continue
            kept = Cell(cell.metric, cell.grain, cell.start_ms, sample.tags)
            admitted.setdefault(kept, Rollup()).merge(minutes[cell])
        await self._repos.rollups.add(spread_out(admitted), now_ms)
        await tell(self._bus, {cell.metric for cell in admitted}, now_ms)

    def _sample(self, cell: Cell) -> Sample:
        unit = "ms" if cell.metric.endswith("_ms") else None
        kind = self._kinds[cell.metric]
        return Sample(cell.metric, 0, cell.start_ms, kind, unit, cell.tags or ())

    async def _tidy(self, *, recovering: bool) -> None:
        now_ms = self._clock.now_ms()
        try:
            if recovering:
                await recover(self._repos, now_ms)
            await self._repos.rollups.folding.run(now_ms, most=FOLDS_PER_ROUND)
        except Unavailable:
            _log.warning("recordings are left for later: MongoDB does not answer")
