import asyncio

import pytest
from redis.asyncio import Redis

from persistence.cache import Cache
from persistence.keys import LOCK
from tests.support.clock import ManualClock


async def test_one_holder_at_a_time(cache: Cache) -> None:
    async with cache.lock("sweeper", 60) as first, cache.lock("sweeper", 60) as second:
        assert (first, second) == (True, False)
    async with cache.lock("sweeper", 60) as third:
        assert third is True


async def test_whoever_did_not_get_it_does_not_give_it_back(
    cache: Cache, redis: Redis
) -> None:
    async with cache.lock("sweeper", 60):
        async with cache.lock("sweeper", 60):
            pass
        assert await redis.exists(LOCK.key(name="sweeper")) == 1


async def test_a_holder_who_took_too_long_leaves_the_next_one_alone(
    cache: Cache, redis: Redis
) -> None:
    key = LOCK.key(name="sweeper")
    async with cache.lock("sweeper", 60):
        # As after its time: somebody else holds it by now.
        await redis.set(key, "another", px=60_000)

    assert await redis.get(key) == b"another"


async def test_a_lock_ends_with_its_time(cache: Cache, redis: Redis) -> None:
    async with cache.lock("sweeper", 50):
        assert 49_000 < await redis.pttl(LOCK.key(name="sweeper")) <= 50_000


async def test_the_lock_comes_back_when_its_holder_fails(cache: Cache) -> None:
    with pytest.raises(ZeroDivisionError):
        async with cache.lock("sweeper", 60):
            raise ZeroDivisionError
    async with cache.lock("sweeper", 60) as held:
        assert held


class Kitchen:
    """Makes a value slowly, stores it where `read` looks, and counts how often."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.made = 0
        self.ready = asyncio.Event()

    async def fetch(self) -> bytes:
        self.made += 1
        await self.ready.wait()
        await self.cache.set("dish", b"soup", 60)
        return b"soup"

    async def read(self) -> bytes | None:
        return await self.cache.get("dish")

    def ask(self) -> asyncio.Task[bytes]:
        flight = self.cache.single_flight("dish", 10, self.fetch, self.read)
        return asyncio.ensure_future(flight)


async def begun(kitchen: Kitchen) -> None:
    while not kitchen.made:  # noqa: ASYNC110  a few milliseconds at most
        await asyncio.sleep(0.001)


async def test_50_callers_of_one_process_make_a_value_once(cache: Cache) -> None:
    kitchen = Kitchen(cache)
    callers = [kitchen.ask() for _ in range(50)]
    await begun(kitchen)
    kitchen.ready.set()

    assert set(await asyncio.gather(*callers)) == {b"soup"}
    assert kitchen.made == 1
    assert await kitchen.ask() == b"soup"
    assert kitchen.made == 1


async def test_two_processes_make_a_value_once(
    cache: Cache, redis: Redis, clock: ManualClock
) -> None:
    here, there = Kitchen(cache), Kitchen(Cache(redis, clock))
    first = here.ask()
    await begun(here)
    second = there.ask()
    here.ready.set()

    assert [await first, await second] == [b"soup", b"soup"]
    assert (here.made, there.made) == (1, 0)


async def test_a_caller_who_leaves_takes_nothing_from_the_others(cache: Cache) -> None:
    kitchen = Kitchen(cache)
    leaving, staying = kitchen.ask(), kitchen.ask()
    await begun(kitchen)

    leaving.cancel()
    kitchen.ready.set()

    assert await staying == b"soup"
    assert kitchen.made == 2


async def test_a_failure_is_told_to_all_and_not_kept(cache: Cache) -> None:
    kitchen = Kitchen(cache)

    async def burn() -> bytes:
        kitchen.made += 1
        await asyncio.sleep(0)
        raise ZeroDivisionError

    burnt = [cache.single_flight("dish", 10, burn, kitchen.read) for _ in range(5)]
    results = await asyncio.gather(*burnt, return_exceptions=True)

    assert {type(result) for result in results} == {ZeroDivisionError}
    assert kitchen.made == 1
    kitchen.ready.set()
    assert await kitchen.ask() == b"soup"


async def test_without_redis_callers_of_one_process_still_share(
    clock: ManualClock,
) -> None:
    kitchen = Kitchen(Cache(None, clock))
    callers = [kitchen.ask() for _ in range(50)]
    await begun(kitchen)
    kitchen.ready.set()

    assert set(await asyncio.gather(*callers)) == {b"soup"}
    assert kitchen.made == 1
