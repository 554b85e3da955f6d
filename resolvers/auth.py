"""Signing in and out, and staying signed in."""

from contextlib import suppress

from domain.activity import Severity
from domain.errors import (
    BadCredentials,
    BadRefreshToken,
    InvalidInput,
    NotAllowed,
    Unavailable,
)
from domain.passwords import check_password, read_password
from domain.principal import ANONYMOUS, Principal
from domain.sessions import Session, Verdict, judge
from domain.users import AccountStatus, User, check_email
from kit.tokens import BadToken
from resolvers.audit import append, entry_for, record
from resolvers.authenticate import authenticate, forget, touch
from resolvers.context import Context
from resolvers.guessing import one_guess
from resolvers.limiting import count_refresh
from resolvers.notices import tell_of_new_password
from resolvers.passwords import confirm_password, store_password
from resolvers.rotation import end_stolen, owned, rotate
from resolvers.sign_in import SignIn, jti_hash, open_session, successor

_ROTATE_ATTEMPTS = 3


async def login(ctx: Context, email: str, password: str) -> SignIn:
    """A new session for whoever knows the password; the request becomes theirs.

    An unknown address, a wrong password and a disabled account get the same words
    after the same time, and each try one entry in the trail.

    Raises:
        InvalidInput: no address at all, or a password of more than 512 bytes.
        BadCredentials: refused.
        RateLimited: refused too often, to this account or from this address.
        Unavailable: too many passwords are being checked already.
    """
    email = check_email(email)
    password = read_password(password)
    user, stored = await _checked(ctx, email, password)
    sign_in = await open_session(ctx, user)
    await _check_again(ctx, user, stored)
    if ctx.services.passwords.needs_rehash(stored):
        with suppress(Unavailable):  # too busy just now: the next sign-in does it
            await store_password(ctx, user, password, instead_of=stored)
    await record(ctx, "auth.login", summary=f"{user.name} signed in", target=_of(user))
    ctx.services.traffic.count("auth.logins", {"result": "ok"})
    return sign_in


async def refresh(ctx: Context, refresh_token: str) -> SignIn:
    """The successor pair of a refresh token, which is spent by it.

    The same token again within 10 seconds gets the same pair; later than that, or
    any older one, ends the session: somebody else has a copy.

    Raises:
        BadRefreshToken: expired, spent, revoked, or none of ours.
        RateLimited: too often from this address.
    """
    await count_refresh(ctx)
    try:
        claims = ctx.services.tokens.verify(refresh_token, "refresh")
    except BadToken as err:
        raise BadRefreshToken from err
    for _ in range(_ROTATE_ATTEMPTS):
        session, user = await owned(ctx, claims)
        verdict = judge(session, jti_hash(claims.jti), ctx.now_ms())
        if verdict is Verdict.DEAD:
            raise BadRefreshToken
        if verdict is Verdict.THEFT:
            await end_stolen(ctx, session, user)
            raise BadRefreshToken
        if verdict is Verdict.REPEAT:
            return await _refreshed(ctx, user, session, claims.jti)
        rotated = await rotate(ctx, session, claims.jti)
        if rotated is not None:
            await touch(ctx.services, user.id, session.id)
            return await _refreshed(ctx, user, rotated, claims.jti)
        # Somebody was faster, with this token or by ending the session: look again.
    raise Unavailable


async def logout(ctx: Context, *, everywhere: bool = False) -> bool:
    """End this session, or all of the user's; true also when it was over already."""
    user_id = ctx.principal.require_user()
    where = " everywhere" if everywhere else ""
    name = ctx.principal.label
    entry = entry_for(
        ctx,
        "auth.logout",
        summary=f"{name} signed out{where}",
        target=("user", user_id, name),
    )
    if everywhere:
        await ctx.repos.sessions.revoke_all(user_id, entry=entry)
    elif ctx.principal.session_id is not None:
        await ctx.repos.sessions.revoke(ctx.principal.session_id, entry=entry)
    await forget(ctx.services, user_id)
    await append(ctx, [entry])
    return True


