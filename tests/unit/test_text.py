"""Texts from outside."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.text import check_text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=50))
def test_any_printable_text_comes_back_in_nfc(raw: str) -> None:
    assert check_text(raw, "name") == unicodedata.normalize("NFC", raw)


@given(
    st.text(max_size=10),
    st.characters(categories=["Cc", "Cs"]),
    st.text(max_size=10),
)
def test_control_characters_and_half_surrogates_are_refused_by_field(
    before: str, bad: str, after: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_text(before + bad + after, "title")

    assert caught.value.problems[0].field == "title"


def test_lines_are_let_in_only_where_there_may_be_several() -> None:
    assert check_text("a\tb\r\nc", "body", multiline=True) == "a\tb\r\nc"
    with pytest.raises(InvalidInput):
        check_text("a\nb", "body")
    with pytest.raises(InvalidInput):
        check_text("a\x0bb", "body", multiline=True)


def test_length_is_counted_after_composing() -> None:
    decomposed = unicodedata.normalize("NFD", "é" * 5)

    assert check_text(decomposed, "name", max_length=5) == "é" * 5
    with pytest.raises(InvalidInput):
        check_text("é" * 6, "name", max_length=5)
