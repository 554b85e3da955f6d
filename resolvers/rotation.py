"""What becomes of a session when one of its refresh tokens is presented."""

from dataclasses import replace

from domain.activity import Severity
from domain.errors import BadRefreshToken
from domain.ids import SessionId
from domain.sessions import Session
from domain.users import AccountStatus, User
from kit.tokens import Claims
from resolvers.audit import append, entry_for
from resolvers.authenticate import forget
from resolvers.context import Context
from resolvers.notices import tell_of_theft
from resolvers.sign_in import jti_hash


async def owned(ctx: Context, claims: Claims) -> tuple[Session, User]:
    """The session a refresh token belongs to, and its user.

    Raises:
        BadRefreshToken: one of them is gone, or the account is disabled.
    """
    session = await ctx.repos.sessions.get(SessionId(claims.sid))
    if session is None or session.user_id != claims.sub:
        raise BadRefreshToken
    user = await ctx.repos.users.get(session.user_id)
    if user is None or user.status is not AccountStatus.ACTIVE:
        raise BadRefreshToken
    return session, user


async def rotate(ctx: Context, session: Session, jti: str) -> Session | None:
    """Spend the token `jti`; None when it is no longer the good one."""
    now_ms = ctx.now_ms()
    idle_ms = now_ms + ctx.limits.refresh_token_ttl_s * 1000
    return await ctx.repos.sessions.rotate(
        session.id,
        spent_hash=jti_hash(jti),
        new_hash=jti_hash(ctx.services.tokens.derive("refresh", jti)[0]),
        now_ms=now_ms,
        expires_ms=min(idle_ms, session.absolute_expires_ms),
    )


async def end_stolen(ctx: Context, session: Session, user: User) -> None:
    """End a session of which somebody else has a token; told once, to its owner too."""
    entry = entry_for(
        ctx,
        "auth.refresh_reuse",
        summary=f"A spent refresh token of {user.name} was used: session ended",
        target=("user", user.id, user.name),
        severity=Severity.WARNING,
        actor=replace(ctx.principal, session_id=session.id),
    )
    if not await ctx.repos.sessions.revoke(session.id, entry=entry):
        return
    await forget(ctx.services, user.id)
    await append(ctx, [entry])
    await tell_of_theft(ctx, session)
