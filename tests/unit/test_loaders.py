"""Loaders ask once for many, and square what comes back with what was asked."""

import asyncio
from collections.abc import Mapping, Sequence

from loaders.base import by_key


class Fetch:
    """Knows the squares of even numbers; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    async def __call__(self, keys: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(keys))
        return {key: key * key for key in reversed(keys) if key % 2 == 0}


async def test_keys_of_one_turn_make_one_call() -> None:
    fetch = Fetch()
    loader = by_key(fetch)

    found = list(await asyncio.gather(*map(loader.load, (4, 2, 4))))

    assert found == [16, 4, 16]
    assert fetch.asked == [[4, 2]]


async def test_what_was_not_found_is_none_in_its_place() -> None:
    assert await by_key(Fetch()).load_many([6, 3, 2]) == [36, None, 4]


async def test_what_was_loaded_is_not_asked_again() -> None:
    fetch = Fetch()
    loader = by_key(fetch)
    await loader.load(2)

    assert await loader.load(2) == 4
    assert len(fetch.asked) == 1


async def test_a_call_has_at_most_500_keys() -> None:
    fetch = Fetch()

    await by_key(fetch).load_many(range(1_200))

    assert [len(keys) for keys in fetch.asked] == [500, 500, 200]


async def test_a_failure_reaches_everyone_who_waits_and_is_not_remembered() -> None:
    calls = 0

    async def flaky(keys: Sequence[int]) -> Mapping[int, int]:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise ConnectionError
        return dict.fromkeys(keys, 1)

    loader = by_key(flaky)
    answers = await asyncio.gather(
        loader.load(1), loader.load(2), return_exceptions=True
    )

    assert [type(answer) for answer in answers] == [ConnectionError] * 2
    assert await loader.load(1) == 1
