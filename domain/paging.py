"""Pages of anything, by the Relay cursor spec: keyset inside, opaque outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.errors import InvalidInput

PAGE_MAX = 100
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class PageRequest:
    """`size` entries after or before a position, which is a sort key or None.

    `backward` means the last `size` entries before `position` (or of the list);
    a page is always handed out in the list's own order.
    """

    size: int
    position: str | None = None
    until: str | None = None
    backward: bool = False


@dataclass(frozen=True)
class Page(Generic[T]):
    """Entries in list order, each beside the sort key it stands at."""

    items: Sequence[T]
    positions: Sequence[str]
    has_next: bool
    has_previous: bool

    def map(self, change: Callable[[T], U]) -> "Page[U]":
        return Page(
            [change(item) for item in self.items],
            self.positions,
            self.has_next,
            self.has_previous,
        )


def page_request(
    *,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
    read_cursor: Callable[[str, str], str],
    default_size: int = 20,
) -> PageRequest:
    """The request that a connection's four arguments make.

    `read_cursor(cursor, field)` gives the position in a cursor or raises
    `InvalidInput` naming the field. `first` with `last` is refused, as are sizes
    outside 1..100; with neither, `default_size` from the front. `after` and
    `before` bound the page from both sides, whichever way it is walked.
    """
    if first is not None and last is not None:
        raise InvalidInput.of("last", "must not be combined with first")
    backward = last is not None
    size = last if last is not None else first
    field = "last" if backward else "first"
    if size is None:
        size = default_size
    if not 1 <= size <= PAGE_MAX:
        raise InvalidInput.of(field, f"must be between 1 and {PAGE_MAX}")
    start = None if after is None else read_cursor(after, "after")
    end = None if before is None else read_cursor(before, "before")
    if backward:
        return PageRequest(size, position=end, until=start, backward=True)
    return PageRequest(size, position=start, until=end)


def page_of(
    rows: Sequence[T], request: PageRequest, key: Callable[[T], str]
) -> Page[T]:
    """The page made from up to `size + 1` rows read in walking order.

    The row too many only tells that there are more. Whether anything lies on the
    side we came from is taken from there being a position, as the Relay spec
    allows.
    """
    more = len(rows) > request.size
    kept = list(rows[: request.size])
    came_from = request.position is not None
    if request.backward:
        kept.reverse()
    return Page(
        items=kept,
        positions=[key(row) for row in kept],
        has_next=came_from if request.backward else more,
        has_previous=more if request.backward else came_from,
    )
