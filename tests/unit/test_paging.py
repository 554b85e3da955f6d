"""Connections by the Relay cursor spec: what is asked for, and what comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.paging import Page, PageRequest, page_of, page_request


def asked(
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> PageRequest:
    return page_request(
        first=first,
        after=after,
        last=last,
        before=before,
        read_cursor=lambda cursor, _: cursor,
    )


def answered(rows: list[str], request: PageRequest) -> Page[str]:
    """What a list sorted upwards answers, as a repository reads it."""
    low, high = request.position, request.until
    if request.backward:
        low, high = high, low
    walked = [
        row
        for row in sorted(rows, reverse=request.backward)
        if (low is None or row > low) and (high is None or row < high)
    ]
    return page_of(walked[: request.size + 1], request, key=lambda row: row)


def test_without_arguments_it_is_the_first_twenty() -> None:
    assert asked() == PageRequest(20)


def test_first_and_last_exclude_each_other() -> None:
    with pytest.raises(InvalidInput) as caught:
        asked(first=1, last=1)

    assert caught.value.problems[0].field == "last"


@pytest.mark.parametrize("size", [-1, 0, 101, 2**31])
@pytest.mark.parametrize("name", ["first", "last"])
def test_a_size_outside_1_to_100_is_refused_by_name(name: str, size: int) -> None:
    first, last = (size, None) if name == "first" else (None, size)
    with pytest.raises(InvalidInput) as caught:
        asked(first=first, last=last)

    (problem,) = caught.value.problems
    assert (problem.field, problem.reason) == (name, "must be between 1 and 100")


@pytest.mark.parametrize("name", ["after", "before"])
def test_a_bad_cursor_is_refused_by_name(name: str) -> None:
    def refuse(_: str, field: str) -> str:
        raise InvalidInput.of(field, "is not a cursor")

    after, before = ("x", None) if name == "after" else (None, "x")
    with pytest.raises(InvalidInput) as caught:
        page_request(first=1, after=after, last=None, before=before, read_cursor=refuse)

    assert caught.value.problems[0].field == name


@given(st.sets(st.text("abc", min_size=1, max_size=3), max_size=20), st.integers(1, 5))
def test_walking_forward_or_backward_sees_every_row_once(
    rows: set[str], size: int
) -> None:
    forward: list[str] = []
    cursor = None
    while True:
        page = answered(list(rows), asked(first=size, after=cursor))
        forward += page.items
        if not page.has_next:
            break
        cursor = page.positions[-1]
    backward: list[str] = []
    cursor = None
    while True:
        page = answered(list(rows), asked(last=size, before=cursor))
        backward = [*page.items, *backward]
        if not page.has_previous:
            break
        cursor = page.positions[0]

    assert forward == backward == sorted(rows)


@given(
    st.sets(st.text("abc", min_size=1, max_size=3), max_size=20),
    st.sampled_from(["first", "last"]),
    st.integers(1, 5),
    st.none() | st.text("abc", min_size=1, max_size=3),
    st.none() | st.text("abc", min_size=1, max_size=3),
)
def test_both_cursors_bound_a_page_whichever_way_it_is_walked(
    rows: set[str], way: str, size: int, after: str | None, before: str | None
) -> None:
    between = sorted(
        row
        for row in rows
        if (after is None or row > after) and (before is None or row < before)
    )
    if way == "first":
        page = answered(list(rows), asked(first=size, after=after, before=before))
        expected = between[:size]
    else:
        page = answered(list(rows), asked(last=size, after=after, before=before))
        expected = between[max(0, len(between) - size) :]

    assert list(page.items) == list(page.positions) == expected


def test_a_mapped_page_stays_where_it_was() -> None:
    page = Page(["a", "b"], ["a", "b"], has_next=True, has_previous=False)

    assert page.map(str.upper) == Page(
        ["A", "B"], ["a", "b"], has_next=True, has_previous=False
    )
