"""The way from a write to the log: in order, and not lost while Redis is away."""

import asyncio
from collections import Counter
from collections.abc import Hashable

from redis.exceptions import RedisError

from domain.events import Event, Topic
from kit import tracing
from realtime import figures
from realtime.codec import encode
from realtime.streams import Sealed, Streams
from realtime.trying import Backoff, for_ever

WAITING_MAX = 10_000  # as many as the log keeps: more would push each other out
BATCH = 500


class Outbox:
    """Sends what it is given, in that order, as often as it takes.

    Whoever publishes sends what waits, others' events with its own, so that many at
    once share a round trip. While Redis is away events wait here, those of state
    topics merged; beyond `waiting_max` the oldest are given up, and their numbers with
    them, so that every reader sees a gap where they would have been.
    """

    def __init__(self, streams: Streams, *, waiting_max: int = WAITING_MAX) -> None:
        self._streams = streams
        self._waiting_max = waiting_max
        self._waiting: dict[Hashable, Sealed] = {}
        self._lost: Counter[Topic] = Counter()
        self._turn = asyncio.Lock()
        self._failed = asyncio.Event()
        self._pauses = Backoff()
        self._retry_at_s = 0.0  # by the loop's clock: pauses are real ones
        figures.OUTBOX.ask(lambda: len(self._waiting))

    async def put(self, *events: Event) -> bool:
        """Whether these are in the log now; otherwise they wait for Redis."""
        for event in events:
            self._add(event)
        return await self.flush()

    async def flush(self) -> bool:
        """Send all that waits; False at once while Redis was away a moment ago."""
        try:
            async with self._turn:
                return not self._waiting or await self._send()
        finally:
            if self._waiting:
                self._failed.set()  # also when the caller was cancelled: see `run`

    async def run(self) -> None:
        """Keeps trying while Redis is away; ends by being cancelled."""
        await for_ever("publishing", self._send_what_failed)

    async def _send_what_failed(self) -> None:
        await self._failed.wait()
        now_s = asyncio.get_running_loop().time()
        await asyncio.sleep(max(self._retry_at_s - now_s, 0))
        if await self.flush():
            self._failed.clear()

    def _add(self, event: Event) -> None:
        cause = tracing.here()
        sealed = Sealed(event, encode(event, cause))
        if event.merge_key is None:
            self._waiting.setdefault(event.id, sealed)
        else:
            key = (event.topic, event.merge_key)
            if older := self._waiting.get(key):
                merged = older.event.merged_into(event)
                sealed = Sealed(merged, encode(merged, cause))
            self._waiting[key] = sealed
        while len(self._waiting) > self._waiting_max:
            oldest = self._waiting.pop(next(iter(self._waiting)))
            self._lost[oldest.event.topic] += 1
            figures.LOST.inc(oldest.event.topic)

    async def _send(self) -> bool:
        """Send what waits at this moment; what comes meanwhile is for the next turn."""
        if asyncio.get_running_loop().time() < self._retry_at_s:
            return False
        waiting = list(self._waiting.items())
        try:
            for start in range(0, len(waiting), BATCH):
                await self._send_batch(dict(waiting[start : start + BATCH]))
        except (RedisError, OSError):
            pause_s = self._pauses.next_s()
            self._retry_at_s = asyncio.get_running_loop().time() + pause_s
            return False
        self._pauses.reset()
        return True

    async def _send_batch(self, batch: dict[Hashable, Sealed]) -> None:
        lost = dict(self._lost)
        appended = await self._streams.append(list(batch.values()), lost)
        for topic, count in appended.items():
            self._lost[topic] -= lost.get(topic, 0)
            figures.PUBLISHED.inc(topic, by=count)
        for key, sealed in batch.items():
            if self._waiting.get(key) is sealed:  # else a newer one took its place
                del self._waiting[key]
