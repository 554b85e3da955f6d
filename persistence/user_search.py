"""Finding accounts by the start of a word, which no engine's index can do alone.

Each word an account is found by is a document of partition `user.search` in
`dashboard_data`, placed at `={token}|{user id}`, with copies of what lists filter
and sort by. The account comes first and says `tk` 0 in the same write; then come its
words, then `tk` 1, but only while the account is still the version they were made
from. Whoever dies in between leaves `tk` 0 behind, which `repair` looks for once a
minute: for that long a search may miss a change, and what it finds is checked
against the account itself before it is shown. `tks` of an account lists every word
that may be stored for it.
"""

from contextlib import suppress

from domain.errors import InvalidInput, Unavailable
from kit.ids import derived_id
from persistence.safe import Document, SafeCollection, Update
from persistence.user_documents import MARK, tokens_of

PARTITION = "user.search"
CANDIDATES_MAX = 20_000
_REPAIRS = 100
_NEVER_MS = 2**53
_SETTLE_ATTEMPTS = 5
_COPIED = ("csk", "nk", "role", "dis")


class UserSearch:
    """The words of the accounts in `users`."""

    def __init__(self, users: SafeCollection, data: SafeCollection) -> None:
        self._users = users
        self._data = data

    async def find(self, prefix: str) -> list[Document]:
        """`{u, csk, nk, role, dis}` of every account with a word that starts so.

        Raises:
            InvalidInput: more than 20,000 words start so; names `filter.search`.
        """
        start = MARK + " ".join(prefix.split())
        rows = await self._data.find(
            {
                "s": {"$eq": PARTITION},
                "b": {"$gte": start, "$lt": f"{start}\U0010ffff"},
            },
            limit=CANDIDATES_MAX + 1,
            fields=["u", *_COPIED],
        )
        if len(rows) > CANDIDATES_MAX:
            raise InvalidInput.of("filter.search", "finds too many: type more letters")
        return list({row["u"]: row for row in rows}.values())

    async def settle(self, row: Document) -> None:
        """Make the words those of the account `row`, as stored, or as it is by now.

        Does not fail: the account is stored, and `repair` does the rest.
        """
        with suppress(Unavailable):
            await self._settle(row)

    async def repair(self) -> int:
        """Finish what was cut short, 100 accounts at most; how many. Index: tk."""
        rows = await self._users.find({"tk": {"$eq": 0}}, limit=_REPAIRS)
        for row in rows:
            await self._settle(row)
        return len(rows)

    async def _settle(self, row: Document | None) -> None:
        for _ in range(_SETTLE_ATTEMPTS):
            if row is None:
                return
            tokens = tokens_of(row)
            await self._data.bulk([_word(row, token) for token in tokens])
            gone = [t for t in row["tks"] if t not in tokens]
            await self._data.delete_ids([_word_id(row["_id"], t) for t in gone])
            # A change meanwhile has words of its own: ours may stand among them.
            if await self._users.update(
                row["_id"],
                {"$set": {"tk": 1, "tks": list(tokens)}},
                where={"v": {"$eq": row["v"]}},
            ):
                return
            row = await self._users.get(row["_id"])


def _word(row: Document, token: str) -> Update:
    user_id = row["_id"]
    place = {
        "s": PARTITION,
        "b": f"{MARK}{token}|{user_id}",
        "u": user_id,
        "exp": _NEVER_MS,
    }
    copied = {name: row[name] for name in _COPIED}
    return Update(_word_id(user_id, token), {"$set": place | copied}, upsert=True)


def _word_id(user_id: str, token: str) -> str:
    return derived_id("t", user_id, token)
