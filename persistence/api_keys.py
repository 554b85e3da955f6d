"""API keys: what machines sign in with."""

from domain.activity import Activity
from domain.ids import UserId
from domain.sessions import ApiKey
from persistence.pending import pending
from persistence.safe import Document, SafeCollection

KIND = "key"
KEYS_MAX = 1_000
# They do not expire: later than any sweep.
_NEVER_MS = 2**53


class ApiKeyRepository:
    """Collection `sessions`, kind `key`; `_id` is the hash of the key's secret.

    An `entry` given with a change is stored with it: see `persistence.pending`.
    """

    def __init__(self, sessions: SafeCollection) -> None:
        self._sessions = sessions

    async def insert(
        self, key: ApiKey, secret_hash: str, *, entry: Activity | None = None
    ) -> None:
        """`secret_hash`: base64url SHA-256 of the secret, its first 43 characters."""
        await self._sessions.insert(
            {
                "_id": secret_hash,
                "kind": KIND,
                "u": "-",
                "key": key.id,
                "name": key.name,
                "hint": key.hint,
                "created_ms": key.created_ms,
                "created_by": key.created_by,
                "seen_ms": key.last_used_ms,
                "st": 0 if key.revoked else 1,
                "exp_ms": _NEVER_MS,
                **pending(entry),
            }
        )

    async def by_hash(self, secret_hash: str) -> ApiKey | None:
        """The key with this secret, revoked or not."""
        row = await self._sessions.get(secret_hash)
        return _of(row) if row is not None and row["kind"] == KIND else None

    async def revoke(self, key_id: str, *, entry: Activity | None = None) -> bool:
        """End a key; False when there is none, or it was revoked before."""
        for row in await self._rows():
            if row["key"] == key_id:
                return await self._sessions.update(
                    row["_id"],
                    {"$set": {"st": 0, **pending(entry)}},
                    where={"st": {"$eq": 1}},
                )
        return False

    async def touch(self, key_id: str, now_ms: int) -> None:
        """Note when the key was last used; never moves back."""
        await self._sessions.update_all(
            {"kind": {"$eq": KIND}, "key": {"$eq": key_id}},
            {"$max": {"seen_ms": now_ms}},
        )

    async def _rows(self) -> list[Document]:
        return await self._sessions.find({"kind": {"$eq": KIND}}, limit=KEYS_MAX)

    async def list(self) -> list[ApiKey]:
        """Every key, revoked ones too, newest first. Source: index kind."""
        keys = map(_of, await self._rows())
        return sorted(keys, key=lambda key: (key.created_ms, key.id), reverse=True)


def _of(row: Document) -> ApiKey:
    return ApiKey(
        id=row["key"],
        name=row["name"],
        hint=row["hint"],
        created_ms=row["created_ms"],
        created_by=UserId(row["created_by"]),
        last_used_ms=row["seen_ms"],
        revoked=row["st"] == 0,
    )
