"""Which requests with an idempotency key were made, and what they came to."""

import secrets
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from domain.errors import IdempotencyConflict
from kit import jsonio
from kit.ids import derived_id
from persistence.safe import Document, Duplicate, SafeCollection

PARTITION = "idem"
# Three times what an operation may take: its runner has died by then.
LEASE_MS = 30_000


class Begin(Enum):
    RUN = auto()  # nobody did: do it, then `finish` or `abandon`
    DONE = auto()  # it was done: `result` is what it came to
    RUNNING = auto()  # somebody is at it: come back


@dataclass(frozen=True)
class Begun:
    """`claim`, with RUN, says which attempt this is: a later one has another."""

    state: Begin
    result: Any = None
    claim: str = ""


class IdempotencyRepository:
    """Collection `dashboard_data`, partition `idem`: one document a key."""

    def __init__(self, data: SafeCollection) -> None:
        self._data = data

    async def begin(
        self, key_id: str, fingerprint: str, now_ms: int, ttl_s: int
    ) -> Begun:
        """Claim the key, or see what became of it; kept for `ttl_s`.

        Of all who come with one key at once a single one is told RUN. Somebody who
        claimed it and was never heard of again loses it after 30 s.

        Raises:
            IdempotencyConflict: the key was used with another `fingerprint`.
        """
        claim: Document = {
            "fp": fingerprint,
            "result": None,
            "lease_ms": now_ms + LEASE_MS,
            "exp": now_ms + ttl_s * 1_000,
            "nonce": secrets.token_hex(8),
        }
        document_id = _id(key_id)
        try:
            await self._data.insert(
                {"_id": document_id, "s": PARTITION, "b": document_id, **claim}
            )
        except Duplicate:
            return await self._look(document_id, claim, now_ms)
        return Begun(Begin.RUN, claim=claim["nonce"])

    async def finish(self, key_id: str, result: Any) -> None:
        """Keep what the request came to: any JSON value."""
        await self._data.update(
            _id(key_id), {"$set": {"result": jsonio.dumps(result).decode()}}
        )

    async def abandon(self, key_id: str, *, claim: str) -> None:
        """Give the key back, unless the claim is lost: it may be tried again."""
        document_id = _id(key_id)
        await self._data.delete_all(
            {
                "s": {"$eq": PARTITION},
                "b": {"$eq": document_id},
                "nonce": {"$eq": claim},
            }
        )

    async def sweep(self, now_ms: int) -> int:
        """Remove what has expired, in every partition; how many. Source: index exp."""
        return await self._data.delete_all({"exp": {"$lt": now_ms}})

    async def _look(self, document_id: str, claim: Document, now_ms: int) -> Begun:
        row = await self._data.get(document_id)
        if row is None:
            return Begun(Begin.RUNNING)  # given back this moment
        over = row["exp"] <= now_ms
        if not over and row["fp"] != claim["fp"]:
            raise IdempotencyConflict
        if not over and row["result"] is not None:
            return Begun(Begin.DONE, jsonio.loads(row["result"]))
        if not over and row["lease_ms"] > now_ms:
            return Begun(Begin.RUNNING)
        taken = await self._data.update(
            document_id, {"$set": claim}, where={"nonce": {"$eq": row["nonce"]}}
        )
        return Begun(Begin.RUN, claim=claim["nonce"]) if taken else Begun(Begin.RUNNING)


def _id(key_id: str) -> str:
    return derived_id("idem", key_id)
