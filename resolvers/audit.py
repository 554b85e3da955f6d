"""One entry of the trail for each thing the service itself did or refused."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from domain.activity import (
    LABEL_MAX,
    SUMMARY_MAX,
    Activity,
    FieldChange,
    Result,
    Severity,
    one_line,
)
from domain.events import ActivityHappened
from domain.ids import ACTIVITY
from domain.principal import Principal
from kit.ids import derived_id, sortable_id
from kit.times import HOUR_MS
from resolvers.anchors import anchor
from resolvers.context import Context

Target = tuple[str, str, str]


class Told(TypedDict, total=False):
    """What an entry tells beside its action.

    `target` is (type, id, label); `changes` come from `domain.activity.field_changes`,
    which redacts secrets; `actor` is the asking principal unless given (somebody who
    is just signing in, or the system). Entries with the same `once` are one entry.
    """

    target: Target | None
    changes: Sequence[FieldChange]
    severity: Severity
    actor: Principal
    once: Sequence[str]


async def record(
    ctx: Context, action: str, *, summary: str, **told: Unpack[Told]
) -> None:
    """Append one entry, as `entry_for` makes it.

    Raises:
        Unavailable: it could not be written. Let it pass: what cannot be told
            must not be done.
    """
    await append(ctx, [entry_for(ctx, action, summary=summary, **told)])


def entry_for(
    ctx: Context, action: str, *, summary: str, **told: Unpack[Told]
) -> Activity:
    """An entry stamped now, with the labels of the time.

    Texts are cut and put on one line rather than refused: an entry must not be lost
    over its words.
    """
    who = told.get("actor", ctx.principal)
    kind, target_id, label = told.get("target") or (None, None, None)
    now_ms = ctx.now_ms()
    once = told.get("once")
    own_id = derived_id(ACTIVITY, action, *once) if once else None
    return Activity(
        id=own_id or sortable_id(ACTIVITY, now_ms),
        action=action,
        actor_id=who.actor_id,
        actor_label=one_line(who.label, LABEL_MAX),
        target_type=kind,
        target_id=target_id,
        target_label=None if label is None else one_line(label, LABEL_MAX),
        summary=one_line(summary, SUMMARY_MAX),
        changes=tuple(told.get("changes", ())),
        severity=told.get("severity", Severity.INFO),
        occurred_ms=now_ms,
        recorded_ms=now_ms,
        request_id=ctx.origin.request_id,
        address=ctx.origin.address,
        session_id=who.session_id,
        result=Result.of(action),
    )


async def append(ctx: Context, entries: Sequence[Activity]) -> None:
    """Store the entries, then tell everybody; what is told again is heard once, and
    of what is quiet nobody is told.

    Raises:
        Unavailable: they could not be written; nobody was told.
    """
    await ctx.repos.activity.append(entries)
    heard = [ActivityHappened.of(entry) for entry in entries if not entry.is_quiet]
    await ctx.services.live.bus.publish(*heard)
    if ctx.repos.chain.wants_anchor:
        await anchor(ctx.services)


async def note_read(ctx: Context, what: str) -> None:
    """Note that an administrator reads `what` is not theirs alone: once an hour.

    One entry `audit.read` for each administrator, thing and hour, however much of it
    is read and on how many replicas.
    """
    admin_id = ctx.principal.user_id
    if admin_id is None or not ctx.principal.is_admin:
        return
    hour = str(ctx.now_ms() // HOUR_MS)
    if ctx.services.reads.is_due(f"{admin_id} {what} {hour}", ctx.now_ms()):
        await record(
            ctx,
            "audit.read",
            summary=f"{ctx.principal.label} read {what}",
            once=(admin_id, what, hour),
        )


async def note_refusal(ctx: Context, what: str, reason: str) -> None:
    """Leave the entry of a request that was answered FORBIDDEN; `what` was asked."""
    await record(
        ctx,
        "access.refused",
        summary=f"{ctx.principal.label} was refused {what}: {reason}",
        severity=Severity.NOTICE,
    )
