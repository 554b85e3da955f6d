"""Pages and counts of accounts, by any filter and in any order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from domain.paging import Page, PageRequest, page_of
from domain.users import AccountStatus, Presence, User, UserFilter, UserOrder
from persistence.paging import Range, walk, within
from persistence.safe import Document, SafeCollection
from persistence.user_documents import user_of
from persistence.user_search import UserSearch

_KEY = {
    UserOrder.CREATED_AT_ASC: ("csk", True),
    UserOrder.CREATED_AT_DESC: ("csk", False),
    UserOrder.NAME_ASC: ("nk", True),
    UserOrder.NAME_DESC: ("nk", False),
}
_CHUNK = 500
_CANDIDATE = ("csk", "nk", "role", "dis")


class UserLists:
    """Reads `users` through the indexes that lead to `csk` or `nk`.

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
        online: Collection[str] = (),
    ) -> Page[User]:
        """A page in `order`; `online` are the ids a filter by presence goes by.

        An account that was deleted a moment ago may be missing from its page.

        Raises:
            InvalidInput: too many to look at; names `filter.search`.
        """
        field, ascending = _KEY[order]
        direction, between = walk(request, ascending=ascending)
        if where.search is None and where.presence is not Presence.ONLINE:
            rows = await self._walk(
                where, (field, direction), between, request.size + 1, online
            )
            return page_of(rows, request, key=lambda row: str(row[field])).map(user_of)
        keys = [
            (row[field], user_id)
            for user_id, row in (await self._matches(where, online)).items()
            if within(row[field], between)
        ]
        keys.sort(reverse=direction < 0)
        page = page_of(keys[: request.size + 1], request, key=itemgetter(0))
        return await self._filled(page)

    async def count(self, where: UserFilter, *, online: Collection[str] = ()) -> int:
        """Exactly how many match. Raises as `page`."""
        if where.search is not None or where.presence is Presence.ONLINE:
            return len(await self._matches(where, online))
        count = await self._users.count(_equalities(where))
        if where.presence is Presence.OFFLINE:
            others = replace(where, presence=Presence.ONLINE)
            count -= len(await self._matches(others, online))
        return count

    async def _walk(
        self,
        where: UserFilter,
        sort: tuple[str, int],
        between: Range,
        wanted: int,
        online: Collection[str],
    ) -> list[Document]:
        """The first rows of the list, those online left out if OFFLINE is asked."""
        field, direction = sort
        offline = where.presence is Presence.OFFLINE
        chunk = max(wanted, _CHUNK) if offline else wanted
        rows: list[Document] = []
        while True:
            conditions = _equalities(where) | ({field: between} if between else {})
            found = await self._users.find(conditions, sort=sort, limit=chunk)
            rows += [row for row in found if not offline or row["_id"] not in online]
            if len(rows) >= wanted or len(found) < chunk:
                return rows[:wanted]
            between = {**between, "$gt" if direction > 0 else "$lt": found[-1][field]}

    async def _matches(
        self, where: UserFilter, online: Collection[str]
    ) -> Mapping[str, Document]:
        """Every account that matches, by id, with its sort keys."""
        if where.search is None:
            rows = await self._users.by_ids([*online], fields=(*_CANDIDATE, "st"))
            found = {row["_id"]: row for row in rows if row["st"] == 1}
        else:
            found = {row["u"]: row for row in await self._search.find(where.search)}
        wanted = {name: c["$eq"] for name, c in _equalities(where).items()}
        del wanted["st"]
        return {
            user_id: row
            for user_id, row in found.items()
            if all(row[name] == value for name, value in wanted.items())
            and (
                where.presence is None
                or (user_id in online) is (where.presence is Presence.ONLINE)
            )
        }

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
