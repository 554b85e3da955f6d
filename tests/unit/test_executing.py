"""An event of a subscription that takes too long is told so; the next one is told."""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

import pytest
from graphql import build_schema, parse, subscribe

from domain.errors import TimedOut
from schema.executing import timed_executor

SDL = """
type Query { nothing: ID }
type Tick { number: Int }
type Subscription { tick: Tick! }
"""


async def ticks() -> AsyncGenerator[dict[str, Any], None]:
    """The second never has its number."""
    for number in range(3):
        yield {"tick": {"number": partial(resolve, number)}}


async def resolve(number: int, _: object) -> int:
    if number == 1:
        await asyncio.Event().wait()
    return number


@pytest.mark.parametrize(
    "text",
    [
        "subscription { named: tick { number } }",
        "subscription { ...T } fragment T on Subscription { named: tick { number } }",
        "subscription { ... on Subscription { named: tick { number } } }",
    ],
)
async def test_an_event_that_takes_too_long_fails_alone(text: str) -> None:
    results: Any = subscribe(
        build_schema(SDL),
        parse(text),
        root_value=None,
        subscribe_field_resolver=lambda *_: ticks(),
        executor_class=timed_executor(0.05),
    )

    first, second, third = [result async for result in results]

    assert (first.data, third.data) == (
        {"named": {"number": 0}},
        {"named": {"number": 2}},
    )
    assert second.data is None
    (error,) = second.errors
    assert error.path == ["named"]
    assert isinstance(error.original_error, TimedOut)
