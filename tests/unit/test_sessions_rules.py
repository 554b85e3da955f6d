"""What a presented refresh token is to its session."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.devices import device_of
from domain.ids import SessionId, UserId
from domain.sessions import SAME_SUCCESSOR_MS, Session, Verdict, judge

T = 1_750_000_000_000
SESSION = Session(
    id=SessionId("s_1"),
    user_id=UserId("u_1"),
    current_hash="current",
    spent_hash="spent",
    created_ms=T - 50_000,
    rotated_ms=T,
    seen_ms=T,
    expires_ms=T + 600_000,
    absolute_expires_ms=T + 900_000,
    revoked=False,
    device="Firefox on Linux",
    ip="192.0.2.7",
)

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"


def test_the_current_token_is_spent_for_its_successor() -> None:
    assert judge(SESSION, "current", T + 1) is Verdict.ROTATE


def test_the_spent_one_repeats_for_ten_seconds_and_is_theft_after() -> None:
    assert judge(SESSION, "spent", T) is Verdict.REPEAT
    assert judge(SESSION, "spent", T + SAME_SUCCESSOR_MS) is Verdict.REPEAT
    assert judge(SESSION, "spent", T + SAME_SUCCESSOR_MS + 1) is Verdict.THEFT


def test_any_other_token_of_the_family_is_theft_at_any_time() -> None:
    assert judge(SESSION, "grandparent", T) is Verdict.THEFT


def test_no_token_of_a_session_that_never_rotated_repeats() -> None:
    assert judge(replace(SESSION, spent_hash=""), "other", T) is Verdict.THEFT


@given(st.sampled_from(["current", "spent", "older"]), st.integers(T, T + 2_000_000))
def test_a_session_that_is_over_has_nothing_to_lose(token: str, now_ms: int) -> None:
    revoked = replace(SESSION, revoked=True)

    assert judge(revoked, token, now_ms) is Verdict.DEAD
    if now_ms >= SESSION.expires_ms:
        assert judge(SESSION, token, now_ms) is Verdict.DEAD


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Firefox on Linux"),
        (f"{WINDOWS} {WEBKIT} Chrome/138.0 Safari/537.36 Edg/138.0", "Edge on Windows"),
        (f"{MAC} {WEBKIT} Chrome/138.0 Safari/537.36", "Chrome on macOS"),
        (f"{IPHONE} {WEBKIT} Version/18.5 Safari/604.1", "Safari on iPhone"),
        (f"{ANDROID} {WEBKIT} Chrome/138.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "curl"),
        ("python-httpx/0.28.1", "Python"),
        ("", "Unknown device"),
        (None, "Unknown device"),
        ("\x00 nonsense \u202e", "Unknown device"),
    ],
)
def test_a_device_is_named_in_words(agent: str | None, device: str) -> None:
    assert device_of(agent) == device
