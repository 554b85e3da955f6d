"""Going on where one stopped: the log first, then live, without a seam."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from dataclasses import replace

from domain.errors import Unavailable
from domain.events import Topic
from domain.positions import Delivered, Gap, Position
from realtime import figures
from realtime.bus import Bus
from realtime.hub import Hub
from realtime.subscriber import Accept
from realtime.trying import Backoff


async def follow(
    bus: Bus,
    hub: Hub,
    topic: Topic,
    *,
    after: Position | None,
    accept: Accept,
    addresses: Collection[str] | None = None,
) -> AsyncGenerator[Delivered | Gap, None]:
    """Everything of a log topic past `after` and from then on, in order and once;
    from now on when it is None.

    A `Gap` stands exactly where events are missing, and the rest is still delivered.
    While Redis is away nothing comes, and nothing is lost for it. Never ends.
    """
    way = Way(bus, topic, after, accept)
    # The long way is gone before listening, or what is live would overflow meanwhile.
    async with aclosing(way.from_log()) as past:
        async for item in past:
            yield item
    if after:
        figures.RESUMES.inc("gap" if way.had_gap else "complete")
    with hub.join({topic}, accept=accept, addresses=addresses) as live:
        async with aclosing(way.from_log()) as past:
            async for item in past:
                yield item
        async for item in live:
            if news := way.beyond(item):
                yield news


class Way:
    """How far somebody has come in one log."""

    def __init__(
        self, bus: Bus, topic: Topic, last: Position | None, accept: Accept
    ) -> None:
        self._bus = bus
        self._topic = topic
        self.last = last
        self._accept = accept
        self.had_gap = False

    async def from_log(self) -> AsyncGenerator[Delivered | Gap, None]:
        """What the log holds past the last position, as often as that takes."""
        pauses = Backoff()
        while self.last is not None:
            try:
                async with aclosing(self._bus.replay(self._topic, self.last)) as past:
                    async for item in past:
                        self.last = end_of(item)
                        if isinstance(item, Gap):
                            self.had_gap = True
                            figures.GAPS.inc(item.reason)
                            yield item
                        elif self._accept(item.event):
                            yield item
            except Unavailable:
                await asyncio.sleep(pauses.next_s())
            else:
                return

    def beyond(self, item: Delivered | Gap) -> Delivered | Gap | None:
        """A live `item`, or what of it the log has not given; None when all of it."""
        last, end = self.last, end_of(item)
        if last and last.covers(end):
            return None
        self.last = end
        if isinstance(item, Gap) and last and item.after and last.covers(item.after):
            return replace(item, after=last)
        return item


def end_of(item: Delivered | Gap) -> Position:
    """Where who has been given `item` stands."""
    return item.until if isinstance(item, Gap) else item.position