async def renew(ctx: Context, access_token: str) -> int:
    """Go on with a fresh access token of the same user; when it expires, in epoch ms.

    For a connection that outlives its first token: `ctx.principal` becomes the new
    token's.

    Raises:
        NotAuthenticated: the token does not do, or nobody is signed in.
        NotAllowed: it is somebody else's.
    """
    user_id = ctx.principal.require_user()
    principal = await authenticate(ctx.services, access_token)
    if principal.require_user() != user_id:
        raise NotAllowed("The token belongs to somebody else")
    ctx.principal = principal
    assert principal.token_expires_ms is not None
    return principal.token_expires_ms


async def change_password(ctx: Context, current: str, new: str) -> bool:
    """Set a new password; every other session of the user ends.

    Raises:
        BadCredentials: `current` is wrong.
        InvalidInput: `new` is too short, too common, or the same as before.
    """
    user_id = ctx.principal.require_user()
    user = await confirm_password(ctx, current)
    new = check_password(new, field="newPassword", own=(user.name, user.email))
    if new == read_password(current, field="currentPassword"):
        raise InvalidInput.of("newPassword", "must differ from the current one")
    entry = entry_for(
        ctx,
        "user.password_changed",
        summary=f"{user.name} changed their password",
        target=_of(user),
        severity=Severity.NOTICE,
    )
    await store_password(ctx, user, new, entry=entry)
    await ctx.repos.sessions.revoke_all(user_id, except_id=ctx.principal.session_id)
    await forget(ctx.services, user_id)
    await append(ctx, [entry])
    await tell_of_new_password(ctx, user_id)
    return True


async def _checked(ctx: Context, email: str, password: str) -> tuple[User, str]:
    """Whose password it is, and its hash."""
    user, stored = await ctx.repos.users.credentials_by_email(email) or (None, None)
    async with one_guess(ctx, email, user) as guess:
        if user is None or stored is None:
            await ctx.services.passwords.pretend()
        else:
            matches = await ctx.services.passwords.verify(password, stored)
            guess.was_right = matches and user.status is AccountStatus.ACTIVE
    if user is None or stored is None or not guess.was_right:
        await _refuse_login(ctx, email, user)
        raise BadCredentials
    return user, stored


async def _refuse_login(ctx: Context, email: str, user: User | None) -> None:
    ctx.services.traffic.count("auth.logins", {"result": "failed"})
    await record(
        ctx,
        "auth.login_failed",
        summary=f"Sign-in as {email} was refused",
        target=None if user is None else ("user", user.id, email),
        severity=Severity.NOTICE,
        actor=Principal(label=email),
    )


async def _refreshed(ctx: Context, user: User, session: Session, jti: str) -> SignIn:
    """The successor pair, told once however often it is handed out."""
    sign_in = successor(ctx, user, session, jti)
    await record(
        ctx,
        "auth.refreshed",
        summary=f"{user.name} stayed signed in",
        target=_of(user),
        once=(session.id, jti_hash(jti)),
    )
    return sign_in


async def _check_again(ctx: Context, user: User, stored: str) -> None:
    """Take the session back if the password or the account changed meanwhile.

    Such a change ends the sessions it sees; ours may have been stored after it
    looked. One of the two sees the other, whichever comes first.
    """
    now = await ctx.repos.users.credentials(user.id)
    if now is None or now[1] != stored or now[0].status is not AccountStatus.ACTIVE:
        if ctx.principal.session_id is not None:
            await ctx.repos.sessions.revoke(ctx.principal.session_id)
        ctx.principal = ANONYMOUS
        await _refuse_login(ctx, user.email, user)
        raise BadCredentials


def _of(user: User) -> tuple[str, str, str]:
    return ("user", user.id, user.name)
