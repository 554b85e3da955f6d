"""Pages and counts of accounts, by any filter and in any order."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from domain.errors import InvalidInput
from domain.paging import Page, PageRequest, page_of
from domain.users import AccountStatus, Presence, User, UserFilter, UserOrder
from persistence.paging import Range, walk, within
from persistence.safe import Document, SafeCollection
from persistence.user_documents import user_of
from persistence.user_search import CANDIDATES_MAX, UserSearch

_KEY = {
    UserOrder.CREATED_AT_ASC: ("csk", True),
    UserOrder.CREATED_AT_DESC: ("csk", False),
    UserOrder.NAME_ASC: ("nk", True),
    UserOrder.NAME_DESC: ("nk", False),
}
_CHUNK = 500
_CANDIDATE = ("csk", "nk", "role", "dis")


class UserLists:
    """Reads `users` through the indexes that lead to `csk`, `nk` or `seen`.

    A page without search or presence is one read, and a count one command. With a
    search, or those who are online, all that match are looked at, at most 20,000.
    """

    def __init__(self, users: SafeCollection, search: UserSearch) -> None:
        self._users = users
        self._search = search

    async def page(
        self,
        request: PageRequest,
        where: UserFilter,
        order: UserOrder,
        *,
        online_since_ms: int,
    ) -> Page[User]:
        """A page in `order`; ONLINE is who was seen at `online_since_ms` or later.

        An account that was deleted a moment ago may be missing from its page.

        Raises:
            InvalidInput: too many to look at; names `filter.search` or
                `filter.presence`.
        """
        field, ascending = _KEY[order]
        direction, between = walk(request, ascending=ascending)
        if where.search is None and where.presence is not Presence.ONLINE:
            rows = await self._walk(
                where, (field, direction), between, request.size + 1, online_since_ms
            )
            return page_of(rows, request, key=lambda row: str(row[field])).map(user_of)
        keys = [
            (row[field], user_id)
            for user_id, row in (await self._matches(where, online_since_ms)).items()
            if within(row[field], between)
        ]
        keys.sort(reverse=direction < 0)
        page = page_of(keys[: request.size + 1], request, key=itemgetter(0))
        return await self._filled(page)

    async def count(self, where: UserFilter, *, online_since_ms: int) -> int:
        """Exactly how many match. Raises as `page`."""
        if where.search is not None:
            return len(await self._matches(where, online_since_ms))
        conditions = _equalities(where)
        if where.presence is not None:
            online = where.presence is Presence.ONLINE
            since = {"$gte" if online else "$lt": f"{online_since_ms:013d}"}
            conditions["seen"] = since
        return await self._users.count(conditions)

    async def _walk(
        self,
        where: UserFilter,
        sort: tuple[str, int],
        between: Range,
        wanted: int,
        online_since_ms: int,
    ) -> list[Document]:
        """The first rows of the list, those online left out if OFFLINE is asked."""
        field, direction = sort
        offline = where.presence is Presence.OFFLINE
        chunk = max(wanted, _CHUNK) if offline else wanted
        since = f"{online_since_ms:013d}"
        rows: list[Document] = []
        while True:
            conditions = _equalities(where) | ({field: between} if between else {})
            found = await self._users.find(conditions, sort=sort, limit=chunk)
            rows += [row for row in found if not offline or row["seen"] < since]
            if len(rows) >= wanted or len(found) < chunk:
                return rows[:wanted]
            between = {**between, "$gt" if direction > 0 else "$lt": found[-1][field]}

    async def _matches(
        self, where: UserFilter, online_since_ms: int
    ) -> Mapping[str, Document]:
        """Every account that matches, by id, with its sort keys."""
        online = None
        if where.presence is not None:
            online = await self._online(online_since_ms)
        if where.search is None:
            found = online or {}
        else:
            found = {row["u"]: row for row in await self._search.find(where.search)}
        wanted = {name: c["$eq"] for name, c in _equalities(where).items()}
        del wanted["st"]
        return {
            user_id: row
            for user_id, row in found.items()
            if all(row[name] == value for name, value in wanted.items())
            and (
                online is None
                or (user_id in online) is (where.presence is Presence.ONLINE)
            )
        }

    async def _online(self, since_ms: int) -> dict[str, Document]:
        rows = await self._users.find(
            {"st": {"$eq": 1}, "seen": {"$gte": f"{since_ms:013d}"}},
            limit=CANDIDATES_MAX + 1,
            fields=_CANDIDATE,
        )
        if len(rows) > CANDIDATES_MAX:
            raise InvalidInput.of("filter.presence", "finds too many: leave it out")
        return {row["_id"]: row for row in rows}

    async def _filled(self, page: Page[tuple[str, str]]) -> Page[User]:
        ids = [user_id for _, user_id in page.items]
        rows = {row["_id"]: row for row in await self._users.by_ids(ids)}
        kept: Sequence[tuple[str, str]] = [
            (position, user_id)
            for position, user_id in page.items
            if user_id in rows and rows[user_id]["st"] == 1
        ]
        return Page(
            items=[user_of(rows[user_id]) for _, user_id in kept],
            positions=[position for position, _ in kept],
            has_next=page.has_next,
            has_previous=page.has_previous,
        )


def _equalities(where: UserFilter) -> dict[str, Mapping[str, Any]]:
    conditions: dict[str, Mapping[str, Any]] = {"st": {"$eq": 1}}
    if where.role is not None:
        conditions["role"] = {"$eq": where.role.value}
    if where.status is not None:
        conditions["dis"] = {"$eq": int(where.status is AccountStatus.DISABLED)}
    return conditions
