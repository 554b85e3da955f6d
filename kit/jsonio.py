"""One JSON codec for the whole service: bytes out, strict in."""

from typing import Any

import orjson


def dumps(value: Any) -> bytes:
    """Compact UTF-8 JSON. NaN and infinities become null, as JSON has neither."""
    return orjson.dumps(value)


def dumps_sorted(value: Any) -> bytes:
    """The same bytes for equal values: for hashes and ETags."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def loads(data: bytes | str) -> Any:
    """The value of `data`.

    Raises:
        ValueError: not JSON, not UTF-8, or nested too deep for the parser.
    """
    return orjson.loads(data)
