"""The rollups of a partition, once each, while buckets are being folded.

A contribution is moved aside once the bucket's `~` holds it (`persistence.folding`).
So whole buckets are read at a time, in the order readers read them, and for the same
span what lies aside after that: what was moved in between is in one of the two, and
what is in both is taken as it was before.
"""

from persistence.folding import ASIDE
from persistence.safe import Document, SafeCollection
from persistence.walking import Pages

ROWS_PER_READ = 5_000


def is_rollup(partition: str) -> bool:
    return partition.startswith(("m:", "g:"))


async def rollups_of(
    data: SafeCollection, partition: str, size: int = ROWS_PER_READ
) -> Pages:
    """Pages of up to `size` documents."""
    after = ""
    while True:
        rows = await _read(data, partition, after, ASIDE, size)
        is_last = len(rows) < size
        rows = rows if is_last else _whole_buckets(rows)
        until = ASIDE if is_last else rows[-1]["b"]
        yield rows
        taken = {row["_id"] for row in rows}
        beside = after
        while True:
            low, high = ASIDE + beside, "y" if is_last else f"{ASIDE}{until}\x01"
            aside = await _read(data, partition, low, high, size)
            yield [row for row in aside if row["_id"] not in taken]
            if len(aside) < size:
                break
            beside = aside[-1]["b"][len(ASIDE) :]
        if is_last:
            return
        after = until


async def _read(
    data: SafeCollection, partition: str, after: str, before: str, limit: int
) -> list[Document]:
    where = {"s": {"$eq": partition}, "b": {"$gt": after, "$lt": before}}
    return await data.find(where, sort=("b", 1), limit=limit)


def _whole_buckets(rows: list[Document]) -> list[Document]:
    """Without the last bucket, which may go on; all where there is only one."""
    last = _bucket(rows[-1])
    return [row for row in rows if _bucket(row) != last] or rows


def _bucket(row: Document) -> str:
    return str(row["b"].rpartition("|")[0])
