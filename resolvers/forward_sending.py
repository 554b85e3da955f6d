"""Giving happenings to a receiver: each subject in order, several side by side."""

import asyncio
import logging
import random
from collections.abc import Sequence

from domain.forwarding import Gone, Happening, NotTaken, Receiver
from kit.clock import Clock
from kit.metrics import REGISTRY

FIRST_PAUSE_S = 0.5
RETRY_AFTER_MAX_S = 3_600.0
_DOUBLINGS_MAX = 20
TAKEN = REGISTRY.counter(
    "dashboard_forward_taken_total", "Events the receiver has taken"
)
FAILED = REGISTRY.counter(
    "dashboard_forward_failures_total", "Calls the receiver did not take"
)
_log = logging.getLogger("forwarding")


class Sender:
    """Remembers what was taken until `forget` is called, so that after a failure only
    the rest is sent again, and when that may be tried.
    """

    def __init__(
        self, receiver: Receiver, clock: Clock, *, parallel: int, pause_max_s: float
    ) -> None:
        self._receiver = receiver
        self._clock = clock
        self._parallel = parallel
        self._pause_max_s = pause_max_s
        self._taken: set[str] = set()
        self._failures = 0
        self._retry_at_s = 0.0
        self.is_stopped = False

    @property
    def pause_s(self) -> float:
        """How long nothing is to be sent, in seconds."""
        return max(self._retry_at_s - self._clock.steady_s(), 0.0)

    def has_sent(self, happening: Happening) -> bool:
        return happening.entry.id in self._taken

    def forget(self) -> None:
        self._taken.clear()

    async def send(self, happenings: Sequence[Happening]) -> bool:
        """Whether all were taken. After a failure no call is begun any more."""
        subjects: dict[str, list[Happening]] = {}
        for one in happenings:
            if not self.has_sent(one):
                subjects.setdefault(one.subject, []).append(one)
        failures: list[NotTaken] = []
        queue = iter(subjects.values())

        async def work() -> None:
            for subject in queue:
                await self._send_subject(subject, failures)

        async with asyncio.TaskGroup() as group:
            for _ in range(min(self._parallel, len(subjects))):
                group.create_task(work())
        if failures:
            self._failed(failures)
            return False
        self._failures = 0
        return True

    async def _send_subject(
        self, happenings: Sequence[Happening], failures: list[NotTaken]
    ) -> None:
        size = self._receiver.at_once
        for start in range(0, len(happenings), size):
            if failures:
                return
            batch = happenings[start : start + size]
            try:
                await self._receiver.take(batch)
            except NotTaken as err:
                failures.append(err)
                return
            self._taken.update(one.entry.id for one in batch)
            TAKEN.inc(by=len(batch))

    def _failed(self, failures: Sequence[NotTaken]) -> None:
        FAILED.inc(by=len(failures))
        for one in failures:
            if isinstance(one, Gone):
                self.is_stopped = True
                _log.error("the receiver wants no events any more: %s", one)
        if not self._failures:
            _log.warning("the receiver did not take an event: %s", failures[0])
        longest_s = FIRST_PAUSE_S * 2 ** min(self._failures, _DOUBLINGS_MAX)
        self._failures += 1
        # Anything up to it: those who failed together do not come back together.
        pause_s = random.uniform(0, min(longest_s, self._pause_max_s))  # noqa: S311
        asked_s = max(one.after_s for one in failures)
        pause_s = max(pause_s, min(asked_s, RETRY_AFTER_MAX_S))
        self._retry_at_s = self._clock.steady_s() + pause_s
