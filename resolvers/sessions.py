"""Where a person is signed in."""

import asyncio

from domain.activity import Activity, Severity
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
    entry = _ending(ctx, session)
    was_live = await ctx.repos.sessions.revoke(session.id, entry=entry)
    await forget(ctx.services, session.user_id)
    if was_live:
        await append(ctx, [entry])
    return was_live


async def revoke_other_sessions(ctx: Context) -> list[SessionId]:
    """End every session of the asking person but this one, each with its entry;
    those that were live until now.

    Raises:
        Unavailable: some may have been ended; their entries follow. Ask again for
            the others.
    """
    user_id = ctx.principal.require_user()
    sessions = await ctx.repos.sessions.of_user(user_id)
    others = [one for one in sessions if one.id != ctx.principal.session_id]
    entries = [_ending(ctx, one) for one in others]
    revoke = ctx.repos.sessions.revoke
    pairs = zip(others, entries, strict=True)
    answers = await asyncio.gather(
        *(revoke(session.id, entry=entry) for session, entry in pairs),
        return_exceptions=True,
    )
    # Whatever failed: those that ended are felt to have ended, and told.
    await forget(ctx.services, user_id)
    ended = [which for which, answer in enumerate(answers) if answer is True]
    await append(ctx, [entries[which] for which in ended])
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
    return [others[which].id for which in ended]


def _ending(ctx: Context, session: Session) -> Activity:
    return entry_for(
        ctx,
        "session.revoked",
        summary=f"{ctx.principal.label} ended a session on {session.device}",
        target=("user", session.user_id, session.device),
        severity=Severity.NOTICE,
    )
