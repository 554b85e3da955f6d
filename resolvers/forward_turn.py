"""Whose turn it is to forward: one process of all, as MongoDB says."""

import secrets
from contextlib import suppress

from domain.errors import Unavailable
from domain.forwarding import Place
from kit.clock import Clock
from persistence.forwarding import NOBODY, ForwardTurns, Turn

LEASE_S = 6.0  # who has shown nothing for it has lost the turn
BEAT_S = 1.5  # who has it shows itself this often


class NotOurTurn(Exception):
    """Another process has it."""


class OurTurn:
    """This process's part in it."""

    def __init__(self, turns: ForwardTurns, clock: Clock) -> None:
        self._turns = turns
        self._clock = clock
        self._name = secrets.token_hex(8)
        self._held: Turn | None = None
        self._beat_at_s = 0.0
        self._seen: tuple[Turn, float] | None = None

    async def look(self) -> Place | None:
        """How far everything was forwarded; None before anything ever was."""
        seen = self._held or await self._turns.look()
        return seen.place if seen else None

    async def begin(self, place: Place) -> None:
        """Forward from there on, unless somebody has begun elsewhere."""
        await self._turns.begin(place)

    async def hold(self) -> Place | None:
        """Where to go on when it is our turn; None while it is another's."""
        if self._held is not None:
            if self._clock.steady_s() - self._beat_at_s < BEAT_S:
                return self._held.place
            with suppress(NotOurTurn):
                await self.keep()
                return self._held.place
        seen = await self._turns.look()
        if seen is None or not self._is_free(seen):
            return None
        self._held = await self._turns.take(seen, self._name)
        self._beat_at_s = self._clock.steady_s()
        return self._held.place if self._held else None

    async def keep(self, place: Place | None = None) -> None:
        """Show that we are there, and perhaps further.

        Raises:
            NotOurTurn: another process has taken it.
            Unavailable: it may have been stored.
        """
        if self._held is not None:
            try:
                self._held = await self._turns.keep(self._held, place)
            except Unavailable:
                self._held = None  # `hold` will find out
                raise
            self._beat_at_s = self._clock.steady_s()
        if self._held is None:
            raise NotOurTurn

    async def leave(self) -> None:
        """Let another process go on at once."""
        held, self._held = self._held, None
        if held is not None:
            with suppress(Unavailable):
                await self._turns.leave(held)

    def _is_free(self, seen: Turn) -> bool:
        """Nobody's, ours as an unheard answer left it, or of one who shows nothing."""
        if seen.holder in (NOBODY, self._name):
            return True
        now_s = self._clock.steady_s()
        if self._seen is None or self._seen[0] != seen:
            self._seen = (seen, now_s)
        return now_s - self._seen[1] >= LEASE_S
