"""Access and refresh tokens: JWT, HS256, signed and read by one strict rule."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import jwt

from kit.clock import Clock

Kind = Literal["access", "refresh"]

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "user-dashboard"
CLOCK_SKEW_S = 60  # how far apart the clocks of two replicas may be
_TYP: Mapping[str, str] = {"access": "at+jwt", "refresh": "rt+jwt"}
_TOKEN_MAX = 4_096  # ours have some 500 characters
_TEXT_CLAIMS = ("sub", "email", "sid", "jti", "type")
_TIME_CLAIMS = ("iat", "nbf", "exp")
_DERIVED_HEX = 32  # 128 bits
_REMEMBERED = 4_096


class BadToken(ValueError):
    """Not a token of ours, or not of the kind asked for."""


class ExpiredToken(BadToken):
    """A good token whose time is over."""


@dataclass(frozen=True)
class Claims:
    """What a token says: `type` is "access" or "refresh", times are epoch seconds."""

    sub: str
    email: str
    sid: str
    jti: str
    type: str
    iat_s: int
    exp_s: int


class TokenSigner:
    """Signs with the first secret, verifies with all: that is how keys rotate."""

    def __init__(
        self,
        secrets: Sequence[str],
        clock: Clock,
        *,
        access_ttl_s: int = 1_800,
        refresh_ttl_s: int = 604_800,
    ) -> None:
        """The lifetimes bound what is believed: a token made to live longer is bad."""
        self._clock = clock
        self._max_life_s = {"access": access_ttl_s, "refresh": refresh_ttl_s}
        self._keys = {_kid(secret): secret.encode() for secret in secrets}
        self._signing_kid = next(iter(self._keys))
        self._derive_keys = [
            hashlib.sha256(b"user-dashboard derive\x00" + key).digest()
            for key in self._keys.values()
        ]
        # The same token comes with every request: reading it costs 60 µs (2026-11).
        self._read = lru_cache(_REMEMBERED)(self._read_anew)
        # Expiry is checked here rather than there, against our own clock.
        self._jwt = jwt.PyJWT(
            options={
                "require": ["iss", "aud", *_TEXT_CLAIMS, *_TIME_CLAIMS],
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "strict_aud": True,
                "enforce_minimum_key_length": True,
            }
        )

    @property
    def kids(self) -> tuple[str, ...]:
        """Names of the live keys, which tell nothing about them; the signing one
        first.
        """
        return tuple(self._keys)

    def sign(self, claims: Claims) -> str:
        """The token of these claims: the same bytes for equal claims and key."""
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": claims.sub,
            "email": claims.email,
            "type": claims.type,
            "sid": claims.sid,
            "jti": claims.jti,
            "iat": claims.iat_s,
            "nbf": claims.iat_s,
            "exp": claims.exp_s,
        }
        headers = {"typ": _TYP[claims.type], "kid": self._signing_kid}
        key = self._keys[self._signing_kid]
        return self._jwt.encode(payload, key, ALGORITHM, headers)

    def verify(self, token: str, kind: Kind) -> Claims:
        """The claims of a token of that kind which is good now.

        One algorithm, a fixed map of keys, every claim required. `jku`, `x5u` and
        `jwk` in the header are not looked at. Clocks may differ by a minute when
        it comes to a token's start; its end is its end.

        Raises:
            ExpiredToken: it was good, and its time is over.
            BadToken: anything else is wrong with it.
        """
        claims, nbf_s = self._read(token, kind)
        self._check_times(claims, nbf_s)
        return claims

    def derive(self, label: str, jti: str) -> list[str]:
        """Ids that follow from `jti`, and that nobody without a key can foresee.

        128 bits in hex, one for each live key, the signing key's first. The same
        label and `jti` give the same ids for as long as the keys live.
        """
        message = f"{label}\x00{jti}".encode()
        return [
            hmac.digest(key, message, "sha256").hex()[:_DERIVED_HEX]
            for key in self._derive_keys
        ]

    def _read_anew(self, token: str, kind: Kind) -> tuple[Claims, int]:
        """The claims of a token of ours, good or over, and when it starts."""
        key = self._key_of(token, kind)
        try:
            payload = self._jwt.decode(
                token, key, [ALGORITHM], issuer=ISSUER, audience=AUDIENCE
            )
        except (jwt.InvalidTokenError, ValueError, RecursionError) as err:
            raise BadToken("is not a token of ours") from err
        return _claims_of(payload, kind)

    def _key_of(self, token: str, kind: Kind) -> bytes:
        if len(token) > _TOKEN_MAX or token.count(".") != 2:  # noqa: PLR2004  parts
            raise BadToken("is not a token of ours")
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.InvalidTokenError, ValueError, RecursionError) as err:
            raise BadToken("is not a token of ours") from err
        kid = header.get("kid")
        key = self._keys.get(kid) if isinstance(kid, str) else None
        if key is None or header.get("alg") != ALGORITHM or "crit" in header:
            raise BadToken("is not signed by a key of ours")
        if header.get("typ") != _TYP[kind]:
            raise BadToken(f"is no {kind} token")
        return key

    def _check_times(self, claims: Claims, nbf_s: int) -> None:
        now_ms = self._clock.now_ms()
        life_s = claims.exp_s - claims.iat_s
        if not 0 < life_s <= self._max_life_s[claims.type] + CLOCK_SKEW_S:
            raise BadToken("lives longer than a token may")
        if max(claims.iat_s, nbf_s) > now_ms // 1000 + CLOCK_SKEW_S:
            raise BadToken("is not good yet")
        if now_ms >= claims.exp_s * 1000:
            raise ExpiredToken("has expired")


def _claims_of(payload: Mapping[str, Any], kind: Kind) -> tuple[Claims, int]:
    texts = {name: payload[name] for name in _TEXT_CLAIMS}
    times = {name: payload[name] for name in _TIME_CLAIMS}
    if not all(isinstance(text, str) and text for text in texts.values()):
        raise BadToken("has a claim of the wrong type")
    if not all(type(time) is int for time in times.values()):
        raise BadToken("has a time that is no whole number of seconds")
    if payload["type"] != kind:
        raise BadToken(f"is no {kind} token")
    claims = Claims(**texts, iat_s=times["iat"], exp_s=times["exp"])
    return claims, times["nbf"]


def _kid(secret: str) -> str:
    """A name for a key that tells nothing about it."""
    digest = hashlib.sha256(b"user-dashboard kid\x00" + secret.encode())
    return digest.hexdigest()[:16]
