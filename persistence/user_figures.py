"""Who was seen when, and how many there are: figures over all accounts."""

from collections.abc import Mapping

from domain.principal import Role
from domain.users import User
from persistence.safe import SafeCollection, Update
from persistence.user_documents import seen_key, user_of

# More than any rule about the last administrator needs to know.
ADMINS_COUNTED = 3
_DELETED_MAX = 20_000


class UserFigures:
    """Reads `users` by count commands; deleted accounts do not count."""

    def __init__(self, users: SafeCollection) -> None:
        self._users = users

    async def touch(self, seen: Mapping[str, int]) -> None:
        """Note when users were last seen, in ms by id; never moves back."""
        keys = {user_id: seen_key(at_ms, user_id) for user_id, at_ms in seen.items()}
        await self._users.bulk(
            [
                Update(user_id, {"$set": {"seen": key}}, where={"seen": {"$lt": key}})
                for user_id, key in keys.items()
            ]
        )

    async def online(self, first: int, since_ms: int) -> list[User]:
        """Up to `first` users seen at `since_ms` or later, the latest first."""
        rows = await self._users.find(
            {"st": {"$eq": 1}, "seen": {"$gte": f"{since_ms:013d}"}},
            sort=("seen", -1),
            limit=first,
        )
        return [user_of(row) for row in rows]

    async def count_admins(self) -> int:
        """How many active administrators there are, three at most."""
        return await self._users.count(
            {
                "st": {"$eq": 1},
                "role": {"$eq": Role.ADMIN.value},
                "dis": {"$eq": 0},
            },
            limit=ADMINS_COUNTED,
        )

    async def count_created(self, from_ms: int, to_ms: int) -> int:
        """Accounts of today that were made in [from_ms, to_ms)."""
        between = {"$gte": f"{from_ms:013d}", "$lt": f"{to_ms:013d}"}
        return await self._users.count({"st": {"$eq": 1}, "csk": between})

    async def count_existing(self, at_ms: int) -> int:
        """Accounts there were at that moment, those deleted since among them (the
        first 20,000 of these).
        """
        kept = await self._users.count(
            {"st": {"$eq": 1}, "csk": {"$lt": f"{at_ms:013d}"}}
        )
        deleted = await self._users.find(
            {"st": {"$eq": 0}, "deleted_ms": {"$gte": at_ms}},
            limit=_DELETED_MAX,
            fields=["created_ms"],
        )
        return kept + sum(1 for row in deleted if row["created_ms"] < at_ms)

    async def count_seen(self, since_ms: int) -> int:
        """Users seen at `since_ms` or later."""
        return await self._users.count(
            {"st": {"$eq": 1}, "seen": {"$gte": f"{since_ms:013d}"}}
        )
