"""Opening a session, and the pairs of tokens it hands out."""

import hashlib
import secrets
from dataclasses import dataclass, replace

from domain.devices import device_of
from domain.errors import BadRefreshToken
from domain.ids import SESSION, SessionId
from domain.principal import Principal
from domain.sessions import SESSIONS_PER_USER_MAX, Session
from domain.users import User
from kit.ids import random_id
from kit.tokens import Claims
from resolvers.authenticate import forget
from resolvers.context import Context

_JTI_BYTES = 16  # 128 random bits


@dataclass(frozen=True)
class SignIn:
    """A pair of tokens; the access token is good for `expires_in_s` from now."""

    access_token: str
    refresh_token: str
    expires_in_s: int
    user: User


async def open_session(ctx: Context, user: User) -> SignIn:
    """A new session of `user` on the asking device, with its first pair.

    Beyond 20 sessions the oldest is revoked. From here on the request is theirs:
    `ctx.principal` becomes the user.
    """
    now_ms = ctx.now_ms()
    refresh_jti = secrets.token_hex(_JTI_BYTES)
    session = Session(
        id=SessionId(random_id(SESSION)),
        user_id=user.id,
        current_hash=jti_hash(refresh_jti),
        spent_hash="",
        created_ms=now_ms,
        rotated_ms=now_ms,
        seen_ms=now_ms,
        expires_ms=now_ms + ctx.limits.refresh_token_ttl_s * 1000,
        absolute_expires_ms=now_ms + ctx.limits.session_absolute_ttl_s * 1000,
        revoked=False,
        device=device_of(ctx.origin.user_agent),
        ip=ctx.origin.address or "",
    )
    await ctx.repos.sessions.insert(session)
    await _link(ctx, user, session.id)
    await ctx.repos.users.touch({user.id: now_ms})
    ctx.services.touches.is_due(session.id, now_ms)  # it has just been touched
    access_jti = secrets.token_hex(_JTI_BYTES)
    user = replace(user, seen_ms=now_ms)
    return _pair(ctx, user, session, refresh_jti=refresh_jti, access_jti=access_jti)


def successor(ctx: Context, user: User, session: Session, spent_jti: str) -> SignIn:
    """The pair that follows the refresh token `spent_jti` of the session.

    Nothing of it is stored but a hash: its ids are derived from the spent one and
    its times from the session, so that it can be made again, byte for byte.

    Raises:
        BadRefreshToken: it was made with a key that has been retired since.
    """
    tokens = ctx.services.tokens
    candidates = zip(
        tokens.derive("refresh", spent_jti),
        tokens.derive("access", spent_jti),
        strict=True,
    )
    for refresh_jti, access_jti in candidates:
        if jti_hash(refresh_jti) == session.current_hash:
            return _pair(
                ctx, user, session, refresh_jti=refresh_jti, access_jti=access_jti
            )
    raise BadRefreshToken


def jti_hash(jti: str) -> str:
    """What is stored of a refresh token: the SHA-256 of its id."""
    return hashlib.sha256(jti.encode(errors="surrogatepass")).hexdigest()


async def _link(ctx: Context, user: User, session_id: SessionId) -> None:
    dropped = await ctx.repos.users.link_session(
        user.id, session_id, keep=SESSIONS_PER_USER_MAX
    )
    for old in dropped:
        await ctx.repos.sessions.revoke(SessionId(old))
    if dropped:
        await forget(ctx.services, user.id)


def _pair(
    ctx: Context, user: User, session: Session, *, refresh_jti: str, access_jti: str
) -> SignIn:
    iat_s = session.rotated_ms // 1000
    access = Claims(
        sub=user.id,
        email=user.email,
        sid=session.id,
        jti=access_jti,
        type="access",
        iat_s=iat_s,
        exp_s=iat_s + ctx.limits.access_token_ttl_s,
    )
    refresh = replace(
        access, jti=refresh_jti, type="refresh", exp_s=session.expires_ms // 1000
    )
    ctx.principal = Principal(
        role=user.role,
        label=user.name,
        user_id=user.id,
        session_id=session.id,
        token_expires_ms=access.exp_s * 1000,
    )
    sign = ctx.services.tokens.sign
    expires_in_s = access.exp_s - ctx.now_ms() // 1000
    return SignIn(sign(access), sign(refresh), expires_in_s, user)
