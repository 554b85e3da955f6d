"""When to leave alone what does not answer, and when to look whether it is back."""

from kit.clock import Clock


class Breaker:
    """Counts the failures in a row; with more than `forgiven` of them it is open.

    Open, its owner leaves it alone for a pause that doubles from failure to failure;
    then a single caller finds out for all. An answer closes it. `failures` counts
    them all.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        forgiven: int,
        first_pause_s: float,
        longest_pause_s: float,
    ) -> None:
        self._clock = clock
        self._forgiven = forgiven
        self._first_pause_s = first_pause_s
        self._longest_pause_s = longest_pause_s
        self._in_row = 0
        self._alone_until_s = 0.0
        self.failures = 0

    @property
    def is_open(self) -> bool:
        """Whether there was no answer lately: what was asked last failed."""
        return self._in_row > self._forgiven

    @property
    def pause_s(self) -> float:
        """How long after the last failure the next look is due."""
        steps = max(self._in_row - self._forgiven - 1, 0)
        pause_s: float = self._first_pause_s * 2 ** min(steps, 10)
        return min(pause_s, self._longest_pause_s)

    def may_try(self) -> bool:
        """Whether this caller may ask; while open, one of all after each pause."""
        if not self.is_open:
            return True
        now_s = self._clock.steady_s()
        if now_s < self._alone_until_s:
            return False
        self._alone_until_s = now_s + self._first_pause_s
        return True

    def succeeded(self) -> None:
        self._in_row = 0

    def failed(self) -> None:
        self.failures += 1
        self._in_row += 1
        self._alone_until_s = self._clock.steady_s() + self.pause_s
