"""Tokens and depth, told before a document is parsed."""

import pytest
from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.tokens import COUNTED_MAX, scan

PIECES = st.sampled_from([*"{}()[]:=!|&", "...", "a", "_b9", "-12", "0.5e-3", "$v"])
PIECES |= st.sampled_from(['"t{"', '"\\""', '""', '"""{ " \\""" }"""', '""""""'])
PIECES |= st.sampled_from(["# { ( ", "\n", "\r\n", " ", ",", "\t", "\ufeff"])
PIECES |= st.sampled_from(['"', "'", "é", "\\", ".", "@x", "on"])


def tokens_of(text: str) -> int:
    """As the library's own lexer has it, with comments; what begins and ends the
    document is no token of it.
    """
    lexer = Lexer(Source(text))
    while lexer.advance().kind is not TokenKind.EOF:
        pass
    first, count = lexer.token, 0
    while first.prev is not None:
        first, count = first.prev, count + 1
    return count - 1


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_tokens_are_counted_as_the_lexer_does(text: str) -> None:
    try:
        expected = tokens_of(text)
    except GraphQLSyntaxError:
        scan(text)  # it must only not fail
        return

    assert scan(text).tokens == expected


@pytest.mark.parametrize(
    ("text", "depth", "nesting"),
    [
        ("{ a { b } c { d { e } } }", 3, 3),
        ('{ a(x: {y: [{z: 1}]}) { b(s: "{{{") } }', 2, 5),
        ("{ a # {{{\n }", 1, 1),
        ("}}}} { a }", 1, 1),
        ("{ a( } ) {", 1, 2),
    ],
)
def test_depth_is_that_of_selections_not_of_values_texts_and_comments(
    text: str, depth: int, nesting: int
) -> None:
    found = scan(text)

    assert (found.depth, found.nesting) == (depth, nesting)


@pytest.mark.parametrize("piece", ["{a", " ", '"', '"""', '"""\\', "#\n", "a(", "é"])
def test_counting_ends_early_whatever_the_document_is_made_of(piece: str) -> None:
    assert scan(piece * (262_144 // len(piece))).tokens <= COUNTED_MAX
