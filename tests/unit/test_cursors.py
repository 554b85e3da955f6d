"""Cursors say where somebody was, to us alone."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.cursors import CursorSigner

OLD, NEW = b"the old secret of the tests", b"the new secret of the tests"
POSITIONS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), POSITIONS)
def test_a_cursor_gives_its_position_back(name: str, position: str) -> None:
    signer = CursorSigner([NEW])

    assert signer.read(name, signer.sign(name, position)) == position


@given(POSITIONS)
def test_a_cursor_of_one_list_is_none_of_another(position: str) -> None:
    signer = CursorSigner([NEW])

    with pytest.raises(ValueError, match="is not a cursor of this list"):
        signer.read("users", signer.sign("activity", position))


@given(st.text(max_size=100))
def test_nobody_can_make_one_up(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cursor"):
        CursorSigner([NEW]).read("users", text)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_byte_of_one_can_be_changed(place: int, change: int) -> None:
    signer = CursorSigner([NEW])
    # 12 bytes of MAC and 12 of position: base64 without padding.
    raw = bytearray(base64.urlsafe_b64decode(signer.sign("users", "0123456789ab")))
    raw[place % len(raw)] ^= change
    cursor = base64.urlsafe_b64encode(raw).decode().rstrip("=")

    with pytest.raises(ValueError, match="is not a cursor"):
        signer.read("users", cursor)


def test_cursors_outlive_a_rotation_until_the_key_is_retired() -> None:
    cursor = CursorSigner([OLD]).sign("users", "position")

    assert CursorSigner([NEW, OLD]).read("users", cursor) == "position"
    with pytest.raises(ValueError, match="is not a cursor"):
        CursorSigner([NEW]).read("users", cursor)


def test_a_cursor_does_not_show_its_position() -> None:
    position = "1763806831123-a_01hf7yat00ek3je2dbesnynrdd"

    cursor = CursorSigner([NEW]).sign("activity", position)

    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert not any(position[i : i + 4].encode() in raw for i in range(len(position)))
