"""Inboxes: partitions of `dashboard_data`, two of them a user.

A notification stands in the unread one (`n.{user id}`) and, once read, in the other
(`nr.{user id}`), at the same place in both. So the index of partitions counts what is
unread, and one write of one document reads it. Places of no other partition start
with the letter `N`, which finds the newest of everybody.
"""

from collections.abc import Sequence

from domain.activity import Severity
from domain.notifications import Notification
from domain.paging import Page, PageRequest, page_of
from persistence.paging import walk
from persistence.safe import Change, Document, SafeCollection, Update

_UNREAD, _READ = "n.", "nr."
_ABOVE_ALL = "N:"  # the character after the digits


class NotificationRepository:
    """Collection `dashboard_data`; `exp` is when a notification is forgotten."""

    def __init__(self, data: SafeCollection) -> None:
        self._data = data

    async def insert(self, notifications: Sequence[Notification], keep_ms: int) -> None:
        """Store those whose id is new, each until `keep_ms` after it was made."""
        await self._data.insert_new([_document(one, keep_ms) for one in notifications])

    async def get(self, user_id: str, notification_id: str) -> Notification | None:
        """The notification, if it is in this user's inbox."""
        row = await self._data.get(notification_id)
        if row is None or row["s"] not in {_UNREAD + user_id, _READ + user_id}:
            return None
        return _notification(row)

    async def page(
        self, user_id: str, request: PageRequest, *, unread_only: bool
    ) -> Page[Notification]:
        """Newest first. Costs two reads, or one with `unread_only`."""
        direction, between = walk(request, ascending=False)
        rows: dict[str, Document] = {}
        # The unread first: what is read just then is seen in both, never in neither.
        for kind in (_UNREAD,) if unread_only else (_UNREAD, _READ):
            found = await self._data.find(
                {"s": {"$eq": kind + user_id}, "b": between or {"$gt": ""}},
                sort=("b", direction),
                limit=request.size + 1,
            )
            rows |= {row["b"]: row for row in found}
        order = sorted(rows, reverse=direction < 0)[: request.size + 1]
        page = page_of([rows[key] for key in order], request, lambda row: str(row["b"]))
        return page.map(_notification)

    async def count_unread(self, user_id: str) -> int:
        """Exact, from the index alone."""
        return await self._data.count({"s": {"$eq": _UNREAD + user_id}})

    async def mark_read(
        self, user_id: str, ids: Sequence[str], now_ms: int
    ) -> list[str]:
        """Those of `ids` in this user's inbox that were unread until now."""
        unread = {"s": {"$eq": _UNREAD + user_id}}
        rows = await self._data.by_ids(ids, fields=["s"])
        found = [row["_id"] for row in rows if row["s"] == _UNREAD + user_id]
        change = _read(user_id, now_ms)
        await self._data.bulk([Update(one, change, where=unread) for one in found])
        return found

    async def mark_all_read(
        self, user_id: str, before_ms: int | None, now_ms: int
    ) -> int:
        """All from before that moment, or all; how many were unread until now."""
        below = _ABOVE_ALL if before_ms is None else _place(before_ms)
        return await self._data.update_all(
            {"s": {"$eq": _UNREAD + user_id}, "b": {"$lt": below}},
            _read(user_id, now_ms),
        )

    async def recent(self, since_ms: int, *, limit: int) -> list[Notification]:
        """Everybody's unread ones since then, the newest `limit`. Source: index b."""
        rows = await self._data.find(
            {"b": {"$gte": _place(since_ms), "$lt": _ABOVE_ALL}},
            sort=("b", -1),
            limit=limit,
        )
        return [_notification(row) for row in rows if row["s"].startswith(_UNREAD)]


def _place(at_ms: int) -> str:
    return f"N{at_ms:013d}"


def _read(user_id: str, now_ms: int) -> Change:
    return {"$set": {"s": _READ + user_id, "rd": now_ms}}


def _document(one: Notification, keep_ms: int) -> Document:
    return {
        "_id": one.id,
        "s": _UNREAD + one.user_id,
        "b": f"{_place(one.created_ms)}-{one.id}",
        "exp": one.created_ms + keep_ms,
        "ts": one.created_ms,
        "rd": one.read_ms,
        "title": one.title,
        "body": one.body,
        "sev": one.level.value,
        "link": one.link,
    }


def _notification(row: Document) -> Notification:
    return Notification(
        id=row["_id"],
        user_id=row["s"].partition(".")[2],
        title=row["title"],
        body=row["body"],
        level=Severity(row["sev"]),
        link=row["link"],
        created_ms=row["ts"],
        read_ms=row["rd"],
    )
