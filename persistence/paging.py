"""How a page is walked along a sort key."""

from domain.paging import PageRequest

Range = dict[str, str]


def walk(request: PageRequest, *, ascending: bool) -> tuple[int, Range]:
    """The direction to read in (1 or -1) and the sort keys to read between."""
    upward = ascending is not request.backward
    ahead, behind = ("$gt", "$lt") if upward else ("$lt", "$gt")
    between: Range = {}
    if request.position is not None:
        between[ahead] = request.position
    if request.until is not None:
        between[behind] = request.until
    return (1 if upward else -1), between


def within(key: str, between: Range) -> bool:
    """Whether a sort key lies in a range of `walk`."""
    return key > between.get("$gt", "") and (
        "$lt" not in between or key < between["$lt"]
    )
