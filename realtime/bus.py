"""The bus: every change is written first, then told here, to all replicas alike."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Iterable, Sequence
from typing import TypeVar

from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.events import Event, Topic
from domain.positions import Delivered, Gap, GapReason, Position
from kit.tasks import heeding
from realtime.outbox import Outbox
from realtime.streams import Entry, Streams, gap_before

PAGE = 500
# Many come back at once after a restart: they take turns rather than connections.
REPLAYS_AT_ONCE = 8
T = TypeVar("T")


class Bus:
    """Publishing, and reading what was published; see `docs/adr/0011`."""

    def __init__(self, streams: Streams, outbox: Outbox) -> None:
        self._streams = streams
        self._outbox = outbox
        self._turns = asyncio.Semaphore(REPLAYS_AT_ONCE)

    async def publish(self, *events: Event) -> bool:
        """Tell everybody. True once all are in their topics' logs; False while Redis
        is away: they follow, in order, as soon as it is back and this process lives.

        Never raises for Redis' sake, and publishing an event again changes nothing.
        """
        return await heeding(self._outbox.put(*events))

    async def repair(self, events: Iterable[Event]) -> int:
        """Publish those of `events` that their log has not seen; how many.

        For what was written but never told, as its process died in between: give it
        the latest entries of the store now and then, from any replica. What is older
        than the log reaches is left alone, as nobody could tell whether it was told.

        Raises:
            Unavailable: Redis did not answer; nothing was looked at.
        """
        by_topic: dict[Topic, dict[str, Event]] = {}
        for event in events:
            by_topic.setdefault(event.topic, {})[event.id] = event
        missing: list[Event] = []
        for topic, known in by_topic.items():
            since_ms, ids = await _asked(self._streams.unknown(topic, list(known)))
            missing += [
                event
                for event in known.values()
                if event.id in ids and event.at_ms >= since_ms
            ]
        if missing:
            await self.publish(*missing)
        return len(missing)

    async def head(self, topic: Topic) -> Position | None:
        """The position of the latest event: a cursor for "from now on". None while
        Redis is away.
        """
        try:
            return (await heeding(self._streams.heads([topic])))[topic]
        except (RedisError, OSError):
            return None

    async def replay(
        self, topic: Topic, after: Position
    ) -> AsyncGenerator[Delivered | Gap, None]:
        """Everything past `after` up to this moment, in order; a `Gap` stands where
        events are missing. Reads on only as fast as it is asked.

        Raises:
            Unavailable: Redis did not answer; go on from the last position.
        """
        last = after
        while True:
            async with self._turns:
                head, entries = await _asked(self._streams.page(topic, last, PAGE))
            if not head.covers(last):
                # Not a position of this log as it is now: begin at its beginning.
                start = Position(head.epoch, 0, 0)
                yield Gap(topic, last, start, GapReason.EPOCH)
                last = start
                continue
            for item in _walk(topic, last, entries):
                yield item
            last = entries[-1].position if entries else last
            if len(entries) < PAGE:
                break
        if not last.covers(head):
            yield Gap(topic, last, head, GapReason.TRIMMED)


def _walk(
    topic: Topic, last: Position, entries: Sequence[Entry]
) -> Iterable[Delivered | Gap]:
    for entry in entries:
        if gap := gap_before(topic, last, entry.position):
            yield gap
        if delivered := entry.opened():
            yield delivered
        last = entry.position


async def _asked(answer: Awaitable[T]) -> T:
    try:
        return await heeding(answer)
    except (RedisError, OSError) as err:
        raise Unavailable from err
