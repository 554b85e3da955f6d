"""Events in the words of the documented sockets, put once for all who listen."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.rest import present
from domain.activity_privacy import shown_changes
from domain.events import (
    ActivityHappened,
    Event,
    NotificationAdded,
    StatusChanged,
)
from domain.positions import Gap
from domain.principal import Principal
from domain.stats import DashboardStats
from kit import tracing
from kit.jsonio import dumps
from kit.tasks import together
from kit.times import rfc3339
from resolvers.context import Context
from resolvers.users import get_user

REMEMBERED = 500


@dataclass(frozen=True)
class Message:
    """`data` as a value and, since it goes to many, as JSON text."""

    event: str
    at_ms: int
    data: Any
    text: str

    @classmethod
    def of(cls, event: str, at_ms: int, data: Any) -> "Message":
        return cls(event, at_ms, data, dumps(data).decode())


def may_be_told(principal: Principal, event: Event) -> bool:
    """Whether that person may hear of it at this moment."""
    match event:
        case ActivityHappened(activity=entry):
            user_id = principal.user_id
            if user_id is None or not (principal.is_admin or entry.concerns(user_id)):
                return False
            # Put once for all who are told it, so not for who may see less of it.
            return shown_changes(principal, entry) == entry.changes
        case NotificationAdded():
            return event.user_id == principal.user_id
        case _:
            return isinstance(event, StatusChanged)


def gap_message(gap: Gap, at_ms: int) -> Message:
    return Message.of("gap", at_ms, {"topic": gap.topic, "reason": gap.reason})


def dashboard_message(figures: DashboardStats) -> Message:
    data = present.dashboard_stats(figures)
    return Message.of("dashboard:update", figures.as_of_ms, data)


class Messages:
    """Remembers the latest, as many listeners want the same one."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Message] = OrderedDict()
        # People are looked up for them: one listener does it for all.
        self._turn = asyncio.Lock()

    async def of(self, ctx: Context, events: Sequence[Event]) -> list[Message]:
        """The messages of activities, notifications and changes of presence; the
        people in all of them are looked up at once.

        They are the same whoever may be told; `ctx` is of one who may.

        Raises:
            Unavailable: MongoDB did not answer.
        """
        async with self._turn:
            known = self._known
            missing = {one.id: one for one in events if one.id not in known}
            if missing:
                ctx.renew_loaders()
                made = await together(_traced(ctx, one) for one in missing.values())
                known.update(zip(missing, made, strict=True))
            messages = [known[one.id] for one in events]
            for one in missing.values():
                # It was put for who lost access meanwhile: others may see more of it.
                if not may_be_told(ctx.principal, one):
                    del known[one.id]
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        return messages


async def _traced(ctx: Context, event: Event) -> Message:
    with tracing.trace(f"event {event.topic}", kind=tracing.Kind.CONSUMER):
        return await _put(ctx, event)


async def _put(ctx: Context, event: Event) -> Message:
    match event:
        case ActivityHappened():
            (data,) = await present.activities(ctx, [event.activity])
            return Message.of("activity:new", event.at_ms, data)
        case NotificationAdded():
            notice = event.notification
            notification = {
                "id": notice.id,
                "title": notice.title,
                "body": notice.body,
                "level": notice.level,
                "link": notice.link,
                "created_at": rfc3339(notice.created_ms),
            }
            return Message.of("notification:new", event.at_ms, notification)
        case StatusChanged():
            change = {
                "user_id": event.user_id,
                "user": await _profile(ctx, event.user_id),
                "status": event.status,
                "at": rfc3339(event.at_ms),
            }
            return Message.of("user:status_change", event.at_ms, change)
        case _:
            raise TypeError(f"{type(event).__name__} is told to nobody")


async def _profile(ctx: Context, user_id: str) -> dict[str, Any] | None:
    """None for an account that is gone."""
    user = await get_user(ctx, user_id)
    if user is None:
        return None
    return {"id": user.id, "name": user.name, "avatar_url": user.avatar_url}
