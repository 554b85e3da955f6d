"""A collection that a process dies on, at a chosen operation."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any, cast

from persistence.safe import SafeCollection


class Crash(BaseException):
    """The process is gone: nothing catches it, nothing is tidied up."""


class Moment(Enum):
    """Of an operation on many documents, HALF is done for half of them."""

    BEFORE = "before"
    HALF = "half"
    AFTER = "after"


class CrashingCollection:
    """Passes on to `data`; the operation number `at` (from 0) is the last."""

    def __init__(self, data: SafeCollection, at: int, moment: Moment) -> None:
        self._data = data
        self._left = at
        self._moment = moment

    def as_collection(self) -> SafeCollection:
        return cast(SafeCollection, self)

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        operation: Callable[..., Awaitable[Any]] = getattr(self._data, name)

        async def call(*args: Any, **options: Any) -> Any:
            self._left -= 1
            if self._left >= 0:
                return await operation(*args, **options)
            if self._moment is Moment.HALF and isinstance(args[0], list):
                await operation(args[0][: len(args[0]) // 2], **options)
            if self._moment is Moment.AFTER:
                await operation(*args, **options)
            raise Crash

        return call
