"""Which failures of MongoDB are tried again."""

from collections.abc import Awaitable, Callable

import pytest
from pymongo.errors import (
    AutoReconnect,
    NetworkTimeout,
    OperationFailure,
    PyMongoError,
    ServerSelectionTimeoutError,
    WTimeoutError,
)

from domain.errors import Unavailable
from persistence import retries
from persistence.retries import DUPLICATE_KEY, answering

Call = Callable[[int], Awaitable[str]]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "_PAUSE_S", 0.0)


def failing(*errors: PyMongoError) -> tuple[Call, list[int]]:
    """A call that fails so, one error after the other, then answers."""
    attempts: list[int] = []

    async def call(attempt: int) -> str:
        attempts.append(attempt)
        if attempt < len(errors):
            raise errors[attempt]
        return "answer"

    return call, attempts


@pytest.mark.parametrize("error", [AutoReconnect("lost"), NetworkTimeout("late")])
async def test_a_lost_connection_is_tried_again_twice(error: PyMongoError) -> None:
    call, attempts = failing(error, error)
    assert await answering(call) == "answer"
    assert attempts == [0, 1, 2]

    call, attempts = failing(error, error, error)
    with pytest.raises(Unavailable) as given_up:
        await answering(call)
    assert given_up.value.__cause__ is error


async def test_what_does_harm_when_done_twice_is_tried_once() -> None:
    call, attempts = failing(AutoReconnect("lost"))

    with pytest.raises(Unavailable):
        await answering(call, idempotent=False)

    assert attempts == [0]


@pytest.mark.parametrize("code", [16500, 429])
async def test_what_was_throttled_was_not_done_and_is_always_tried_again(
    code: int,
) -> None:
    call, attempts = failing(*[OperationFailure("too many requests", code)] * 5)

    assert await answering(call, idempotent=False) == "answer"

    assert len(attempts) == 6


async def test_throttling_without_end_is_unavailable() -> None:
    call, attempts = failing(*[OperationFailure("too many requests", 16500)] * 99)

    with pytest.raises(Unavailable):
        await answering(call)

    assert len(attempts) == retries.THROTTLE_RETRIES + 1


async def test_patience_ends_before_the_attempts_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retries, "PATIENCE_S", -1.0)
    call, attempts = failing(AutoReconnect("lost"))

    with pytest.raises(Unavailable):
        await answering(call)

    assert attempts == [0]


@pytest.mark.parametrize(
    "error",
    [
        ServerSelectionTimeoutError("nobody there"),
        OperationFailure("disk full", 14031),
        OperationFailure("it says no more"),
        WTimeoutError("not on a majority"),
        PyMongoError("whatever else"),
    ],
)
async def test_any_other_failure_is_unavailable_at_once(error: PyMongoError) -> None:
    call, attempts = failing(error)

    with pytest.raises(Unavailable):
        await answering(call)

    assert attempts == [0]


async def test_a_duplicate_is_the_callers_business() -> None:
    call, _ = failing(OperationFailure("E11000", DUPLICATE_KEY))

    with pytest.raises(OperationFailure):
        await answering(call)
