"""Accounts: made, found, changed and taken away."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.activity import Activity
from domain.errors import Conflict, Unavailable
from domain.users import NewUser, User
from kit.clock import Clock
from persistence.pending import pending
from persistence.safe import Duplicate, SafeCollection
from persistence.user_documents import (
    changed_fields,
    email_key,
    to_document,
    tokens_of,
    user_of,
)
from persistence.user_figures import UserFigures
from persistence.user_lists import UserLists
from persistence.user_search import UserSearch

# What the search keeps a copy of: other changes leave its words as they are.
_SEARCHED = frozenset({"email", "nk", "role", "dis"})
_LINK_ATTEMPTS = 20


class UserRepository(UserLists, UserFigures):
    """Collection `users`; `st` is 1 until the account is deleted.

    A change counts `v` up and succeeds only on the version it was made for. The
    unique index on `email_lc` decides who gets an address; a deleted account gives
    its own back. An `entry` given with a change is stored with it: see
    `persistence.pending`.
    """

    def __init__(
        self,
        users: SafeCollection,
        data: SafeCollection,
        sessions: SafeCollection,
        clock: Clock,
    ) -> None:
        super().__init__(users, UserSearch(users, data))
        self._sessions = sessions
        self._clock = clock

    async def get(self, user_id: str) -> User | None:
        """The account, unless it is deleted."""
        return (await self.by_ids([user_id])).get(user_id)

    async def by_ids(self, ids: Sequence[str]) -> Mapping[str, User]:
        """The accounts there are among `ids`; one read for each 500."""
        rows = await self._users.by_ids(ids)
        return {row["_id"]: user_of(row) for row in rows if row["st"] == 1}

    async def exist(self) -> bool:
        """Whether there is an account, deleted ones included."""
        return bool(await self._users.find({}, limit=1, fields=[]))

    async def credentials(self, user_id: str) -> tuple[User, str] | None:
        """The account and its password hash."""
        row = await self._users.get(user_id)
        return None if row is None or row["st"] != 1 else (user_of(row), row["ph"])

    async def credentials_by_email(self, email: str) -> tuple[User, str] | None:
        """The account of a checked address, and its password hash."""
        rows = await self._users.find({"email_lc": {"$eq": email_key(email)}}, limit=1)
        return (user_of(rows[0]), rows[0]["ph"]) if rows else None

    async def insert(
        self, new: NewUser, now_ms: int, *, entry: Activity | None = None
    ) -> User:
        """Store a new account; the one that is there when the id is not new.

        Raises:
            Conflict: the address is taken (`field` is "email").
        """
        row = to_document(new, now_ms) | pending(entry)
        try:
            await self._users.insert(row)
        except Duplicate as err:
            stored = await self.get(new.id)
            if stored is None:
                raise _taken() from err
            return stored
        await self._search.settle(row)
        return user_of(row)

    async def update(
        self,
        user_id: str,
        changes: Mapping[str, Any],
        expected_version: int,
        now_ms: int,
        *,
        entry: Activity | None = None,
    ) -> User | None:
        """Apply `changes` (record fields by name) to that version of the account.

        The account as it is then; None when there is none or its version is another.

        Raises:
            Conflict: the address is taken (`field` is "email").
            Unavailable: it may have been stored or not.
        """
        row = await self._users.get(user_id)
        if row is None or row["st"] != 1 or row["v"] != expected_version:
            return None
        fields = changed_fields(row, changes)
        fields |= {"v": expected_version + 1, "updated_ms": now_ms}
        after = row | fields
        searched = not _SEARCHED.isdisjoint(fields)
        if searched:
            fields |= {"tk": 0, "tks": [*{*row["tks"], *tokens_of(after)}]}
        try:
            matched = await self._users.update(
                user_id,
                {"$set": fields | pending(entry)},
                where={"v": {"$eq": expected_version}, "st": {"$eq": 1}},
            )
        except Duplicate as err:
            raise _taken() from err
        if not matched:
            return None
        if searched:
            await self._search.settle(row | fields)
        return user_of(after)

    async def set_password(
        self,
        user_id: str,
        password_hash: str,
        now_ms: int,
        *,
        instead_of: str | None = None,
        entry: Activity | None = None,
    ) -> bool:
        """Replace the hash, where given only `instead_of`; whether it was."""
        return await self._users.update(
            user_id,
            {"$set": {"ph": password_hash, "updated_ms": now_ms, **pending(entry)}},
            where=None if instead_of is None else {"ph": {"$eq": instead_of}},
        )

    async def delete(
        self, user_id: str, now_ms: int, *, entry: Activity | None = None
    ) -> bool:
        """Take the account away and free its address; False when there is none."""
        matched = await self._users.update(
            user_id,
            {
                "$set": {
                    "st": 0,
                    "deleted_ms": now_ms,
                    "email_lc": f"~{user_id}",
                    "sids": [],
                    "tk": 0,
                    **pending(entry),
                },
                "$inc": {"v": 1, "sv": 1},
            },
            where={"st": {"$eq": 1}},
        )
        row = await self._users.get(user_id) if matched else None
        if row is not None:
            await self._search.settle(row)
        return matched

    async def link_session(self, user_id: str, session_id: str, keep: int) -> list[str]:
        """Add a session to the user's list; the ids that had to leave for it.

        The list holds every live session, at most `keep`: when it is full those
        that are over leave first, then the oldest.

        Raises:
            Unavailable: too many sign-ins of this user at once.
        """
        for _ in range(_LINK_ATTEMPTS):
            row = await self._users.get(user_id, ["sids", "sv"])
            if row is None or session_id in row["sids"]:
                return []
            known: list[str] = row["sids"]
            live = known if len(known) < keep else await self._live(known)
            kept = [*live, session_id][-keep:]
            if await self._users.update(
                user_id,
                {"$set": {"sids": kept}, "$inc": {"sv": 1}},
                where={"sv": {"$eq": row["sv"]}},
            ):
                return [one for one in live if one not in kept]
        raise Unavailable

    async def repair_search(self) -> int:
        """Finish what a crash cut short; how many accounts. For the sweeper."""
        return await self._search.repair()

    async def _live(self, ids: Sequence[str]) -> list[str]:
        """Those of `ids` that are live sessions, in the same order."""
        rows = await self._sessions.by_ids(ids, ["st", "exp_ms"])
        now_ms = self._clock.now_ms()
        live = {r["_id"] for r in rows if r["st"] == 1 and r["exp_ms"] > now_ms}
        return [one for one in ids if one in live]


def _taken() -> Conflict:
    return Conflict("This e-mail address is taken", field="email")
