"""What the service itself tells people: that something befell their account."""

from domain.activity import Severity
from domain.devices import device_of
from domain.notifications import NotificationDraft
from domain.sessions import Session
from resolvers.context import Context
from resolvers.notifications import notify


async def tell_of_theft(ctx: Context, session: Session) -> None:
    """To whose session it was, of which somebody else had a token."""
    draft = NotificationDraft(
        title="One of your sessions was ended",
        body=f"Session: {session.device}. A token of it was used a second time, so "
        "somebody else may have a copy. Sign in again there, and change your password "
        "if you do not know how that came about.",
        level=Severity.WARNING,
    )
    await notify(ctx.services, session.user_id, draft)


async def tell_of_new_password(ctx: Context, user_id: str) -> None:
    """To whose password it is, on every device that is still signed in."""
    draft = NotificationDraft(
        title="Your password was changed",
        body=f"Device: {device_of(ctx.origin.user_agent)}. Your other sessions were "
        "ended. If that was not you, tell an administrator.",
        level=Severity.NOTICE,
    )
    await notify(ctx.services, user_id, draft)


async def tell_of_set_password(ctx: Context, user_id: str) -> None:
    """To whose password it is, once they are signed in with it."""
    draft = NotificationDraft(
        title="Your password was set",
        body="Somebody who runs the service set it, and your sessions were ended. If "
        "you did not ask for that, tell an administrator.",
        level=Severity.WARNING,
    )
    await notify(ctx.services, user_id, draft)
