"""Defaults that can be told apart from the same value said by a client.

The schema promises `first: Int = 20`, yet `last: 5` alone must not count as both of
them; it promises `kind: MetricKind = GAUGE`, yet a known metric keeps its own kind.
"""

from typing import Any, TypeVar, cast

T = TypeVar("T")


class _UnsaidInt(int):
    pass


class _UnsaidText(str):
    __slots__ = ()


def unsaid(default: T) -> T:
    """`default` as a number or an enumeration's text that `said` knows."""
    kind: Any = _UnsaidInt if isinstance(default, int) else _UnsaidText
    return cast("T", kind(default))


def said(value: T) -> T | None:
    """`value` if the client gave it, else None."""
    return None if isinstance(value, _UnsaidInt | _UnsaidText) else value
