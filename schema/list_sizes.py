"""How long each list of objects may become: what is asked of one costs so many times.

A list without a row stops the build, so that none is forgotten.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLSchema
from graphql.type import (
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_interface_type,
    is_list_type,
    is_object_type,
)

from domain.metric_queries import SERIES_MAX
from domain.metrics import NAMES_PER_QUERY_MAX, POINTS_MAX
from domain.paging import PAGE_MAX

# Buckets and refused points are made in memory, many at a time, and none of them is
# looked up: ten count as one.
BULK = 10
Arguments = Mapping[str, Any]
Size = Callable[[Arguments], int]


def _page(default: int) -> Size:
    def size(given: Arguments) -> int:
        asked = [given[name] for name in ("first", "last") if name in given]
        return max((_number(one, default, PAGE_MAX) for one in asked), default=default)

    return size


def _series(given: Arguments) -> int:
    names = _length(given.get("names"), NAMES_PER_QUERY_MAX)
    if not given.get("groupBy"):
        return names
    return names * (_number(given.get("topSeries"), 10, SERIES_MAX) + 1)


def _points(given: Arguments) -> int:
    return -(-_number(given.get("maxPoints"), 300, POINTS_MAX) // BULK)


def _compared(given: Arguments) -> int:
    return _points(given) if given.get("compareTo") else 0


def _rejected(given: Arguments) -> int:
    return -(-_length(given.get("points") or given.get("events"), 10_000) // BULK)


def _up_to(most: int) -> Size:
    return lambda _: most


# By the arguments of the field itself or, where it takes none, of the nearest one
# above that takes some.
SIZES: Mapping[str, Size] = {
    "Query.onlineUsers": _page(50),
    "Query.metricNames": _up_to(100),
    "Query.sessions": _up_to(20),
    "Query.apiKeys": _up_to(100),
    "User.sessions": _up_to(20),
    "UserConnection.nodes": _page(20),
    "UserConnection.edges": _page(20),
    "ActivityConnection.nodes": _page(20),
    "ActivityConnection.edges": _page(20),
    "NotificationConnection.nodes": _page(20),
    "NotificationConnection.edges": _page(20),
    "Activity.changes": _up_to(5),
    "MetricResult.series": _series,
    "MetricSeries.points": _points,
    "MetricComparison.points": _compared,
    "MetricUpdate.points": _up_to(5),
    "RecordResult.rejected": _rejected,
}


class ListSizesWrong(Exception):
    """The table and the schema do not name the same lists."""


def check_sizes(schema: GraphQLSchema, sizes: Mapping[str, Size] = SIZES) -> None:
    """Whether each list of objects has a row, and each row its list.

    Raises:
        ListSizesWrong: names lists without a row, and rows without a list.
    """
    lists = {
        f"{type_.name}.{name}"
        for type_ in schema.type_map.values()
        if not type_.name.startswith("__")
        and (is_object_type(type_) or is_interface_type(type_))
        for name, field in type_.fields.items()
        if is_list_type(get_nullable_type(field.type))
        and is_composite_type(get_named_type(field.type))
    }
    missing, extra = sorted(lists - sizes.keys()), sorted(sizes.keys() - lists)
    if missing or extra:
        raise ListSizesWrong(f"without a size: {missing}; unknown: {extra}")


def _number(given: Any, default: int, most: int) -> int:
    """What a client says, within what the field takes: it refuses the rest itself."""
    if not isinstance(given, int | float):
        return default
    return int(min(max(given, 0), most))


def _length(given: Any, most: int) -> int:
    """A single value stands for a list of one."""
    return min(len(given), most) if isinstance(given, list) else 1
