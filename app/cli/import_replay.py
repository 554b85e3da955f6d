"""`dashboard import access-log --replay`: a log once more, as if it happened now."""

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from app.cli.access_log import LINE_MAX, BadLine, parse_line
from app.cli.import_entry import leave
from app.cli.import_report import Bar, Tally
from app.cli.import_source import Source
from domain.activity import ActivityDraft
from domain.ids import ACTIVITY, ApiKeyId
from domain.metrics import MetricPointInput
from domain.principal import Principal, Role
from kit.ids import sortable_id
from resolvers.context import Context
from resolvers.metrics import record_metrics

ACTION = "import.replay"
FLUSH_MS = 1_000  # how late a point may be recorded
POLL_S = 0.05  # how often a pipe is asked for its next line
AHEAD = 1_000  # lines read before their time has come
# Recorded like any application's points, in the name of this command.
REPLAYER = Principal(role=Role.SERVICE, label="replay", key_id=ApiKeyId("k_replay"))

Sleep = Callable[[float], Awaitable[object]]
Line = tuple[int, str, int]


@dataclass
class Replay:
    """One run: the first line is now, the others follow `speed` times as fast as
    they did; lines out of order go out at once.
    """

    ctx: Context
    speed: float
    sleep: Sleep = asyncio.sleep

    def __post_init__(self) -> None:
        self.ctx = self.ctx.acting_as(REPLAYER)
        self.tally = Tally()
        self._waiting: list[MetricPointInput] = []
        self._flushed_ms = 0

    async def run(self, source: Source, bar: Bar) -> Tally:
        """Play to the end of the source, or until cancelled: both leave an entry.

        Raises:
            Unreadable: the source breaks off.
            Unavailable: the database is gone.
        """
        try:
            await self._play(source, bar)
        except asyncio.CancelledError:
            self.tally.stopped = (
                True  # Ctrl-C is how a replay ends; the command ends next
            )
        await self._flush()
        await self._leave_entry(source)
        return self.tally

    async def _play(self, source: Source, bar: Bar) -> None:
        start_ms = self._flushed_ms = self.ctx.now_ms()
        first_ms: int | None = None
        for line in _lines(source):
            if line is None:
                await self._flush_if_late()
                await self.sleep(POLL_S)
                continue
            number, text, size = line
            bar.update(size)
            try:
                hit = parse_line(text)
            except BadLine as err:
                self.tally.refuse(number, err, text)
                continue
            first_ms = hit.at_ms if first_ms is None else first_ms
            due_ms = start_ms + round(max(hit.at_ms - first_ms, 0) / self.speed)
            await self._wait_until(due_ms)
            self.tally.accept(hit.at_ms)
            self._waiting += hit.points(self.ctx.now_ms())
            await self._flush_if_late()

    async def _wait_until(self, due_ms: int) -> None:
        while (left_ms := due_ms - self.ctx.now_ms()) > 0:
            await self.sleep(min(left_ms, FLUSH_MS) / 1000)
            await self._flush_if_late()

    async def _flush_if_late(self) -> None:
        full = len(self._waiting) > self.ctx.limits.metrics_points_per_call // 2
        if full or self.ctx.now_ms() - self._flushed_ms >= FLUSH_MS:
            await self._flush()

    async def _flush(self) -> None:
        points, self._waiting = self._waiting, []
        self._flushed_ms = self.ctx.now_ms()
        if points:
            await record_metrics(self.ctx, points)

    async def _leave_entry(self, source: Source) -> None:
        how = " until stopped" if self.tally.stopped else ""
        draft = ActivityDraft(
            ACTION,
            summary=f"Replayed {source.name} at {self.speed:g}x{how}: "
            f"{self.tally.counts}",
            target_type="file",
            target_id=source.name,
            target_label=source.name,
        )
        await leave(self.ctx, draft, sortable_id(ACTIVITY, self.ctx.now_ms()))


def _lines(source: Source) -> Iterator[Line | None]:
    """The lines of the source; None whenever a pipe has no line yet.

    A pipe is read in a thread, which is a daemon: one that still waits for its
    next line does not keep the command from ending.
    """
    if source.content.seekable():
        yield from source.lines(LINE_MAX)
        return
    ahead: queue.Queue[Line | Exception | None] = queue.Queue(AHEAD)

    def read() -> None:
        try:
            for line in source.lines(LINE_MAX):
                ahead.put(line)
            ahead.put(None)
        except Exception as err:  # noqa: BLE001  raised again by who waits
            ahead.put(err)

    threading.Thread(target=read, name="replay", daemon=True).start()
    while True:
        try:
            item = ahead.get_nowait()
        except queue.Empty:
            yield None
            continue
        if isinstance(item, Exception):
            raise item
        if item is None:
            return
        yield item
