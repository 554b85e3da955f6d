"""0002: entries of the trail from before there was a chain get their links.

The sweeper would do the same, some 50,000 a minute; until it has, the trail cannot be
proven, and nothing old can be swept.
"""

from persistence.migrations.step import StepFailed, Workplace
from persistence.trail import GRACE_MS, NotOurs


class LinkOldEntries:
    id = "0002_link_old_entries"
    description = "link entries of the trail that are older than its chain"
    older_ok = True

    async def left(self, at: Workplace) -> str:
        state = await at.repos.chain.checkpoint()
        entries = at.mongo.collection("audit_logs")
        between = {"$gte": state.settled_ms, "$lt": at.clock.now_ms() - GRACE_MS}
        count = await entries.count({"ts": between})
        return f"{count:,} entries to look at"

    async def batch(self, at: Workplace) -> bool:
        """Some 50,000 entries."""
        until_ms = at.clock.now_ms() - GRACE_MS
        try:
            await at.repos.trail.settle(at.clock.now_ms(), at.sign)
        except NotOurs:
            raise StepFailed(
                "the checkpoint of the audit chain is not signed by a key of this "
                "service: see docs/audit.md"
            ) from None
        return (await at.repos.chain.checkpoint()).settled_ms < until_ms
