"""One listener: what it is told, in which order, and how much may wait for it."""

import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Self

from domain.events import Event
from domain.positions import Delivered, Gap, GapReason
from kit.clock import Clock
from realtime import figures
from realtime.waiting import MOST_BYTES, MOST_ITEMS, Missed, Waiting

Accept = Callable[[Event], bool]
_log = logging.getLogger(__name__)


class Subscriber:
    """An endless iterator over events and gaps; made and ended by `Hub.join`."""

    def __init__(
        self,
        accept: Accept,
        clock: Clock,
        *,
        most_items: int = MOST_ITEMS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """The bounds hold for each topic by itself."""
        self._accept = accept
        self._clock = clock
        self._waiting: Waiting[Delivered | Gap] = Waiting(
            merge=_merged, most_items=most_items, most_bytes=most_bytes
        )

    @property
    def waiting(self) -> int:
        """How many items wait to be taken."""
        return len(self._waiting)

    def offer(self, item: Delivered | Gap, size: int = 0) -> None:
        """Never waits, never raises."""
        key: Hashable | None
        if isinstance(item, Gap):
            # Who holds the newest per key needs one call to look again, not many.
            key = None if item.topic.is_log else Gap
        elif self._accepts(item.event):
            key = item.event.merge_key
        else:
            return
        self._waiting.put(item, lane=item.topic, key=key, size=size)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Delivered | Gap:
        while True:
            item = await self._waiting.take()
            if isinstance(item, Missed):
                item = _overflow(item)
            if isinstance(item, Gap):
                figures.GAPS.inc(item.reason)
                return item
            # Asked again: what was allowed may not be any more after a wait.
            if self._accepts(item.event):
                lag_ms = max(self._clock.now_ms() - item.event.at_ms, 0)
                figures.LAG.observe(lag_ms / 1_000, item.topic)
                return item

    def _accepts(self, event: Event) -> bool:
        try:
            return self._accept(event)
        except Exception:  # noqa: BLE001
            # A bug in one listener's rule is a no to it, and nothing to the others.
            _log.exception("a listener cannot tell what it may be told")
            return False


def _merged(older: Delivered | Gap, newer: Delivered | Gap) -> Delivered | Gap:
    if isinstance(older, Gap) and isinstance(newer, Gap):
        return replace(newer, after=older.after)
    if isinstance(older, Delivered) and isinstance(newer, Delivered):
        return replace(newer, event=older.event.merged_into(newer.event))
    return newer


def _overflow(missed: Missed[Delivered | Gap]) -> Gap:
    first, last = missed.first, missed.last
    after = first.after if isinstance(first, Gap) else first.position.before
    until = last.until if isinstance(last, Gap) else last.position
    return Gap(first.topic, after, until, GapReason.OVERFLOW)
