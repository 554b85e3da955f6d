"""The trail as it is stored: appended to, and read newest first."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace

from domain.activity import Activity, ActivityFilter
from domain.errors import InvalidInput
from domain.paging import Page, PageRequest, page_of
from persistence.activity_documents import activity_of, to_document
from persistence.activity_queries import Query, Stream, query_of
from persistence.chain import AuditChain
from persistence.paging import Range, walk
from persistence.safe import Document, SafeCollection

# A page that filters by itself looks at this many entries once it has found one,
SCAN_SOFT = 2_000
# and at this many to find the first.
SCAN_HARD = 20_000
_CHUNK_MAX = 1_000


class ActivityRepository:
    """Collection `audit_logs`; the index of each filter leads to its sort key `sk`."""

    def __init__(self, entries: SafeCollection, chain: AuditChain) -> None:
        self._entries = entries
        self._chain = chain

    async def append(self, entries: Sequence[Activity]) -> set[str]:
        """Store the entries whose id is new, and link them; those ids.

        Raises:
            Unavailable: some may be stored, and will be linked: append them again.
        """
        rows = {one.id: to_document(one) for one in reversed(entries)}
        new = await self._entries.insert_new(list(rows.values()))
        await self._chain.link([row for id_, row in rows.items() if id_ in new])
        if known := rows.keys() - new:
            # Perhaps by an attempt that did not live to link them: a repeated call
            # must not be acknowledged before they are.
            await self._chain.link_missed(await self._entries.by_ids(list(known)))
        return new

    async def get(self, activity_id: str) -> Activity | None:
        row = await self._entries.get(activity_id)
        return None if row is None else activity_of(row)

    async def by_ids(self, ids: Sequence[str]) -> dict[str, Activity]:
        """Those that exist, by id."""
        rows = await self._entries.by_ids(ids)
        return {row["_id"]: activity_of(row) for row in rows}

    async def page(
        self, request: PageRequest, where: ActivityFilter, *, own_of: str | None
    ) -> Page[Activity]:
        """Entries newest first; with `own_of` those that person did or that were
        done to them.

        One read without lists in the filter; else one for each value of a list,
        merged here. What no index can tell (`search`, many pairs of values) is
        looked for in 2,000 entries: a page may come short, and say there is more.

        Raises:
            InvalidInput: nothing found in 20,000 entries; names `filter`.
        """
        query = query_of(where, own_of)
        direction, between = walk(request, ascending=False)
        between = query.within(between)
        rows, complete = await self._collect(query, direction, between, request.size)
        page = page_of(rows, request, key=lambda row: str(row["sk"]))
        if not complete and request.backward:
            page = replace(page, has_previous=True)
        elif not complete:
            page = replace(page, has_next=True)
        return page.map(activity_of)

    async def pages(
        self, where: ActivityFilter, *, own_of: str | None, size: int
    ) -> AsyncGenerator[Sequence[Activity], None]:
        """All of it, newest first: what matches among each next `size` entries, which
        may be nothing. Reads as `page`, but however far there is something to read.
        """
        query = query_of(where, own_of)
        between = query.within({})
        while True:
            found = await self._merged(query.streams, -1, between, size)
            yield [activity_of(row) for row in found if query.admits(row)]
            if len(found) < size:
                return
            between = {**between, "$lt": found[-1]["sk"]}

    async def recorded_since(self, since_ms: int, *, limit: int) -> list[Activity]:
        """The last `limit` entries recorded at `since_ms` or later, oldest first; of
        the quiet ones, which count here, none is handed out.
        """
        where = {"ts": {"$gte": since_ms}}
        rows = await self._entries.find(where, sort=("ts", -1), limit=limit)
        found = map(activity_of, reversed(rows))
        return [entry for entry in found if not entry.is_quiet]

    async def _collect(
        self, query: Query, direction: int, between: Range, size: int
    ) -> tuple[list[Document], bool]:
        """Up to `size + 1` rows in walking order, and whether all were looked at."""
        rows: list[Document] = []
        seen = 0
        chunk = size + 1
        while True:
            found = await self._merged(query.streams, direction, between, chunk)
            rows += [row for row in found if query.admits(row)]
            seen += len(found)
            if len(rows) > size or len(found) < chunk:
                return rows[: size + 1], True
            if rows and seen >= SCAN_SOFT:
                return rows, False
            if seen >= SCAN_HARD:
                raise InvalidInput.of(
                    "filter",
                    f"matches none of {SCAN_HARD} entries: narrow it with from and to",
                )
            between = {**between, "$gt" if direction > 0 else "$lt": found[-1]["sk"]}
            chunk = min(chunk * 4, _CHUNK_MAX)

    async def _merged(
        self,
        streams: Sequence[Stream],
        direction: int,
        between: Range,
        limit: int,
    ) -> list[Document]:
        """The first `limit` rows of all streams together; a row in two comes once."""
        pages = await asyncio.gather(
            *(self._read(stream, direction, between, limit) for stream in streams)
        )
        rows = {row["sk"]: row for page in pages for row in page}
        order = sorted(rows, reverse=direction < 0)
        return [rows[position] for position in order[:limit]]

    async def _read(
        self, stream: Stream, direction: int, between: Range, limit: int
    ) -> list[Document]:
        where: dict[str, Mapping[str, str]] = {
            field: {"$eq": value} for field, value in stream.items()
        }
        if between:
            where["sk"] = between
        return await self._entries.find(where, sort=("sk", direction), limit=limit)
