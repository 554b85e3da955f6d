"""The entry each import leaves in the trail, by which it is known afterwards."""

from app.cli.import_source import Source
from domain.activity import ActivityDraft
from domain.ids import ACTIVITY
from kit.ids import derived_id
from kit.times import rfc3339
from resolvers.activity_recording import entry_of
from resolvers.audit import append
from resolvers.context import Context


async def already(ctx: Context, action: str, source: Source) -> str | None:
    """The sentence that this content was imported; None when it was not."""
    entry = await ctx.repos.activity.get(_entry_id(action, source))
    if entry is None:
        return None
    when = rfc3339(entry.recorded_ms)
    return f"{source.name}: already imported on {when}: nothing changed"


async def remember(ctx: Context, action: str, source: Source, summary: str) -> None:
    """Leave the entry; the same content has one, however often it is left."""
    draft = ActivityDraft(
        action,
        summary=summary,
        target_type="file",
        target_id=source.digest,
        target_label=source.name,
    )
    await leave(ctx, draft, _entry_id(action, source))


async def leave(ctx: Context, draft: ActivityDraft, entry_id: str) -> None:
    """Append an entry of the system's own."""
    entry = entry_of(draft, entry_id, None, "system", now_ms=ctx.now_ms())
    await append(ctx, [entry])


def _entry_id(action: str, source: Source) -> str:
    return derived_id(ACTIVITY, action, source.digest)
