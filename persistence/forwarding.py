"""How far activity was forwarded, and which process has the turn to go on.

One document, changed only by compare-and-set. Whoever has the turn changes `beat` now
and then; who sees it stand still long enough, by a clock of its own, takes the turn
and raises `fence`, and from then on nothing the one before says is stored any more.
No clocks are compared between machines.
"""

from dataclasses import dataclass, replace

from domain.forwarding import Place
from persistence.safe import Document, Duplicate, SafeCollection

PARTITION = "forward"
_ID = "forward_turn"
# Before the positions of links, so that a backup has every link that is named here.
_POSITION = "forward"
_NEVER_MS = 2**53
NOBODY = "-"


@dataclass(frozen=True)
class Turn:
    """`holder` is the process that forwards, `NOBODY` when it left."""

    place: Place
    holder: str
    fence: int
    beat: int


class ForwardTurns:
    """Partition `forward` of `dashboard_data`."""

    def __init__(self, data: SafeCollection) -> None:
        self._data = data

    async def look(self) -> Turn | None:
        """As it is now; None before anything was ever forwarded."""
        row = await self._data.get(_ID)
        return None if row is None else _turn_of(row)

    async def begin(self, place: Place) -> None:
        """Forward from there on, unless somebody has begun elsewhere."""
        turn = Turn(place, NOBODY, 0, 0)
        key = {"_id": _ID, "s": PARTITION, "b": _POSITION, "exp": _NEVER_MS}
        try:
            await self._data.insert({**key, **_fields(turn)})
        except Duplicate:
            return

    async def take(self, seen: Turn, holder: str) -> Turn | None:
        """The turn, if nobody has had it or gone on since it was `seen`."""
        return await self._change(
            seen, replace(seen, holder=holder, fence=seen.fence + 1, beat=0)
        )

    async def keep(self, turn: Turn, place: Place | None = None) -> Turn | None:
        """Show that its holder is there, and perhaps further; None when it is not
        the holder's turn any more.
        """
        return await self._change(
            turn, replace(turn, beat=turn.beat + 1, place=place or turn.place)
        )

    async def leave(self, turn: Turn) -> None:
        """Let the next one have it at once."""
        await self._change(turn, replace(turn, holder=NOBODY))

    async def _change(self, before: Turn, after: Turn) -> Turn | None:
        same = {"fence": {"$eq": before.fence}, "beat": {"$eq": before.beat}}
        if await self._data.update(_ID, {"$set": _fields(after)}, where=same):
            return after
        # A try whose answer was lost may have been the one that changed it.
        return after if await self.look() == after else None


def _fields(turn: Turn) -> Document:
    place = turn.place
    return {
        "n": place.number,
        "h": place.hash,
        "total": place.total,
        "made_ms": place.made_ms,
        "rows": place.rows,
        "into": place.into,
        "holder": turn.holder,
        "fence": turn.fence,
        "beat": turn.beat,
    }


def _turn_of(row: Document) -> Turn:
    place = Place(
        number=row["n"],
        hash=row["h"],
        total=row["total"],
        made_ms=row["made_ms"],
        rows=row["rows"],
        into=row["into"],
    )
    return Turn(place, row["holder"], row["fence"], row["beat"])
