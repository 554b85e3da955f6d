"""What waits for one listener: bounded, and never in the way of who puts it there."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from realtime import figures

MOST_ITEMS = 1_000
MOST_BYTES = 1_048_576
T = TypeVar("T")


@dataclass(frozen=True)
class Missed(Generic[T]):
    """Stands where `count` items were dropped, the first and the last of which these
    were.
    """

    first: T
    last: T
    count: int


class _Slot(NamedTuple, Generic[T]):
    item: T | Missed[T]
    lane: str
    size: int


class Waiting(Generic[T]):
    """A queue of lanes, each with `most_items` and `most_bytes`.

    An item with a key takes the place of the one with that key, merged with it by
    `merge(older, newer)`. When a lane is full, all of it is dropped and one `Missed`
    says so. One task takes.
    """

    def __init__(
        self,
        *,
        merge: Callable[[T, T], T] = lambda _, newer: newer,
        most_items: int = MOST_ITEMS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._merge = merge
        self._most_items = most_items
        self._most_bytes = most_bytes
        self._slots: OrderedDict[Hashable, _Slot[T]] = OrderedDict()
        self._items: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._wake = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None

    def __len__(self) -> int:
        return len(self._slots)

    def put(
        self, item: T, *, lane: str = "", key: Hashable | None = None, size: int = 0
    ) -> None:
        """Never waits. `size` is in bytes."""
        place: Hashable = object() if key is None else (lane, key)
        older = self._slots.get(place)
        if older is not None and not isinstance(older.item, Missed):
            # It keeps its place: moved to the back each time, a busy key would be
            # put off for ever.
            item = self._merge(older.item, item)
            self._count(older, -1)
            figures.CONFLATED.inc(lane)
        self._keep(place, _Slot(item, lane, size))
        if self._items[lane] > self._most_items or self._bytes[lane] > self._most_bytes:
            self._drop(lane)
        self._wake.set()

    def end(self, error: Exception | None = None) -> None:
        """After what waits, `take` raises `error`, or StopAsyncIteration."""
        self._ended, self._error = True, error
        self._wake.set()

    async def take(self) -> T | Missed[T]:
        """The next item; waits for it."""
        while not self._slots:
            if self._ended:
                raise self._error or StopAsyncIteration
            self._wake.clear()
            await self._wake.wait()
        _, slot = self._slots.popitem(last=False)
        self._count(slot, -1)
        return slot.item

    def _keep(self, place: Hashable, slot: _Slot[T]) -> None:
        self._slots[place] = slot
        self._count(slot, 1)

    def _count(self, slot: _Slot[T], by: int) -> None:
        self._items[slot.lane] += by
        self._bytes[slot.lane] += by * slot.size

    def _drop(self, lane: str) -> None:
        places = [place for place, slot in self._slots.items() if slot.lane == lane]
        items = [self._slots.pop(place).item for place in places]
        del self._items[lane], self._bytes[lane]
        first, last = items[0], items[-1]
        missed = Missed(
            first.first if isinstance(first, Missed) else first,
            last.last if isinstance(last, Missed) else last,
            sum(one.count if isinstance(one, Missed) else 1 for one in items),
        )
        figures.DROPPED.inc(lane, by=len(items))
        self._keep(object(), _Slot(missed, lane, 0))
