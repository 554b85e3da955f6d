"""What one listener is told of several logs: what it missed, then what comes."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from app.legacy.cursor import TOPICS, Positions
from domain.events import Event, Topic
from domain.positions import Delivered, Gap, GapReason, Position
from realtime import figures
from realtime.follow import Way, end_of
from realtime.live import Live
from realtime.subscriber import Subscriber

Items = AsyncGenerator[Delivered | Gap, None]


class Feed:
    """One listener for all topics, so that one cursor says how far it has come.

    Of the log topics every event comes, in order and once; of presence the newest of
    each person. A `Gap` stands where events are missing.
    """

    def __init__(
        self, live: Live, accept: Callable[[Event], bool], after: Positions | None
    ) -> None:
        """Goes on past `after`, and from now on in those logs that are not in it."""
        self._live = live
        self._accept = accept
        self._is_resumed = after is not None
        start = {**live.reader.positions, **(after or {})}
        self._at = {topic: start[topic] for topic in TOPICS if topic in start}
        self._ways = {
            topic: Way(live.bus, topic, start.get(topic), accept) for topic in TOPICS
        }
        self._news: Subscriber | None = None

    @property
    def positions(self) -> Positions:
        """How far the listener has come with the last item it was given."""
        self._catch_up()
        return dict(self._at)

    async def items(self) -> Items:
        """All of it; never ends."""
        # The long way is gone before listening, or what is live would overflow.
        async with aclosing(self._missed()) as missed:
            async for item in missed:
                yield item
        if self._is_resumed:
            gap = any(way.had_gap for way in self._ways.values())
            figures.RESUMES.inc("gap" if gap else "complete")
        with self._live.hub.join(TOPICS, accept=self._accept) as news:
            async with aclosing(self._missed()) as missed:
                async for item in missed:
                    yield item
            self._news = news
            async for item in news:
                if isinstance(item, Gap) and _is_overflow(item):
                    self._news = None
                    async with aclosing(self._dropped(item)) as dropped:
                        async for late in dropped:
                            yield late
                    self._news = news
                elif told := self._beyond(item):
                    yield told

    async def _missed(self) -> Items:
        for topic, way in self._ways.items():
            read = self._live.reader.positions.get(topic)
            # What the reader has not passed yet will come from it.
            if way.last is None or (read and way.last.covers(read)):
                continue
            async with aclosing(self._from_log(topic)) as missed:
                async for item in missed:
                    yield item

    async def _dropped(self, gap: Gap) -> Items:
        """What did not fit here is in the log still."""
        way = self._ways[gap.topic]
        way.last = way.last or gap.after
        async with aclosing(self._from_log(gap.topic)) as past:
            async for item in past:
                yield item

    async def _from_log(self, topic: Topic) -> Items:
        way = self._ways[topic]
        async with aclosing(way.from_log()) as past:
            if topic.is_log:
                async for item in past:
                    self._advance(topic, end_of(item))
                    yield item
            else:
                newest = {_key(item): item async for item in past}
                for item in newest.values():
                    yield item
        if way.last:
            self._advance(topic, way.last)

    def _beyond(self, item: Delivered | Gap) -> Delivered | Gap | None:
        way, end = self._ways[item.topic], end_of(item)
        if item.topic.is_log:
            self._advance(item.topic, end)
            return way.beyond(item)
        # Merged events keep their place, so that positions come out of order.
        return None if way.last and way.last.covers(end) else item

    def _catch_up(self) -> None:
        """All that was read has been offered; when nothing waits, all was given."""
        if self._news and not self._news.waiting:
            for topic, read in self._live.reader.positions.items():
                if topic in TOPICS:
                    self._advance(topic, read)

    def _advance(self, topic: Topic, to: Position) -> None:
        at = self._at.get(topic)
        # Another replica may have come further than this one has read.
        if at is None or not at.covers(to):
            self._at[topic] = to


def _is_overflow(gap: Gap) -> bool:
    return gap.topic.is_log and gap.reason is GapReason.OVERFLOW


def _key(item: Delivered | Gap) -> object:
    return Gap if isinstance(item, Gap) else item.event.merge_key
