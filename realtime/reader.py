"""One connection per process, on which every topic is heard."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping

from domain.events import Topic
from domain.positions import Gap, GapReason, Position
from realtime import figures
from realtime.hub import Hub
from realtime.streams import Entry, Streams, gap_before
from realtime.trying import for_ever

BLOCK_MS = 5_000
# Beyond what Redis was asked to wait: a connection that a gateway dropped without a
# word is noticed.
TIMEOUT_S = BLOCK_MS / 1_000 + 5
CHECK_S = 5.0
BATCH = 500
BREATH = 20
REMEMBERED = 1_000


class Reader:
    """Hands the hub every event of every topic once and in order, whatever becomes
    of Redis meanwhile; what is missing for good it hands on as a `Gap`.

    It goes on from the last position it knows, so an outage costs no event that is
    still in the log. `ready` is set once it knows where the logs stand; `returned`
    whenever Redis is back, which is the time for a `Bus.repair`: who does it clears it.
    """

    def __init__(self, streams: Streams, hub: Hub, *, check_s: float = CHECK_S) -> None:
        """`streams` has a client of its own, without a timeout."""
        self._streams = streams
        self._hub = hub
        self._check_s = check_s
        self._block_ms = min(BLOCK_MS, round(check_s * 1_000))
        self._checked_at_s: float | None = None
        self._positions: dict[Topic, Position] = {}
        self._recent = {topic: _Recent() for topic in Topic}
        self._failures = 0
        self._fell_back: set[Topic] = set()
        self.ready = asyncio.Event()
        self.returned = asyncio.Event()

    @property
    def positions(self) -> Mapping[Topic, Position]:
        """How far the topics have been read; empty before `ready`."""
        return self._positions

    async def run(self) -> None:
        """Reads until it is cancelled."""
        await for_ever("reading", self._round)

    async def _round(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                await self._check()
                found = await self._streams.read(self._positions, BATCH, self._block_ms)
        except Exception:
            self._failures += 1
            self._checked_at_s = None  # another Redis may answer next
            raise
        for number, (topic, entry) in enumerate(found, start=1):
            self._take(topic, entry)
            if number % BREATH == 0:
                # After an outage: listeners take what they have before more comes.
                await asyncio.sleep(0)

    async def _check(self) -> None:
        """Look where the logs stand: only that shows one that fell back behind what
        was read of it, as nothing would come of it until it had caught up.
        """
        now_s = asyncio.get_running_loop().time()
        checked_at_s = self._checked_at_s
        if checked_at_s is not None and now_s < checked_at_s + self._check_s:
            return
        heads = await self._streams.heads(list(Topic))
        for topic, head in heads.items():
            last = self._positions.get(topic)
            if last and last.epoch == head.epoch and _is_behind(head, last):
                self._fell_back.add(topic)
        if self._fell_back:
            # Positions read of it would mean other events from now on.
            for topic in self._fell_back:
                epoch = self._positions[topic].epoch
                await self._streams.begin_again(topic, epoch)
            self._fell_back.clear()
            heads = await self._streams.heads(list(Topic))
        for topic, head in heads.items():
            self._compare(topic, head)
        self._checked_at_s = now_s
        if self._failures:
            figures.RECONNECTS.inc()
            self.returned.set()
            self._failures = 0
        self.ready.set()

    def _compare(self, topic: Topic, head: Position) -> None:
        last = self._positions.get(topic)
        if last is None:
            self._positions[topic] = head
            # Nobody listened yet, unless Redis was away when this process started.
            if self._failures:
                self._hub.deliver(Gap(topic, None, head, GapReason.EPOCH))
        elif last.epoch != head.epoch:
            # A new log is read from its beginning, as all of it is new.
            start = Position(head.epoch, 0, 0)
            self._positions[topic] = start
            self._hub.deliver(Gap(topic, last, start, GapReason.EPOCH))

    def _take(self, topic: Topic, entry: Entry) -> None:
        last = self._positions[topic]
        if last.covers(entry.position):
            # Another event under a number that was taken: Redis fell back to an older
            # copy of the log.
            self._fell_back.add(topic)
            self._checked_at_s = None
            return
        if gap := gap_before(topic, last, entry.position):
            self._hub.deliver(gap)
        self._positions[topic] = entry.position
        # A log that was lost is filled again with events it already gave us.
        if not self._recent[topic].add(entry.id) or not self._hub.hears(topic):
            return
        if delivered := entry.opened():
            self._hub.deliver(delivered, len(entry.payload))


def _is_behind(head: Position, last: Position) -> bool:
    return (head.ms, head.number) < (last.ms, last.number)


class _Recent:
    """The last ids that passed."""

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()

    def add(self, event_id: str) -> bool:
        """Whether it has not passed lately."""
        if event_id in self._ids:
            return False
        self._ids[event_id] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return True
