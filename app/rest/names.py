"""The names of fields: use cases speak camelCase, this edge snake_case."""

import re
from collections.abc import Mapping
from dataclasses import replace

from domain.errors import Conflict, DashboardError, InvalidInput

PATH_MAX = 200  # a key of the caller's may be part of a path
_HUMP = re.compile(r"(?<=[a-z0-9])[A-Z]")


def snake_case(path: str) -> str:
    """`range.from` stays, `points.0.eventId` becomes `points.0.event_id`."""
    return _HUMP.sub(lambda hump: f"_{hump[0].lower()}", path)


def printable(path: str) -> str:
    """`path` in valid Unicode and of bounded length."""
    return path.encode(errors="backslashreplace").decode()[:PATH_MAX]


def in_our_words(
    error: DashboardError, parameters: Mapping[str, str]
) -> DashboardError:
    """`error` naming the fields as the route's caller wrote them.

    `parameters` says which path of a use case is which parameter of the route,
    such as `{"filter.actorIds": "actor"}`; what is below one goes with it.
    """
    if isinstance(error, InvalidInput):
        return InvalidInput(
            [
                replace(problem, field=_renamed(problem.field, parameters))
                for problem in error.problems
            ]
        )
    if isinstance(error, Conflict) and error.field is not None:
        return Conflict(error.message, field=_renamed(error.field, parameters))
    return error


def _renamed(path: str, parameters: Mapping[str, str]) -> str:
    for theirs, ours in parameters.items():
        if path == theirs or path.startswith(f"{theirs}."):
            return ours + path[len(theirs) :]
    return snake_case(path)
