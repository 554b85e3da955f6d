"""What a body must be to count as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.strict_json import loads

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_any_json_value_is_read_as_it_was_written(value: object) -> None:
    assert loads(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "expecting value (line 1, column 1)"),
        (b"{", "expecting property name"),
        (b'{"a": 1,}', "expecting property name"),
        (b"\xff\xfe", "byte 1 is not UTF-8"),
        (b'"\xed\xa0\x80"', "byte 2 is not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "is not UTF-8"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (b'{"a": 1, "a": 1}', "a key is given twice"),
        (b'{"b": {"a": 1, "a": 2}}', "a key is given twice"),
        (b"NaN", "NaN is not a JSON value"),
        (b"[-Infinity]", "-Infinity is not a JSON value"),
        (b"1e400", "a number is too large"),
        (b"9223372036854775808", "more than 64 bits"),
        (b"9" * 6_000, "more than 64 bits"),
        (b"[" * 101 + b"]" * 101, "nested more than 100 deep"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "nested more than 100 deep"),
        (b"[" * 40_000, "nested more than 100 deep"),
    ],
)
def test_what_parsers_disagree_about_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        loads(body)

    assert reason in str(refused.value)


def test_a_hundred_levels_are_fine() -> None:
    assert loads(b"[" * 100 + b"]" * 100)


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert loads(b"[" + b"[],{}," * 500 + b"1]")[-1] == 1
