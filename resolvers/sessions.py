"""Where a person is signed in."""

from domain.activity import Severity
from domain.errors import NotFound
from domain.ids import SessionId
from domain.sessions import Session
from domain.users import User
from resolvers.audit import append, entry_for, note_read
from resolvers.authenticate import forget
from resolvers.context import Context


async def list_sessions(ctx: Context) -> list[Session]:
    """The asking person's live sessions, newest first; at most 20."""
    return await ctx.repos.sessions.of_user(ctx.principal.require_user())


async def sessions_of(ctx: Context, user: User) -> list[Session] | None:
    """The live sessions of `user`, newest first; None to who may not see them."""
    if not ctx.principal.may_see_private(user.id):
        return None
    if user.id != ctx.principal.user_id:
        await note_read(ctx, "somebody's sessions")
    now_ms = ctx.now_ms()
    sessions = await ctx.loaders.sessions_by_user.load(user.id)
    return [session for session in sessions or () if session.is_live(now_ms)]


async def revoke_session(ctx: Context, session_id: str) -> bool:
    """End a session of one's own, or as an administrator anybody's.

    Returns whether it was live.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    ctx.principal.require_user()
    session = await ctx.repos.sessions.get(SessionId(session_id))
    if session is None or not ctx.principal.may_see_private(session.user_id):
        raise NotFound
    entry = entry_for(
        ctx,
        "session.revoked",
        summary=f"{ctx.principal.label} ended a session on {session.device}",
        target=("user", session.user_id, session.device),
        severity=Severity.NOTICE,
    )
    was_live = await ctx.repos.sessions.revoke(session.id, entry=entry)
    await forget(ctx.services, session.user_id)
    if was_live:
        await append(ctx, [entry])
    return was_live
