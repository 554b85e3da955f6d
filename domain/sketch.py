"""How readings spread, in counters that add up: a logarithmic histogram.

The mapping is DDSketch's (Masson, Rim and Lee, VLDB 2019): bucket `i` holds the
values in (g^(i-1), g^i] with g = (1 + a) / (1 - a), so that its middle is within
`a` = 2 % of each of them. A sketch is a mapping from counter name to count, `h<i>`
for positive values, `g<i>` for negative ones by their size, `hz` for zero; two
sketches merge by adding counters, which a database can do by itself.
"""

import math
from collections.abc import Mapping

ACCURACY = 0.02
ZERO = "hz"
_POSITIVE, _NEGATIVE = "h", "g"
_GROWTH = (1 + ACCURACY) / (1 - ACCURACY)
_LOG_GROWTH = math.log(_GROWTH)
_MIDDLE = 2 / (_GROWTH + 1)

Sketch = Mapping[str, int]


def counter_of(value: int) -> str:
    """The counter that a whole value adds to; at most 1,100 names for each sign."""
    if value == 0:
        return ZERO
    sign = _POSITIVE if value > 0 else _NEGATIVE
    return f"{sign}{math.ceil(math.log(abs(value)) / _LOG_GROWTH)}"


def is_counter(name: str) -> bool:
    """Whether a field of that name is a counter of a sketch."""
    return name == ZERO or (name[:1] in (_POSITIVE, _NEGATIVE) and name[1:].isdigit())


def quantile(sketch: Sketch, share: float) -> float:
    """The value that `share` (0..1] of the values do not exceed, within 2 %.

    The exact quantile it comes near is the nearest-rank one: a value that was
    recorded, never one between two. The sketch must not be empty.
    """
    rank = math.ceil(share * sum(sketch.values()))
    reached = 0
    middle = 0.0
    for name in sorted(sketch, key=_order):
        reached += sketch[name]
        middle = _middle(name)
        if reached >= rank:
            break
    return middle


def _order(name: str) -> int:
    if name == ZERO:
        return 0
    size = int(name[1:]) + 1
    return size if name[0] == _POSITIVE else -size


def _middle(name: str) -> float:
    if name == ZERO:
        return 0.0
    size: float = _GROWTH ** int(name[1:]) * _MIDDLE
    return size if name[0] == _POSITIVE else -size
