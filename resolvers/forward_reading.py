"""What is to be forwarded next, read from the audit chain.

Links are numbered without a gap and never change, so a place in the chain is all that
has to be remembered. Two things can come between: what was too old was swept, and a
backup was restored that ends before the place.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.activity import Activity
from domain.chain import End, Link
from domain.forwarding import Happening, Place
from kit.clock import Clock
from kit.times import MINUTE_MS
from persistence.repositories import Repositories

ENTRIES_PER_READ = 200
_LINKS_PER_READ = 20
# What was written may be seen a little later, where reads are not of the newest state.
_SEEN_WITHIN_MS = MINUTE_MS
# No request runs for longer: what is linked later was found when its process had died.
_LATE_MS = 10_000
_SKEW_MS = 2 * MINUTE_MS  # how far apart the clocks of those who link may be
_log = logging.getLogger("forwarding")


@dataclass(frozen=True)
class Step:
    """An entry, or None where there is none any more, and the place behind it."""

    happening: Happening | None
    after: Place


@dataclass(frozen=True)
class Ahead:
    """`steps` lead on from `place`, which is elsewhere than it was asked for when
    `lost` entries were swept or the chain is another one. `waiting` counts what there
    is beyond, `since_ms` is when the first of it was linked.
    """

    place: Place
    steps: Sequence[Step] = ()
    lost: int = 0
    waiting: int = 0
    since_ms: int | None = None


class ForwardReader:
    """Reads on from any place."""

    def __init__(self, repos: Repositories, clock: Clock) -> None:
        self._repos = repos
        self._chain = repos.chain
        self._clock = clock

    async def newest(self) -> Place:
        """Behind all there is."""
        end = await self._chain.end()
        links = await self._chain.links(end.number - 1, limit=1) if end.number else []
        return Place.after(links[0]) if links else _at(end, self._clock.now_ms())

    async def oldest(self) -> Place:
        return _at((await self._chain.checkpoint()).swept, 0)

    async def waiting(self, place: Place) -> Ahead:
        """How much there is behind that place, without the entries."""
        end = await self._chain.end()
        links = await self._chain.links(place.number, limit=1)
        return _ahead(place, links, end)

    async def ahead(self, place: Place) -> Ahead:
        """The next entries, some hundred at most.

        Raises:
            Unavailable: MongoDB did not answer.
        """
        end = await self._chain.end()
        links = await self._chain.links(place.number, limit=_LINKS_PER_READ)
        if self._is_another(place, links, end):
            return Ahead(await self._rewound(place))
        if links and links[0].number > place.number + 1:
            return await self._behind_the_swept(place)
        if links and place.rows and place.into != links[0].hash:
            place = replace(place, rows=0, into="")
        found = _ahead(place, links, end)
        return replace(found, steps=await self._steps(place, _unbroken(links)))

    async def _behind_the_swept(self, place: Place) -> Ahead:
        swept = (await self._chain.checkpoint()).swept
        if swept.number <= place.number:
            return Ahead(place)  # not seen yet, rather than gone
        lost = max(swept.total - place.told, 0)
        return Ahead(_at(swept, place.made_ms), lost=lost)

    async def _rewound(self, place: Place) -> Place:
        """The end of what this chain has in common with the one forwarded from: all
        that came after a restore was linked later than anything before it.
        """
        _log.error(
            "the chain is not the one that was forwarded from: a backup was restored?",
            extra={"fields": {"link": place.number}},
        )
        until_ms, number = place.made_ms - _SKEW_MS, place.number + 1
        while links := await self._chain.links_before(number, limit=_LINKS_PER_READ):
            for link in links:
                if link.made_ms <= until_ms:
                    return Place.after(link)
            number = links[-1].number
        return await self.oldest()

    async def _steps(self, place: Place, links: Sequence[Link]) -> list[Step]:
        named = [
            (link, index, row.partition(" ")[0])
            for link in links
            for index, row in enumerate(link.rows)
            if link.number > place.number + 1 or index >= place.rows
        ][:ENTRIES_PER_READ]
        found = await self._repos.activity.by_ids([name for _, _, name in named])
        steps: list[Step] = []
        for link, index, entry_id in named:
            entry = found.get(entry_id)
            if entry is None and self._is_fresh(link.made_ms):
                break
            place = place.advanced(link)
            steps.append(Step(_happening(entry, link, index), place))
        return steps

    def _is_another(self, place: Place, links: Sequence[Link], end: End) -> bool:
        """Whether the chain does not go on from that place."""
        if links and links[0].number == place.number + 1:
            return links[0].previous != place.hash
        shorter = not links and (end.number, end.hash) != (place.number, place.hash)
        return shorter and not self._is_fresh(place.made_ms)

    def _is_fresh(self, made_ms: int) -> bool:
        return self._clock.now_ms() - made_ms < _SEEN_WITHIN_MS


def _happening(entry: Activity | None, link: Link, index: int) -> Happening | None:
    if entry is None:
        return None
    is_late = link.late or link.made_ms - entry.recorded_ms > _LATE_MS
    return Happening(entry, f"{link.number:012d}.{index:04d}", bool(is_late))


def _unbroken(links: Sequence[Link]) -> list[Link]:
    """Up to the first link that is not the next one."""
    return [one for n, one in enumerate(links) if one.number == links[0].number + n]


def _at(end: End, made_ms: int) -> Place:
    return Place(end.number, end.hash, end.total, made_ms)


def _ahead(place: Place, links: Sequence[Link], end: End) -> Ahead:
    waiting = max(end.total - place.told, 0)
    since_ms = links[0].made_ms if links and waiting else None
    return Ahead(place, waiting=waiting, since_ms=since_ms)
