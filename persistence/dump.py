"""Everything the service has stored, in an order in which references hold.

First where the audit chain begins, then its links with the rest of `dashboard_data`,
then sessions, then users, then the entries of the trail: what a document refers to is
read after it and is therefore there, and no entry that a link names can be missing.
Open calls come before the rollups they count in, so that they can be brought to their
end; a session's user, and the entry a user carried until it was stored, come later.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from domain.chain import Checkpoint, Sign
from persistence.chain_documents import (
    STATE,
    STATE_ID,
    checkpoint_fields,
    checkpoint_of,
)
from persistence.journals import DONE, OPEN
from persistence.journals import PARTITION as INTAKE
from persistence.mongo import Mongo
from persistence.rollup_walking import is_rollup, rollups_of
from persistence.safe import Document, SafeCollection
from persistence.subset import ROWS_MAX
from persistence.system import is_kept_here
from persistence.walking import Pages, by_unique_key, keys_by, whole

DATA, SESSIONS, USERS, TRAIL = "dashboard_data", "sessions", "users", "audit_logs"
ORDER = (DATA, SESSIONS, USERS, TRAIL)
_NO_USER = "-"  # whose sessions API keys are
_JOURNALS_PER_READ = 1_000


@dataclass(frozen=True)
class Page:
    """Some documents of one collection; a collection may come up again."""

    collection: str
    rows: Sequence[Document]


async def everything(mongo: Mongo, sign: Sign) -> AsyncGenerator[Page, None]:
    """Each document that a backup holds, once.

    Raises:
        Unavailable: MongoDB did not answer.
        TooManyAlike: the position of too many documents is the same.
    """
    data, users = mongo.collection(DATA), mongo.collection(USERS)
    before = await data.get(STATE_ID)
    walks = {
        DATA: _data(data),
        SESSIONS: _sessions(mongo.collection(SESSIONS), users),
        USERS: by_unique_key(users, "csk"),
        TRAIL: by_unique_key(mongo.collection(TRAIL), "sk"),
    }
    for name in ORDER:
        async with aclosing(walks[name]) as pages:
            async for rows in pages:
                yield Page(name, rows)
    state = _begun(before, await data.get(STATE_ID), sign)
    yield Page(DATA, [] if state is None else [state])


def _begun(
    before: Document | None, after: Document | None, sign: Sign
) -> Document | None:
    """The checkpoint for what was read between `before` and `after`.

    Links swept since are gone in part: it has to stand for them. Entries that came
    since may have no link here: they are not settled.
    """
    if before is None or after is None:
        return before
    settled, swept = checkpoint_of(before), checkpoint_of(after)
    if settled.swept == swept.swept:
        return before
    if not (settled.is_signed(sign) and swept.is_signed(sign)):
        return before  # there is something wrong already, and it is to be seen
    return before | checkpoint_fields(signed(replace(settled, swept=swept.swept), sign))


def signed(state: Checkpoint, sign: Sign) -> Checkpoint:
    return replace(state, signature=sign(state.text())[0])


async def _data(data: SafeCollection) -> Pages:
    rollups: set[str] = set()
    async with aclosing(keys_by(data, "b", "s")) as found:
        async for rows in found:
            rollups |= {row["s"] for row in rows if is_rollup(row["s"])}
            plain = [row["_id"] for row in rows if _is_plain(row)]
            async for page in whole(data, plain):
                yield page
    async for page in _journals(data):
        yield page
    for partition in sorted(rollups):
        async for page in rollups_of(data, partition):
            yield page


def _is_plain(row: Document) -> bool:
    """Whether its position never changes; the others have walks of their own."""
    special = is_rollup(row["s"]) or row["s"] in (INTAKE, STATE)
    return not special and not is_kept_here(row)


async def _journals(data: SafeCollection) -> Pages:
    """Those of calls under way first: they become done, and not the other way."""
    seen: set[str] = set()
    for kind in (OPEN, DONE):
        after = kind
        while True:
            bounds = {"$gt": after, "$lt": f"{kind}~"}
            where = {"s": {"$eq": INTAKE}, "b": bounds}
            rows = await data.find(
                where, sort=("b", 1), limit=_JOURNALS_PER_READ, fields=["b"]
            )
            async for page in whole(data, [row["_id"] for row in rows]):
                yield [row for row in page if row["_id"] not in seen]
            if kind == OPEN:
                seen |= {row["_id"] for row in rows}
            if len(rows) < _JOURNALS_PER_READ:
                break
            after = rows[-1]["b"]


async def _sessions(sessions: SafeCollection, users: SafeCollection) -> Pages:
    """By their owners, as nothing else of them stays as it is."""
    yield await _sessions_of(sessions, _NO_USER)
    async with aclosing(keys_by(users, "csk")) as found:
        async for owners in found:
            for owner in owners:
                yield await _sessions_of(sessions, owner["_id"])


async def _sessions_of(sessions: SafeCollection, user_id: str) -> list[Document]:
    return await sessions.find({"u": {"$eq": user_id}}, limit=ROWS_MAX)
