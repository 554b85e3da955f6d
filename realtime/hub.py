"""From one reader to every listener of this process, without waiting for any."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, product

from domain.events import Event, Topic
from domain.positions import Delivered, Gap
from kit.clock import Clock
from realtime import figures
from realtime.subscriber import Accept, Subscriber
from realtime.waiting import MOST_BYTES, MOST_ITEMS

_Address = str | None  # None is everybody's


def everything(_: Event) -> bool:
    """For who may be told anything, such as the service itself."""
    return True


class Hub:
    """Listeners by topic and address, so that an event about one person visits those
    who listen for that person, and those who listen for all.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # Dictionaries for their order: who came first is told first.
        self._listeners: dict[Topic, dict[_Address, dict[Subscriber, None]]] = {}
        figures.QUEUED.ask(lambda: sum(one.waiting for one in self._all()))

    @contextmanager
    def join(
        self,
        topics: Iterable[Topic],
        *,
        accept: Accept,
        addresses: Collection[str] | None = None,
        most_items: int = MOST_ITEMS,
        most_bytes: int = MOST_BYTES,
    ) -> Iterator[Subscriber]:
        """Listen from now on, until the block ends.

        `accept` says for each event whether this listener may be told, at the moment
        it would be; it must not do any I/O. `addresses` narrow what is offered to it
        at all, by `Event.addresses`; None narrows nothing. They save time and grant
        nothing: who may hear more than before joins again.
        """
        subscriber = Subscriber(
            accept, self._clock, most_items=most_items, most_bytes=most_bytes
        )
        wanted: Collection[_Address] = [None] if addresses is None else {*addresses}
        places = list(product({*topics}, wanted))
        for topic, address in places:
            at_topic = self._listeners.setdefault(topic, {})
            at_topic.setdefault(address, {})[subscriber] = None
        self._count(places, 1)
        try:
            yield subscriber
        finally:
            for topic, address in places:
                self._leave(topic, address, subscriber)
            self._count(places, -1)

    def hears(self, topic: Topic) -> bool:
        """Whether anybody listens: otherwise an event is not even decoded."""
        return topic in self._listeners

    def deliver(self, item: Delivered | Gap, size: int = 0) -> None:
        """Tell whom it concerns; a gap concerns everybody. Never waits."""
        at_topic = self._listeners.get(item.topic)
        if not at_topic:
            return
        wanted: Iterable[_Address] = at_topic
        if isinstance(item, Delivered):
            wanted = (None, *item.event.addresses)
        # Each once, though an event may reach somebody under two addresses.
        found = dict.fromkeys(chain.from_iterable(at_topic.get(a, ()) for a in wanted))
        for subscriber in found:
            subscriber.offer(item, size)

    def _leave(self, topic: Topic, address: _Address, subscriber: Subscriber) -> None:
        at_topic = self._listeners[topic]
        del at_topic[address][subscriber]
        if not at_topic[address]:
            del at_topic[address]
        if not at_topic:
            del self._listeners[topic]

    def _count(self, places: Iterable[tuple[Topic, _Address]], by: int) -> None:
        for topic in {topic for topic, _ in places}:
            figures.SUBSCRIBERS.inc(topic, by=by)

    def _all(self) -> set[Subscriber]:
        return {
            subscriber
            for at_topic in self._listeners.values()
            for listeners in at_topic.values()
            for subscriber in listeners
        }
