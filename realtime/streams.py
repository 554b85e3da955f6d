"""The logs as Redis keeps them: one stream per topic, appended to by a script."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from domain.events import Event, Topic
from domain.positions import Delivered, Gap, GapReason, Position
from persistence import keys
from realtime import scripts
from realtime.codec import WIRE, cause_of, decode

LOG_EVENTS = 10_000
STATE_EVENTS = 1_000  # the newest per key is enough: replays never ask for these
KEEP_MS = 86_400_000


@dataclass(frozen=True)
class Sealed:
    """An event ready to be sent."""

    event: Event
    payload: bytes


@dataclass(frozen=True)
class Entry:
    """An event as the log gives it."""

    position: Position
    id: str
    kind: str
    payload: bytes

    def opened(self) -> Delivered | None:
        """None when this replica cannot read such an event."""
        event = decode(self.kind, self.payload)
        if event is None:
            return None
        return Delivered(self.position, event, cause_of(self.payload))


def gap_before(topic: Topic, last: Position, entry: Position) -> Gap | None:
    """What is missing between two entries that were read one after the other."""
    if entry.epoch == last.epoch and entry.number == last.number + 1:
        return None
    reason = GapReason.TRIMMED if entry.covers(last) else GapReason.EPOCH
    return Gap(topic, last, entry.before, reason)


class Streams:
    """Every method is one round trip and raises what the driver raises."""

    def __init__(
        self,
        redis: Redis,
        *,
        log_events: int = LOG_EVENTS,
        state_events: int = STATE_EVENTS,
        keep_ms: int = KEEP_MS,
    ) -> None:
        """Logs keep their last `log_events`, none older than `keep_ms`."""
        self.redis: Any = redis  # the client's own signatures cover its blocking twin
        self._log_events = log_events
        self._state_events = state_events
        self._keep_ms = keep_ms

    async def append(
        self, batch: Sequence[Sealed], lost: Mapping[Topic, int]
    ) -> Mapping[Topic, int]:
        """Append to each topic's log, in order, what is not in it; how many were new.

        `lost` events were given up before these, which leaves a gap in the numbers.
        """
        by_topic: dict[Topic, list[Sealed]] = {}
        for sealed in batch:
            by_topic.setdefault(sealed.event.topic, []).append(sealed)
        async with self.redis.pipeline(transaction=False) as pipe:
            for topic, events in by_topic.items():
                more: list[Any] = [lost.get(topic, 0)]
                for sealed in events:
                    wire = WIRE[type(sealed.event)]
                    more += [sealed.event.id, wire.kind, sealed.payload]
                    more += [wire.channel, wire.name]
                pipe.eval(scripts.APPEND, *self.arguments(topic, args=more))
            appended = await pipe.execute()
        return dict(zip(by_topic, appended, strict=True))

    async def heads(self, topics: Sequence[Topic]) -> dict[Topic, Position]:
        """The position of each topic's latest event; number 0 when there is none."""
        async with self.redis.pipeline(transaction=False) as pipe:
            for topic in topics:
                pipe.eval(scripts.HEAD, *self.arguments(topic))
            found = await pipe.execute()
        return {
            topic: _position(*head) for topic, head in zip(topics, found, strict=True)
        }

    async def begin_again(self, topic: Topic, epoch: str) -> None:
        """Declare the log of that epoch lost, unless somebody has already."""
        arguments = self.arguments(topic, args=[epoch])
        await self.redis.eval(scripts.BEGIN, *arguments)

    async def page(
        self, topic: Topic, after: Position, count: int
    ) -> tuple[Position, list[Entry]]:
        """The head of the log, and its first `count` entries past `after`.

        Entries are by stream id: whether `after` is of this epoch is for the caller.
        """
        first = f"{after.ms}-{after.number + 1}"
        async with self.redis.pipeline(transaction=True) as pipe:
            pipe.eval(scripts.HEAD, *self.arguments(topic))
            pipe.xrange(keys.LOG.key(topic=topic), first, "+", count=count)
            head, rows = await pipe.execute()
        return _position(*head), [_entry(row) for row in rows]

    async def read(
        self, after: Mapping[Topic, Position], count: int, block_ms: int
    ) -> list[tuple[Topic, Entry]]:
        """What came past each position, topic by topic in their order; waits for
        something up to `block_ms`.
        """
        names = {keys.LOG.key(topic=topic): topic for topic in after}
        ids = {
            name: f"{after[topic].ms}-{after[topic].number}"
            for name, topic in names.items()
        }
        found = await self.redis.xread(ids, count=count, block=block_ms)
        return [
            (names[name.decode()], _entry(row)) for name, rows in found for row in rows
        ]

    async def unknown(self, topic: Topic, ids: Sequence[str]) -> tuple[int, set[str]]:
        """Since when (ms) the log knows all that was in it, and which of `ids` are
        new to it.
        """
        since, *new = await self.redis.eval(
            scripts.UNKNOWN, *self.arguments(topic, args=ids)
        )
        return int(since), {one.decode() for one in new}

    def arguments(
        self, topic: Topic, more_keys: Sequence[str] = (), args: Sequence[Any] = ()
    ) -> list[Any]:
        """What EVAL takes after the script, for all that begin as `scripts` says."""
        patterns = (keys.LOG, keys.LOG_HEAD, keys.LOG_IDS)
        names = [*(one.key(topic=topic) for one in patterns), *more_keys]
        keep = self._log_events if topic.is_log else self._state_events
        return [len(names), *names, secrets.token_hex(4), keep, self._keep_ms, *args]


def _position(epoch: bytes, ms: bytes, number: bytes) -> Position:
    return Position(epoch.decode(), int(ms), int(number))


def _entry(row: tuple[bytes, dict[bytes, bytes]]) -> Entry:
    stream_id, fields = row
    ms, number = stream_id.split(b"-")
    position = _position(fields[b"e"], ms, number)
    return Entry(position, fields[b"i"].decode(), fields[b"k"].decode(), fields[b"v"])
