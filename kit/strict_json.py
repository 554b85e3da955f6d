"""JSON from strangers: refuses what parsers disagree about."""

import json
import math
from typing import Any, NoReturn

DIGITS_MAX = 19  # as many as a signed 64-bit integer has
_DEPTH_MAX = 100  # far deeper than anything we ask for


def loads(data: bytes) -> Any:
    """The value of `data`; a lone half of a surrogate pair stays in its string.

    Raises:
        ValueError: its words complete "The body is not valid JSON: …". Not UTF-8,
            not JSON, nested more than 100 deep, a key given twice, NaN or an
            infinity, or a number outside 64 bits.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        raise ValueError(f"byte {err.start + 1} is not UTF-8") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as err:
        reason = err.msg[:1].lower() + err.msg[1:]
        raise ValueError(f"{reason} (line {err.lineno}, column {err.colno})") from None
    except RecursionError:
        raise ValueError(f"it is nested more than {_DEPTH_MAX} deep") from None
    # Few brackets cannot nest deep: most bodies are not walked.
    if text.count("[") + text.count("{") > _DEPTH_MAX:
        _check_depth(value)
    return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(_DEPTH_MAX + 1):
        if not level:
            return
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(one.values())
            elif isinstance(one, list):
                inner.extend(one)
        level = [one for one in inner if isinstance(one, dict | list)]
    raise ValueError(f"it is nested more than {_DEPTH_MAX} deep")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is given twice in one object")
    return found


def _whole(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS_MAX or not -(2**63) <= int(digits) < 2**63:
        raise ValueError("a whole number needs more than 64 bits")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")
