"""From drafts to entries of the trail: the part recording and importing share."""

import re
from collections.abc import Collection, Mapping, Sequence

from domain.activity import LABEL_MAX, Activity, ActivityDraft, Origin, one_line
from domain.activity_rules import RESERVED, check_draft
from domain.errors import InvalidInput
from domain.ids import ACTIVITY, USER, UserId
from domain.metrics import RecordResult, Rejection
from domain.users import User
from kit.ids import derived_id
from kit.times import MINUTE_MS
from resolvers.audit import append
from resolvers.context import Context

FUTURE_MS = 10 * MINUTE_MS  # how far ahead of ours a sender's clock may be
_USER_ID = re.compile(rf"{USER}_[0-9a-z]{{1,64}}")


class OutOfWindow(InvalidInput):
    """A moment too far from now to be an honest report."""

    code = "OUT_OF_WINDOW"


async def store(
    ctx: Context, events: Sequence[ActivityDraft], *, call_id: str
) -> RecordResult:
    """Append the good ones of `events`; `call_id` names those without an id.

    Ids are derived, so that the same call made again stores nothing twice.
    """
    recorder_id = ctx.principal.require_recorder()
    users = await known_users(ctx, {e.actor_id for e in events if e.actor_id})
    entries: dict[str, Activity] = {}
    rejected: list[Rejection] = []
    for index, event in enumerate(events):
        try:
            draft = _admit(ctx, event, users)
        except InvalidInput as err:
            rejected.append(Rejection(index, err.code, err.message))
            continue
        key = ("event", draft.event_id) if draft.event_id else (call_id, str(index))
        entry_id = derived_id(ACTIVITY, recorder_id, *key)
        actor_id = draft.actor_id or recorder_id
        label = _label(actor_id, users) or ctx.principal.label
        entry = entry_of(
            draft, entry_id, actor_id, label, now_ms=ctx.now_ms(), origin=ctx.origin
        )
        entries.setdefault(entry_id, entry)
    if entries:
        await append(ctx, list(entries.values()))
    return RecordResult(len(events) - len(rejected), rejected)


async def known_users(ctx: Context, ids: Collection[str]) -> Mapping[str, User]:
    """The accounts among `ids`, in one round trip for every 500."""
    wanted = [UserId(one) for one in ids if _USER_ID.fullmatch(one)]
    return await ctx.repos.users.by_ids(wanted) if wanted else {}


def entry_of(
    draft: ActivityDraft,
    entry_id: str,
    actor_id: str | None,
    actor_label: str,
    *,
    now_ms: int,
    origin: Origin | None = None,
) -> Activity:
    """The entry that a checked draft becomes."""
    return Activity(
        id=entry_id,
        action=draft.action,
        actor_id=actor_id,
        actor_label=one_line(actor_label, LABEL_MAX),
        target_type=draft.target_type,
        target_id=draft.target_id,
        target_label=draft.target_label,
        summary=draft.summary or "",
        changes=(),
        severity=draft.severity,
        occurred_ms=now_ms if draft.occurred_ms is None else draft.occurred_ms,
        recorded_ms=now_ms,
        request_id=origin.request_id if origin else None,
        address=origin.address if origin else None,
    )


def _admit(
    ctx: Context, event: ActivityDraft, users: Mapping[str, User]
) -> ActivityDraft:
    draft = check_draft(event)
    if draft.action.startswith(RESERVED):
        reason = f"must not start with {', '.join(RESERVED)}: those are the service's"
        raise InvalidInput.of("action", reason)
    if draft.actor_id not in {None, ctx.principal.actor_id, *users}:
        raise InvalidInput.of("actorId", "is not the id of a user")
    if draft.occurred_ms is not None:
        age_ms = ctx.now_ms() - draft.occurred_ms
        if not -FUTURE_MS <= age_ms <= ctx.limits.activity_past_s * 1000:
            raise OutOfWindow.of("occurredAt", "is too long ago or too far ahead")
    return draft


def _label(actor_id: str, users: Mapping[str, User]) -> str | None:
    user = users.get(actor_id)
    return user.name if user else None
