"""The whole trail, link by link, for checking it and for taking it away."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

from domain.chain import Link
from persistence.chain import AuditChain
from persistence.safe import Document, SafeCollection

_LINKS_PER_READ = 50
_ROWS_PER_READ = 1_000


@dataclass(frozen=True)
class Block:
    """A link, and those of the entries it names that are there; or no link, and
    entries that none names.
    """

    link: Link | None
    rows: Sequence[Document]


class TrailReader:
    """Reads some hundred entries at a time; remembers their ids, 100 bytes each."""

    def __init__(self, entries: SafeCollection, chain: AuditChain) -> None:
        self._entries = entries
        self._chain = chain

    async def blocks(self) -> AsyncGenerator[Block, None]:
        """The links in order, then what no link names."""
        named: set[str] = set()
        number = 0
        while links := await self._chain.links(number, limit=_LINKS_PER_READ):
            for link in links:
                named.update(link.named)
                yield Block(link, await self._entries.by_ids(list(link.named)))
            number = links[-1].number
        async for rows in self._all_ids():
            loose = [row["_id"] for row in rows if row["_id"] not in named]
            if loose:
                yield Block(None, await self._entries.by_ids(loose))

    async def _all_ids(self) -> AsyncGenerator[Sequence[Document], None]:
        last = ""
        while True:
            rows = await self._entries.find(
                {"sk": {"$gt": last}},
                sort=("sk", 1),
                limit=_ROWS_PER_READ,
                fields=["sk"],
            )
            yield rows
            if len(rows) < _ROWS_PER_READ:
                return
            last = rows[-1]["sk"]
