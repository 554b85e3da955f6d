"""The inbox of each person: what they are told stays there until they have read it.

Stored first and told live after, so nothing is lost on whoever is offline; what was
stored but not told, as its process died in between, is found by `untold`.
"""

from collections.abc import Sequence
from dataclasses import asdict

from domain.errors import InvalidInput
from domain.events import NotificationAdded, NotificationsRead, Topic
from domain.ids import NOTIFICATION, UserId
from domain.metrics import LATEST_MS
from domain.notifications import (
    RECIPIENTS_MAX,
    Notification,
    NotificationDraft,
    check_draft,
)
from domain.paging import Page, page_request
from domain.users import User
from kit.ids import derived_id, sortable_id
from kit.times import DAY_MS, MINUTE_MS
from resolvers import live_cursors
from resolvers.audit import record
from resolvers.context import Context, Services
from resolvers.idempotency import once

LIST = "notifications"  # the name its cursors are signed for
IDS_MAX = 1_000
# More than a start after a crash takes, and than are sent in that time.
_UNTOLD_MS = 10 * MINUTE_MS
_UNTOLD_MAX = 2_000


async def list_notifications(
    ctx: Context,
    *,
    first: int | None = None,
    after: str | None = None,
    unread_only: bool = False,
) -> Page[Notification]:
    """A page of the asking person's inbox, newest first.

    Raises:
        InvalidInput: names the argument.
        NotAuthenticated, NotAllowed: nobody, or a machine, asks.
    """
    user_id = ctx.principal.require_user()

    def read_cursor(cursor: str, field: str) -> str:
        try:
            return ctx.services.cursors.read(LIST, cursor)
        except ValueError as err:
            raise InvalidInput.of(field, str(err)) from err

    request = page_request(
        first=first, after=after, last=None, before=None, read_cursor=read_cursor
    )
    return await ctx.repos.notifications.page(user_id, request, unread_only=unread_only)


async def unread_count(ctx: Context) -> int:
    """How many notifications the asking person has not read; exact."""
    return await ctx.repos.notifications.count_unread(ctx.principal.require_user())


async def newest_cursor(ctx: Context) -> str:
    """As `live_cursors.newest_cursor`, of the inbox; read it before a page."""
    ctx.principal.require_user()
    return await live_cursors.newest_cursor(ctx, Topic.NOTIFICATIONS)


async def get_notification(ctx: Context, notification_id: str) -> Notification | None:
    """The notification, or None when it is not in the asking person's inbox."""
    user_id = ctx.principal.require_user()
    return await ctx.repos.notifications.get(user_id, notification_id)


async def send_notification(
    ctx: Context,
    user_ids: Sequence[str],
    draft: NotificationDraft,
    idempotency_key: str | None = None,
) -> list[str]:
    """Put a notice in these people's inboxes; its id in each, in their order.

    For administrators: a machine may only record, and a member's messages to others
    are no part of the service. Somebody named twice gets it once. With an
    idempotency key it is sent once however often it is asked for.

    Raises:
        InvalidInput: names the field; `userIds.3` when the fourth is nobody.
        NotAuthenticated, NotAllowed: not an administrator.
        IdempotencyConflict: the key was used for another notice.
    """
    ctx.principal.require_admin()
    draft = check_draft(draft)
    if not 1 <= len(user_ids) <= RECIPIENTS_MAX:
        raise InvalidInput.of("userIds", f"must hold 1 to {RECIPIENTS_MAX} ids")

    async def run(key_id: str) -> list[str]:
        people = await _people(ctx, user_ids)
        now_ms = ctx.now_ms()
        notices = [
            _notice(
                draft,
                user.id,
                now_ms,
                # Stored under the same id when it has to be run again.
                derived_id(NOTIFICATION, key_id, user.id) if idempotency_key else None,
            )
            for user in people
        ]
        await _store(ctx.services, notices)
        await _audit(ctx, draft, people)
        await _tell(ctx.services, notices)
        return [notice.id for notice in notices]

    sent = [list(user_ids), asdict(draft)]
    ids: list[str] = await once(ctx, "sendNotification", idempotency_key, sent, run)
    return ids


async def mark_read(
    ctx: Context, *, ids: Sequence[str] | None = None, before_ms: int | None = None
) -> int:
    """Mark these as read, or all from before a moment, or all; how many were unread.

    Ids that are in nobody's inbox, or in another's, are passed over. All of the
    person's devices are told, unless nothing changed.

    Raises:
        InvalidInput: both are given, or more than 1,000 ids.
    """
    user_id = ctx.principal.require_user()
    inbox, now_ms = ctx.repos.notifications, ctx.now_ms()
    if ids is None:
        if before_ms is not None:
            before_ms = min(max(before_ms, 0), LATEST_MS)
        count = await inbox.mark_all_read(user_id, before_ms, now_ms)
        changed = None
    else:
        if before_ms is not None:
            raise InvalidInput.of("before", "must not be combined with ids")
        if len(ids) > IDS_MAX:
            raise InvalidInput.of("ids", f"must have at most {IDS_MAX} values")
        changed = tuple(await inbox.mark_read(user_id, ids, now_ms))
        count = len(changed)
    if count:
        await ctx.services.live.bus.publish(
            NotificationsRead(
                user_id=user_id,
                at_ms=now_ms,
                notification_ids=changed,
                before_ms=before_ms,
            )
        )
    return count


async def notify(services: Services, user_id: str, draft: NotificationDraft) -> None:
    """A notice of the service's own, about somebody's security for one.

    Raises:
        Unavailable: it could not be stored.
    """
    notices = [_notice(draft, user_id, services.clock.now_ms())]
    await _store(services, notices)
    await _tell(services, notices)


async def untold(services: Services) -> list[NotificationAdded]:
    """The latest unread notifications of everybody, as events for `Bus.repair`."""
    since_ms = services.clock.now_ms() - _UNTOLD_MS
    found = await services.repos.notifications.recent(since_ms, limit=_UNTOLD_MAX)
    return [NotificationAdded.of(one) for one in reversed(found)]


async def _people(ctx: Context, user_ids: Sequence[str]) -> list[User]:
    wanted = [UserId(one) for one in dict.fromkeys(user_ids)]
    users = await ctx.repos.users.by_ids(wanted)
    for index, user_id in enumerate(user_ids):
        if user_id not in users:
            raise InvalidInput.of(f"userIds.{index}", "is not the id of a user")
    return [users[one] for one in wanted]


def _notice(
    draft: NotificationDraft, user_id: str, now_ms: int, id_: str | None = None
) -> Notification:
    return Notification(
        id=id_ or sortable_id(NOTIFICATION, now_ms),
        user_id=user_id,
        title=draft.title,
        body=draft.body,
        level=draft.level,
        link=draft.link,
        created_ms=now_ms,
    )


async def _store(services: Services, notices: Sequence[Notification]) -> None:
    keep_ms = services.limits.notifications_keep_days * DAY_MS
    await services.repos.notifications.insert(notices, keep_ms)


async def _tell(services: Services, notices: Sequence[Notification]) -> None:
    await services.live.bus.publish(*map(NotificationAdded.of, notices))


async def _audit(ctx: Context, draft: NotificationDraft, people: list[User]) -> None:
    one = people[0] if len(people) == 1 else None
    to = one.name if one else f"{len(people)} people"
    await record(
        ctx,
        "notification.sent",
        summary=f"{ctx.principal.label} sent “{draft.title}” to {to}",
        target=("user", one.id, one.name) if one else None,
    )
