"""Reading the trail, and letting applications add to it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from domain.activity import Activity, ActivityDraft, ActivityFilter
from domain.activity_rules import check_filter
from domain.errors import InvalidInput
from domain.events import Topic
from domain.metrics import RecordResult, Rejection
from domain.paging import Page, PageRequest, page_request
from domain.users import User
from resolvers import live_cursors
from resolvers.activity_recording import store
from resolvers.audit import note_read
from resolvers.context import Context
from resolvers.idempotency import once

LIST = "activity"  # the name its cursors are signed for
_EVERYTHING = ActivityFilter()


async def list_activity(
    ctx: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    where: ActivityFilter = _EVERYTHING,
) -> Page[Activity]:
    """A page of the trail, newest first: all of it for an administrator, for
    anyone else what they did or what was done to them.

    Raises:
        InvalidInput: names the argument (`first`, `after`, `filter.actions`, …).
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    own_of = _scope(ctx)
    request = _request(ctx, first, after, last, before)
    await note_read(ctx, "everybody's activity")
    return await ctx.repos.activity.page(request, check_filter(where), own_of=own_of)


async def activity_of(
    ctx: Context, user: User, *, first: int | None = None, after: str | None = None
) -> Page[Activity]:
    """What `user` did or what was done to them, newest first; an empty page when
    that is not for the asking person to see.
    """
    request = _request(ctx, first, after, None, None)
    if not ctx.principal.may_see_private(user.id):
        return Page([], [], has_next=False, has_previous=False)
    if user.id != ctx.principal.user_id:
        await note_read(ctx, "somebody's activity")
    return await ctx.repos.activity.page(request, _EVERYTHING, own_of=user.id)


async def get_activity(ctx: Context, activity_id: str) -> Activity | None:
    """The entry, or None when there is none the asking person may see."""
    own_of = _scope(ctx)
    entry = await ctx.repos.activity.get(activity_id)
    if entry is None or (own_of is not None and not entry.concerns(own_of)):
        return None
    return entry


async def newest_cursor(ctx: Context) -> str:
    """As `live_cursors.newest_cursor`, of the trail; read it before a page."""
    ctx.principal.require_user()
    return await live_cursors.newest_cursor(ctx, Topic.ACTIVITY)


def cursor_of(ctx: Context, entry: Activity) -> str:
    """The cursor of this entry in every list of the trail."""
    return ctx.services.cursors.sign(LIST, entry.position)


async def record_activity(
    ctx: Context, events: Sequence[ActivityDraft], idempotency_key: str | None = None
) -> RecordResult:
    """Append what an application did, each event taken or rejected by itself.

    Rejections carry VALIDATION_ERROR or OUT_OF_WINDOW. An event with an `event_id`
    is stored once however often this recorder sends it; so is a whole call with
    its idempotency key. Events that came without either are new each time.

    Raises:
        InvalidInput: no events, or more than a call may carry.
        NotAuthenticated, NotAllowed: neither an administrator nor an API key.
        IdempotencyConflict: the key was used for other events.
        Unavailable: nothing is certain; send the same again.
    """
    ctx.principal.require_recorder()
    most = ctx.limits.activity_events_per_call
    if not 1 <= len(events) <= most:
        raise InvalidInput.of("events", f"must hold 1 to {most} events")

    async def run(key_id: str) -> dict[str, Any]:
        return asdict(await store(ctx, events, call_id=key_id))

    sent = [asdict(event) for event in events]
    answer = await once(ctx, "recordActivity", idempotency_key, sent, run)
    return RecordResult(
        answer["accepted"], [Rejection(**one) for one in answer["rejected"]]
    )


def _scope(ctx: Context) -> str | None:
    """None for everything, or the person whose own entries are all they may see."""
    user_id = ctx.principal.require_user()
    return None if ctx.principal.is_admin else user_id


def _request(
    ctx: Context,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> PageRequest:
    def position(cursor: str, field: str) -> str:
        try:
            return ctx.services.cursors.read(LIST, cursor)
        except ValueError as err:
            raise InvalidInput.of(field, str(err)) from err

    return page_request(
        first=first, after=after, last=last, before=before, read_cursor=position
    )
