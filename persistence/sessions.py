"""Sessions: one document is a signed-in device and the family of its tokens."""

from collections.abc import Mapping, Sequence

from domain.activity import Activity
from domain.ids import SessionId, UserId
from domain.sessions import Session
from kit.clock import Clock
from persistence.pending import pending
from persistence.safe import Document, SafeCollection, Update

KIND = "session"  # API keys are kept in the same collection
_BATCH = 500


class SessionRepository:
    """Collection `sessions`, kind `session`; `st` is 1 until the session is revoked.

    Source of `of_user`: index (u, st). Documents stay until they expire, revoked
    ones too, so that a spent token is still known for what it is.
    """

    def __init__(self, sessions: SafeCollection, clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    async def insert(self, session: Session) -> None:
        await self._sessions.insert(_to_document(session))

    async def get(self, session_id: str) -> Session | None:
        """The session, live or not, as long as it is kept."""
        return (await self.by_ids([session_id])).get(session_id)

    async def by_ids(self, ids: Sequence[str]) -> Mapping[str, Session]:
        rows = await self._sessions.by_ids(ids)
        return {row["_id"]: _of(row) for row in rows if row["kind"] == KIND}

    async def of_user(self, user_id: str) -> list[Session]:
        """The live sessions of a user, newest first."""
        rows = await self._sessions.find(
            {
                "u": {"$eq": user_id},
                "st": {"$eq": 1},
                "exp_ms": {"$gt": self._clock.now_ms()},
            },
            limit=_BATCH,
        )
        return sorted(map(_of, rows), key=lambda s: (s.created_ms, s.id), reverse=True)

    async def addresses_of(self, user_id: str) -> set[str]:
        """Where the user signed in from: sessions that are over, too, as long as they
        are kept.
        """
        rows = await self._sessions.find({"u": {"$eq": user_id}}, limit=_BATCH)
        return {row["ip"] for row in rows if row["kind"] == KIND}

    async def rotate(
        self,
        session_id: str,
        spent_hash: str,
        new_hash: str,
        now_ms: int,
        expires_ms: int,
    ) -> Session | None:
        """Replace the good token `spent_hash` by `new_hash`; the session as it is then.

        None when `spent_hash` is not the good one any more, or the session is over:
        of all who come with one token, a single one succeeds.
        """
        row = await self._sessions.swap(
            session_id,
            {
                "cur": {"$eq": spent_hash},
                "st": {"$eq": 1},
                "exp_ms": {"$gt": now_ms},
            },
            {
                "$set": {
                    "cur": new_hash,
                    "spent": spent_hash,
                    "rotated_ms": now_ms,
                    "seen_ms": now_ms,
                    "exp_ms": expires_ms,
                }
            },
        )
        return None if row is None else _of(row)

    async def revoke(self, session_id: str, *, entry: Activity | None = None) -> bool:
        """End a session; False when there is none, or it was revoked before. The
        `entry` is stored with it: see `persistence.pending`.
        """
        return await self._sessions.update(
            session_id,
            {"$set": {"st": 0, **pending(entry)}},
            where={"st": {"$eq": 1}, "kind": {"$eq": KIND}},
        )

    async def revoke_all(
        self,
        user_id: str,
        *,
        except_id: str | None = None,
        entry: Activity | None = None,
    ) -> list[str]:
        """End the user's sessions, but for one; the ids of those that were live. The
        `entry`, a single one, is stored with each.
        """
        live = [s.id for s in await self.of_user(user_id) if s.id != except_id]
        change = {"$set": {"st": 0, **pending(entry)}}
        await self._sessions.bulk([Update(one, change) for one in live])
        return list(live)

    async def touch(self, session_id: str, now_ms: int) -> None:
        """Note when the session was last used; never moves back."""
        await self._sessions.update(session_id, {"$max": {"seen_ms": now_ms}})

    async def sweep(self, now_ms: int) -> int:
        """Forget the sessions that are over; how many. Source: index exp_ms."""
        return await self._sessions.delete_all({"exp_ms": {"$lt": now_ms}})


def _to_document(session: Session) -> Document:
    return {
        "_id": session.id,
        "kind": KIND,
        "u": session.user_id,
        "st": 0 if session.revoked else 1,
        "cur": session.current_hash,
        "spent": session.spent_hash,
        "created_ms": session.created_ms,
        "rotated_ms": session.rotated_ms,
        "seen_ms": session.seen_ms,
        "exp_ms": session.expires_ms,
        "abs_ms": session.absolute_expires_ms,
        "device": session.device,
        "ip": session.ip,
    }


def _of(row: Document) -> Session:
    return Session(
        id=SessionId(row["_id"]),
        user_id=UserId(row["u"]),
        current_hash=row["cur"],
        spent_hash=row["spent"],
        created_ms=row["created_ms"],
        rotated_ms=row["rotated_ms"],
        seen_ms=row["seen_ms"],
        expires_ms=row["exp_ms"],
        absolute_expires_ms=row["abs_ms"],
        revoked=row["st"] == 0,
        device=row["device"],
        ip=row["ip"],
    )
