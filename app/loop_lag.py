"""How late the event loop wakes, the measure of being overloaded."""

import asyncio

from kit.clock import Clock
from kit.metrics import REGISTRY

LOOK_S = 0.5
LOOP_LAG = REGISTRY.reading(
    "dashboard_loop_lag_seconds",
    "How late the event loop woke last, the measure of being overloaded",
)


class LoopLag:
    """`is_too_much` once each look has found more than `most_s` for `lasting_s`.

    A single stop, however long, is none: a machine that slept, say.
    """

    def __init__(self, clock: Clock, *, most_s: float, lasting_s: float) -> None:
        self._clock = clock
        self._most_s = most_s
        self._lasting_s = lasting_s
        self._since_s: float | None = None
        self.is_too_much = False

    async def watch(self) -> None:
        """Look for ever; ends by being cancelled."""
        while True:
            before_s = self._clock.steady_s()
            await asyncio.sleep(LOOK_S)
            self.note(max(self._clock.steady_s() - before_s - LOOK_S, 0.0))

    def note(self, lag_s: float) -> None:
        """It woke so late just now."""
        LOOP_LAG.set(lag_s)
        now_s = self._clock.steady_s()
        if lag_s <= self._most_s:
            self._since_s = None
        elif self._since_s is None:
            self._since_s = now_s
        self.is_too_much = (
            self._since_s is not None and now_s - self._since_s >= self._lasting_s
        )
