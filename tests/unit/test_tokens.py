"""Tokens are believed only when every part of them is right."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.tokens import BadToken, Claims, ExpiredToken, TokenSigner
from tests.support.clock import ManualClock

SECRET = "a secret of the tests that is long enough"
OTHER = "another secret of the tests, as long as that"
CLOCK = ManualClock()
NOW_S = CLOCK.now_ms() // 1000
CLAIMS = Claims(
    sub="u_1",
    email="ana@example.com",
    sid="s_1",
    jti="0123456789abcdef0123456789abcdef",
    type="access",
    iat_s=NOW_S,
    exp_s=NOW_S + 1800,
)


def signer(*secrets: str, clock: ManualClock = CLOCK) -> TokenSigner:
    return TokenSigner(secrets or (SECRET,), clock)


def parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    head, body, _ = token.split(".")
    return _json(head), _json(body)


def forged(
    head: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
    *,
    without: str = "",
    secret: str = SECRET,
) -> str:
    """A good access token with changes, signed as if it were ours."""
    header, payload = parts(signer().sign(CLAIMS))
    header |= head or {}
    payload |= body or {}
    payload.pop(without, None)
    header.pop(without, None)
    message = f"{_b64(header)}.{_b64(payload)}"
    mac = hmac.digest(secret.encode(), message.encode(), "sha256")
    return f"{message}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _b64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _json(part: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=="))
    return loaded


def test_a_token_says_what_was_signed() -> None:
    assert signer().verify(signer().sign(CLAIMS), "access") == CLAIMS


def test_equal_claims_make_equal_bytes() -> None:
    assert signer().sign(CLAIMS) == signer().sign(replace(CLAIMS))


def test_the_documented_claims_and_header_are_there() -> None:
    header, payload = parts(signer().sign(CLAIMS))

    assert header["typ"] == "at+jwt"
    assert header["alg"] == "HS256"
    assert SECRET not in header["kid"]
    assert payload == {
        "iss": "user-dashboard",
        "aud": "user-dashboard",
        "sub": "u_1",
        "email": "ana@example.com",
        "type": "access",
        "sid": "s_1",
        "jti": CLAIMS.jti,
        "iat": NOW_S,
        "nbf": NOW_S,
        "exp": NOW_S + 1800,
    }


def test_any_jwt_library_with_the_secret_can_read_it() -> None:
    options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    token = signer().sign(CLAIMS)

    payload = jwt.decode(
        token, SECRET, ["HS256"], options=options, audience="user-dashboard"
    )

    assert payload["sub"] == "u_1"


def test_the_forge_itself_makes_good_tokens() -> None:
    assert signer().verify(forged(), "access") == CLAIMS


@pytest.mark.parametrize(
    "name", ["sub", "email", "type", "sid", "jti", "iss", "aud", "iat", "nbf", "exp"]
)
def test_a_missing_claim_is_refused(name: str) -> None:
    with pytest.raises(BadToken):
        signer().verify(forged(without=name), "access")


@pytest.mark.parametrize("name", ["typ", "kid", "alg"])
def test_a_missing_header_is_refused(name: str) -> None:
    with pytest.raises(BadToken):
        signer().verify(forged(without=name), "access")


@pytest.mark.parametrize(
    "body",
    [
        {"iss": "somebody-else"},
        {"aud": "somebody-else"},
        {"aud": ["user-dashboard", "somebody-else"]},
        {"type": "refresh"},
        {"type": 1},
        {"sub": ""},
        {"sub": 7},
        {"sub": None},
        {"sid": {"$ne": ""}},
        {"jti": ["a"]},
        {"email": None},
        {"exp": str(NOW_S + 1800)},
        {"exp": NOW_S + 1800.5},
        {"iat": True},
        {"iat": NOW_S + 61, "exp": NOW_S + 1800},
        {"nbf": NOW_S + 61},
        {"exp": NOW_S + 1861},
        {"exp": 10**30},
        {"iat": -(10**30)},
    ],
    ids=str,
)
def test_a_wrong_claim_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        signer().verify(forged(body=body), "access")


@pytest.mark.parametrize(
    "head",
    [
        {"typ": "JWT"},
        {"typ": "rt+jwt"},
        {"typ": None},
        {"kid": "unknown"},
        {"kid": ["list"]},
        {"kid": "../../etc/passwd"},
        {"alg": "HS384"},
        {"alg": "RS256"},
        {"alg": "hs256"},
        {"crit": ["exp"]},
        {"crit": ["b64"], "b64": False},
        {"crit": []},
        {"b64": False},
    ],
    ids=str,
)
def test_a_wrong_header_is_refused(head: dict[str, Any]) -> None:
    with pytest.raises(BadToken):
        signer().verify(forged(head), "access")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None])
def test_an_unsigned_token_is_refused(algorithm: str | None) -> None:
    header, payload = parts(signer().sign(CLAIMS))
    message = f"{_b64(header | {'alg': algorithm})}.{_b64(payload)}"

    for token in (f"{message}.", message, f"{message}.AAAA"):
        with pytest.raises(BadToken):
            signer().verify(token, "access")


def test_keys_a_token_brings_along_are_not_looked_at() -> None:
    brought = {
        "jku": "https://attacker.example/keys",
        "x5u": "https://attacker.example/cert",
        "jwk": {"kty": "oct", "k": "AAAA"},
    }

    assert signer().verify(forged(brought), "access") == CLAIMS
    with pytest.raises(BadToken):
        signer().verify(forged(brought, secret=OTHER), "access")


def test_a_token_ends_when_it_says() -> None:
    token = signer().sign(CLAIMS)
    clock = ManualClock()

    clock.advance(1799.999)
    assert signer(clock=clock).verify(token, "access") == CLAIMS
    clock.advance(0.001)
    with pytest.raises(ExpiredToken):
        signer(clock=clock).verify(token, "access")


def test_a_token_that_was_good_once_is_not_remembered_as_good() -> None:
    clock = ManualClock()
    same = signer(clock=clock)
    token = same.sign(CLAIMS)
    assert same.verify(token, "access") == CLAIMS

    clock.advance(1800)

    with pytest.raises(ExpiredToken):
        same.verify(token, "access")
    with pytest.raises(BadToken):
        same.verify(token, "refresh")


def test_a_replica_whose_clock_is_a_minute_behind_believes_a_fresh_token() -> None:
    behind = ManualClock()
    behind.advance(-60)

    assert signer(clock=behind).verify(signer().sign(CLAIMS), "access") == CLAIMS


def test_a_token_of_one_kind_is_none_of_the_other() -> None:
    refresh = replace(CLAIMS, type="refresh", exp_s=NOW_S + 604_800)

    assert signer().verify(signer().sign(refresh), "refresh") == refresh
    with pytest.raises(BadToken):
        signer().verify(signer().sign(refresh), "access")
    with pytest.raises(BadToken):
        signer().verify(signer().sign(CLAIMS), "refresh")


def test_after_a_rotation_old_tokens_still_count_until_the_key_is_retired() -> None:
    old = signer(OTHER).sign(CLAIMS)

    assert signer(SECRET, OTHER).verify(old, "access") == CLAIMS
    assert parts(signer(SECRET, OTHER).sign(CLAIMS))[0] != parts(old)[0]
    with pytest.raises(BadToken):
        signer(SECRET).verify(old, "access")


def test_a_key_that_is_too_short_signs_nothing() -> None:
    with pytest.raises(jwt.InvalidKeyError):
        signer("short").sign(CLAIMS)


def test_derived_ids_follow_from_key_label_and_id_alone() -> None:
    derive = signer(SECRET, OTHER).derive

    assert derive("refresh", "a") == signer(SECRET, OTHER).derive("refresh", "a")
    distinct = {
        *derive("refresh", "a"),
        *derive("access", "a"),
        *derive("refresh", "b"),
    }
    assert len(distinct) == 6
    assert all(len(bytes.fromhex(one)) == 16 for one in distinct)
    assert signer(OTHER).derive("refresh", "a") == derive("refresh", "a")[1:]


def test_derived_ids_are_not_plain_hashes() -> None:
    (derived,) = signer().derive("refresh", "a")

    assert derived not in hashlib.sha256(b"refresh\x00a").hexdigest()


@given(st.text(max_size=300))
def test_any_text_is_a_bad_token_and_nothing_worse(text: str) -> None:
    with pytest.raises(BadToken):
        signer().verify(text, "access")


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255))
def test_no_single_byte_can_be_changed(position: int, value: int) -> None:
    raw = bytearray(signer().sign(CLAIMS).encode())
    # The last character of a MAC has two bits that mean nothing.
    position %= len(raw) - 1
    if raw[position] == value:
        return
    raw[position] = value

    with pytest.raises(BadToken):
        signer().verify(raw.decode("latin-1"), "access")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
    )
)
def test_any_json_as_payload_is_a_bad_token(payload: object) -> None:
    header, _ = parts(signer().sign(CLAIMS))
    message = f"{_b64(header)}.{_b64(payload)}"
    mac = hmac.digest(SECRET.encode(), message.encode(), "sha256")
    token = f"{message}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    with pytest.raises(BadToken):
        signer().verify(token, "access")


def test_deep_nesting_is_a_bad_token() -> None:
    deep = base64.urlsafe_b64encode(b"[" * 2_000).decode().rstrip("=")
    header, _, mac = signer().sign(CLAIMS).split(".")

    for token in (f"{deep}.{deep}.{mac}", f"{header}.{deep}.{mac}"):
        with pytest.raises(BadToken):
            signer().verify(token, "access")
