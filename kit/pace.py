"""Doing something now and then, however often it is asked for."""


class Pace:
    """Lets each key pass once per interval; keeps a bounded number of keys.

    Each process has its own, so it spares work and guarantees nothing. When it is
    full, the key that passed longest ago is forgotten and may pass again early.
    """

    def __init__(self, interval_ms: int, capacity: int) -> None:
        self._interval_ms = interval_ms
        self._capacity = capacity
        self._passed_ms: dict[str, int] = {}

    def is_due(self, key: str, now_ms: int) -> bool:
        """Whether `key` may pass; it counts as passed from then on."""
        passed_ms = self._passed_ms.get(key)
        if passed_ms is not None and 0 <= now_ms - passed_ms < self._interval_ms:
            return False
        # Taken out first, so that the dictionary stays in order of passing.
        self._passed_ms.pop(key, None)
        self._passed_ms[key] = now_ms
        if len(self._passed_ms) > self._capacity:
            del self._passed_ms[next(iter(self._passed_ms))]
        return True
