"""From a bearer token to who is asking, with one look at Redis as a rule."""

import base64
import hashlib
from contextlib import suppress
from typing import Any

from domain.errors import NotAuthenticated, TokenExpired, Unavailable
from domain.events import AccessChanged
from domain.ids import ApiKeyId, SessionId, UserId
from domain.principal import ANONYMOUS, Principal, Role
from domain.users import AccountStatus
from kit.jsonio import dumps, loads
from kit.tokens import BadToken, Claims, ExpiredToken
from persistence.keys import AUTH_EPOCH, SESSION
from resolvers.context import Services

API_KEY_PREFIX = "udk_"
_HASH_LENGTH = 43  # all of a SHA-256 in base64url


async def authenticate(services: Services, bearer: str | None) -> Principal:
    """The principal of an access token or an API key; nobody's without one.

    A bad token is not raised but kept as `Principal.refusal`, for those who need
    somebody signed in. Costs one round trip to Redis when the session was looked
    up lately (`limits.session_recheck_s`) and nothing about its user changed
    since; otherwise two reads of MongoDB more, which is also how it works while
    Redis is down. An API key costs one read of MongoDB.

    Raises:
        Unavailable: MongoDB was needed and did not answer.
    """
    if bearer is None:
        return ANONYMOUS
    if bearer.startswith(API_KEY_PREFIX):
        return await _machine(services, bearer)
    try:
        claims = services.tokens.verify(bearer, "access")
    except ExpiredToken:
        return Principal(refusal=TokenExpired())
    except BadToken:
        return Principal(refusal=NotAuthenticated("The access token is not valid"))
    found = await _facts(services, claims)
    if found is None:
        return Principal(refusal=NotAuthenticated("The session is over: sign in again"))
    await touch(services, claims.sub, claims.sid)
    return Principal(
        role=Role(found["role"]),
        label=found["name"],
        user_id=UserId(claims.sub),
        session_id=SessionId(claims.sid),
        token_expires_ms=claims.exp_s * 1000,
    )


async def forget(services: Services, user_id: str) -> None:
    """Make every cached session of the user worthless, on every replica.

    To be called after each change to a user or their sessions: the next request
    looks at MongoDB again, and so does whoever holds a connection of theirs. With
    Redis down nothing is cached, or nothing for longer than
    `limits.session_recheck_s`.
    """
    await services.cache.renew_word(AUTH_EPOCH.key(user_id=user_id), _epoch_ttl_s())
    told = AccessChanged(user_id=user_id, at_ms=services.clock.now_ms())
    await services.live.bus.publish(told)


async def touch(services: Services, user_id: str, session_id: str) -> None:
    """Note that the session is in use, at most once a minute.

    A figure for people to look at: when it cannot be written, it is not.
    """
    now_ms = services.clock.now_ms()
    if not services.touches.is_due(session_id, now_ms):
        return
    with suppress(Unavailable):
        await services.repos.sessions.touch(SessionId(session_id), now_ms)
        await services.repos.users.touch({UserId(user_id): now_ms})


def secret_hash(secret: str) -> str:
    """What of an API key is stored, and what it is found by."""
    digest = hashlib.sha256(secret.encode(errors="surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_HASH_LENGTH]


async def _machine(services: Services, secret: str) -> Principal:
    key = await services.repos.api_keys.by_hash(secret_hash(secret))
    if key is None or key.revoked:
        return Principal(refusal=NotAuthenticated("The API key is not valid"))
    now_ms = services.clock.now_ms()
    if services.touches.is_due(key.id, now_ms):
        with suppress(Unavailable):
            await services.repos.api_keys.touch(key.id, now_ms)
    return Principal(role=Role.SERVICE, label=key.name, key_id=ApiKeyId(key.id))


async def _facts(services: Services, claims: Claims) -> dict[str, Any] | None:
    """What is true of the session and its user now; None when it is over."""
    session_key = SESSION.key(token=claims.jti)
    epoch_key = AUTH_EPOCH.key(user_id=claims.sub)
    cached, epoch = await services.cache.get_many([session_key, epoch_key])
    now_ms = services.clock.now_ms()
    word = None if epoch is None else epoch.decode()
    facts = _believed(cached, word, now_ms, services.limits.session_recheck_s)
    if facts is not None:
        return facts
    # The word is taken before MongoDB is read: a change that comes between the two
    # renews it, and what is cached here under the old one counts for nothing.
    word = word or await services.cache.word(epoch_key, _epoch_ttl_s())
    facts = await _look_up(services, claims, now_ms)
    if facts is not None and word is not None:
        entry = {**facts, "epoch": word, "confirmed_ms": now_ms}
        await services.cache.set(session_key, dumps(entry), SESSION.ttl_s or 0)
    return facts


def _believed(
    cached: bytes | None, word: str | None, now_ms: int, recheck_s: int
) -> dict[str, Any] | None:
    """The cached facts if they are of this epoch and were confirmed lately."""
    if cached is None or word is None:
        return None
    try:
        entry: dict[str, Any] = loads(cached)
        age_ms = now_ms - entry["confirmed_ms"]
        current = entry["epoch"] == word and 0 <= age_ms <= recheck_s * 1000
    except (ValueError, TypeError, KeyError):
        return None
    return entry if current else None


async def _look_up(
    services: Services, claims: Claims, now_ms: int
) -> dict[str, Any] | None:
    session = await services.repos.sessions.get(SessionId(claims.sid))
    if session is None or session.user_id != claims.sub or not session.is_live(now_ms):
        return None
    user = await services.repos.users.get(session.user_id)
    if user is None or user.status is not AccountStatus.ACTIVE:
        return None
    return {
        "user_id": user.id,
        "email": user.email,
        "name": user.name,
        "role": user.role.value,
    }


def _epoch_ttl_s() -> int:
    assert AUTH_EPOCH.ttl_s is not None
    return AUTH_EPOCH.ttl_s
