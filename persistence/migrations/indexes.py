"""0001: every index the queries rely on."""

from persistence.indexes import INDEXES
from persistence.inspecting import index_differences
from persistence.migrations.step import StepFailed, Workplace
from persistence.mongo import ensure_index


class MakeIndexes:
    id = "0001_indexes"
    description = "make the indexes that are missing"
    older_ok = True

    async def left(self, at: Workplace) -> str:
        missing = (await index_differences(at.mongo)).missing
        return ", ".join(missing) if missing else "all are there"

    async def batch(self, at: Workplace) -> bool:
        """One index, as each may take its time."""
        for collection, wanted in INDEXES.items():
            there = await at.mongo.indexes(collection)
            if set(there) >= set(wanted):
                continue
            index = next(one for one in wanted if one not in there)
            await ensure_index(at.mongo, collection, index)
            if index not in await at.mongo.indexes(collection):
                raise StepFailed(
                    f"the index {index.fields} of {collection} cannot be made; a "
                    "unique one may be refused where there are documents"
                )
            return True
        return False
