"""Forwarding what happens to another system: all of it, in order, at least once.

Of all processes one has the turn. It tells what the chain has after the stored place,
and stores the place behind it once it was taken; so whoever has the turn next, after
whatever end, tells the same again or goes on. Each process goes forward from a place
that is not ahead of what was taken: what is heard for the first time is in order, even
from two who both believe that it is their turn.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile

from domain.errors import Unavailable
from domain.forwarding import Happening, Place, Receiver, is_wanted
from kit.metrics import REGISTRY
from kit.times import DAY_MS, HOUR_MS
from resolvers.context import Services
from resolvers.forward_reading import Ahead, ForwardReader, Step
from resolvers.forward_sending import Sender
from resolvers.forward_turn import BEAT_S, NotOurTurn, OurTurn

IDLE_S = 1.0  # between looking whether anything happened
WATCH_S = 1.5  # between looking whether the turn is free
_LOSS_NEAR = 0.8  # of the time activity is kept
WAITING = REGISTRY.reading(
    "dashboard_forward_waiting_events", "Entries of the trail not yet forwarded"
)
LAG = REGISTRY.reading(
    "dashboard_forward_lag_seconds", "Age of the oldest entry not yet forwarded"
)
LOST = REGISTRY.counter(
    "dashboard_forward_lost_total", "Entries that were gone before they were forwarded"
)
_log = logging.getLogger("forwarding")


@dataclass(frozen=True)
class Wishes:
    """What is to be told (`domain.forwarding.is_wanted`), how many calls at a time,
    and the longest pause before what failed is tried again.
    """

    actions: tuple[str, ...] = ()
    parallel: int = 4
    pause_max_s: float = 60.0
    from_oldest: bool = False


class Forwarder:
    """One process's part; `run` it beside the requests."""

    def __init__(
        self, services: Services, receiver: Receiver, wishes: Wishes | None = None
    ) -> None:
        self._wishes = wishes or Wishes()
        self._clock = services.clock
        self._keep_ms = services.limits.activity_keep_days * DAY_MS
        self._reader = ForwardReader(services.repos, services.clock)
        self._turn = OurTurn(services.repos.forwarding, services.clock)
        self._sender = Sender(
            receiver,
            services.clock,
            parallel=self._wishes.parallel,
            pause_max_s=self._wishes.pause_max_s,
        )
        self._warned_ms = 0

    async def run(self) -> None:
        """Until cancelled. A receiver that wants nothing ever again is asked no more,
        and what waits is still shown.
        """
        try:
            while True:
                pause_s = WATCH_S
                try:
                    pause_s = await self.round()
                except Unavailable:
                    pass
                except Exception:  # noqa: BLE001  the next round may do better
                    _log.exception("forwarding failed")
                await asyncio.sleep(pause_s)
        finally:
            await self._turn.leave()

    async def round(self) -> float:
        """Tells what is next if it is this process's turn; when to be called again,
        in seconds.

        Raises:
            Unavailable: MongoDB did not answer; the next round goes on.
        """
        if self._sender.is_stopped:
            await self._turn.leave()
            await self._watch()
            return WATCH_S
        place = await self._turn.hold()
        if place is None:
            await self._watch()
            return WATCH_S
        if pause_s := self._sender.pause_s:
            self._show(await self._reader.waiting(place))
            return min(pause_s, BEAT_S)
        try:
            return await self._tell(place, await self._reader.ahead(place))
        except NotOurTurn:
            self._sender.forget()
            return WATCH_S

    async def _watch(self) -> None:
        place = await self._turn.look()
        if place is not None:
            self._show(await self._reader.waiting(place))
            return
        oldest = self._wishes.from_oldest
        await self._turn.begin(
            await (self._reader.oldest() if oldest else self._reader.newest())
        )

    async def _tell(self, place: Place, ahead: Ahead) -> float:
        self._show(ahead)
        wanted = [one for step in ahead.steps if (one := self._wanted(step))]
        complete = await self._send(wanted)
        passed = list(takewhile(self._is_done, ahead.steps))
        reached = passed[-1].after if passed else ahead.place
        if reached != place:
            await self._turn.keep(reached)
        self._note_lost(ahead.lost + sum(step.happening is None for step in passed))
        if not complete:
            return min(self._sender.pause_s, BEAT_S)
        self._sender.forget()
        return 0.0 if reached != place else IDLE_S

    def _wanted(self, step: Step) -> Happening | None:
        one = step.happening
        return one if one and is_wanted(one.entry, self._wishes.actions) else None

    def _is_done(self, step: Step) -> bool:
        one = self._wanted(step)
        return one is None or self._sender.has_sent(one)

    async def _send(self, wanted: Sequence[Happening]) -> bool:
        """Whether all were taken; shows meanwhile that somebody is there."""
        sending = asyncio.create_task(self._sender.send(wanted))
        try:
            while not (await asyncio.wait([sending], timeout=BEAT_S))[0]:
                with suppress(Unavailable):
                    await self._turn.keep()
            return sending.result()
        finally:
            sending.cancel()
            await asyncio.wait([sending])

    def _show(self, ahead: Ahead) -> None:
        now_ms = self._clock.now_ms()
        age_ms = 0 if ahead.since_ms is None else max(now_ms - ahead.since_ms, 0)
        WAITING.set(ahead.waiting)
        LAG.set(age_ms / 1_000)
        if age_ms > _LOSS_NEAR * self._keep_ms and now_ms - self._warned_ms > HOUR_MS:
            self._warned_ms = now_ms
            _log.error(
                "activity that was not forwarded will soon be too old to be kept",
                extra={"fields": {"waiting": ahead.waiting, "age_s": age_ms // 1_000}},
            )

    def _note_lost(self, count: int) -> None:
        if count:
            LOST.inc(by=count)
            _log.error(
                "activity was gone before it was forwarded",
                extra={"fields": {"entries": count}},
            )
