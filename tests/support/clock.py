"""A clock that stands still until it is moved."""

from kit.times import parse_rfc3339

START = "2025-06-21T10:00:00Z"


class ManualClock:
    """Wall and steady time move together, and only by `advance`."""

    def __init__(self, start: str = START) -> None:
        self._now_ms = parse_rfc3339(start)
        self._steady_s = 1_000.0

    def now_ms(self) -> int:
        return self._now_ms

    def steady_s(self) -> float:
        return self._steady_s

    def advance(self, seconds: float) -> None:
        self._now_ms += round(seconds * 1_000)
        self._steady_s += seconds

    def set(self, when: str) -> None:
        """Moves the wall clock alone, to an RFC 3339 time."""
        self._now_ms = parse_rfc3339(when)
