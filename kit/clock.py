"""What time it is, in a form that tests can move."""

import time
from typing import Protocol


class Clock(Protocol):
    """Wall time for stamps and expiry; steady time for measuring durations."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z."""
        ...

    def steady_s(self) -> float:
        """Seconds that never jump, from an arbitrary start."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def steady_s(self) -> float:
        return time.monotonic()
