"""One entry of the trail for each thing the service itself did or refused."""

from collections.abc import Sequence

from domain.activity import (
    LABEL_MAX,
    SUMMARY_MAX,
    Activity,
    FieldChange,
    Severity,
    one_line,
)
from domain.events import ActivityHappened
from domain.ids import ACTIVITY
from domain.principal import Principal
from kit.ids import sortable_id
from resolvers.context import Context

Target = tuple[str, str, str]


async def record(
    ctx: Context,
    action: str,
    *,
    summary: str,
    target: Target | None = None,
    changes: Sequence[FieldChange] = (),
    severity: Severity = Severity.INFO,
    actor: Principal | None = None,
) -> None:
    """Append one entry, stamped now, with the labels of the time.

    `target` is (type, id, label); `changes` come from `domain.activity.field_changes`,
    which redacts secrets; `actor` is the asking principal unless given (somebody who
    is just signing in, or the system). Texts are cut and put on one line rather than
    refused: an entry must not be lost over its words.

    Raises:
        Unavailable: it could not be written. Let it pass: what cannot be told
            must not be done.
    """
    who = actor or ctx.principal
    kind, target_id, label = target or (None, None, None)
    now_ms = ctx.now_ms()
    entry = Activity(
        id=sortable_id(ACTIVITY, now_ms),
        action=action,
        actor_id=who.actor_id,
        actor_label=one_line(who.label, LABEL_MAX),
        target_type=kind,
        target_id=target_id,
        target_label=None if label is None else one_line(label, LABEL_MAX),
        summary=one_line(summary, SUMMARY_MAX),
        changes=tuple(changes),
        severity=severity,
        occurred_ms=now_ms,
        recorded_ms=now_ms,
        request_id=ctx.origin.request_id,
        address=ctx.origin.address,
    )
    await append(ctx, [entry])


async def append(ctx: Context, entries: Sequence[Activity]) -> None:
    """Store the entries, then tell everybody; what is told again is heard once.

    Raises:
        Unavailable: they could not be written; nobody was told.
    """
    await ctx.repos.activity.append(entries)
    await ctx.services.live.bus.publish(*map(ActivityHappened.of, entries))
